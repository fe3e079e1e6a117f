import assert from 'node:assert/strict'
import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { RepairCause } from '../../src/shared/store.ts'
import { SeededRandom } from '../doubles/seededRandom.ts'
import type { HeadlessPeer } from './headlessPeer.ts'
import { friends } from './people.ts'
import { readAll, text, textsOf, untilReceived, World } from './world.ts'

const random = new SeededRandom(3)

interface Files {
  /** The store that is harmed, another person's, and a copy from before the last messages. */
  readonly store: string
  readonly other: string
  readonly older: string
}

const harms: readonly (readonly [string, RepairCause, (files: Files) => void])[] = [
  [
    'bytes flipped all over it',
    'damaged',
    ({ store }) => {
      const bytes = readFileSync(store)
      for (let i = 0; i < 40; i++) bytes[random.below(bytes.length)] = random.below(256)
      bytes.fill(0, 0, 16)
      writeFileSync(store, bytes)
    },
  ],
  ['its end torn off', 'damaged', ({ store }) => truncateSync(store, 3 * 8192)],
  ['nothing in it', 'damaged', ({ store }) => truncateSync(store, 0)],
  ["another person's store in its place", 'foreign', ({ store, other }) => copyFileSync(other, store)],
  ['an older copy put back', 'older', ({ store, older }) => copyFileSync(older, store)],
  ['nothing in its place', 'missing', ({ store }) => rmSync(store)],
]

// Most of it is waiting for contacts to look where they did not look at first.
describe('what is lost comes back', { concurrency: 4 }, () => {
  for (const [what, cause, harm] of harms)
    it(`a store with ${what} is noticed, kept, and comes back from the contact; both go on`, async (t) => {
      const world = await World.open(t)
      const { homes, conversation, ...first } = await friends(world)
      let { ada, bob } = first
      const say = async (from: HeadlessPeer, to: HeadlessPeer, words: string): Promise<void> => {
        await from.request('message/send', { conversation, body: text(words) })
        await untilReceived(to, conversation, words)
      }
      const files = {
        store: join(homes.ada.data, 'store.db'),
        other: join(homes.bob.data, 'store.db'),
        older: join(homes.ada.data, 'older.db'),
      }
      for (let i = 0; i < 4; i++) await say(i % 2 === 0 ? ada : bob, i % 2 === 0 ? bob : ada, `early ${i}`)
      await ada.shutdown()
      copyFileSync(files.store, files.older)
      ada = await homes.ada.start()
      await untilReceived(ada, conversation, 'early 3')
      for (let i = 0; i < 4; i++) {
        const words = `late ${i}`
        await (i % 2 === 0 ? ada : bob).request('message/send', { conversation, body: text(words) })
        await untilReceived(i % 2 === 0 ? bob : ada, conversation, words)
      }
      await Promise.all([ada.shutdown(), bob.shutdown()])
      const before = textsOf(await readAll((bob = await homes.bob.start()), conversation))
      await bob.shutdown()
      harm(files)

      ada = await homes.ada.start()
      const { repair } = await ada.request('store/state')
      assert.equal(repair?.cause, cause)
      if (repair.setAside !== undefined) assert.ok(existsSync(join(homes.ada.data, repair.setAside)))
      assert.equal(repair.setAside !== undefined, cause === 'damaged' || cause === 'foreign')
      bob = await homes.bob.start()
      await Promise.all([ada, bob].map((peer) => peer.request('network/retry')))
      await ada.until('everything to be back', async () => {
        const list = await ada.request('conversation/list')
        if (!list.some(({ id, online }) => id === conversation && online)) return undefined
        const texts = textsOf(await readAll(ada, conversation))
        return texts.length === before.length || undefined
      })
      assert.deepEqual(textsOf(await readAll(ada, conversation)), before)
      await say(ada, bob, 'from Ada')
      await say(bob, ada, 'from Bob')
      for (const peer of [ada, bob])
        assert.deepEqual(textsOf(await readAll(peer, conversation)), [...before, 'from Ada', 'from Bob'])
    })

  it('a person comes back on a new machine with nothing but the phrase', async (t) => {
    const world = await World.open(t)
    const { ada, bob, conversation } = await friends(world)
    for (const words of ['one', 'two']) {
      await ada.request('message/send', { conversation, body: text(words) })
      await untilReceived(bob, conversation, words)
    }
    const { phrase } = await ada.request('identity/phrase')
    world.keepSecret(phrase)
    await ada.shutdown()
    const home = await world.home('Ada')
    const again = await home.start()
    await again.request('identity/restore', { phrase, name: 'Ada' })
    await bob.request('network/retry')
    await again.until('the conversation to be back', async () => {
      const list = await again.request('conversation/list')
      return list.find(({ id, missing }) => id === conversation && missing === 0)
    })
    await untilReceived(again, conversation, 'two')
    await again.request('message/send', { conversation, body: text('back') })
    await untilReceived(bob, conversation, 'back')
    assert.deepEqual(textsOf(await readAll(again, conversation)), ['one', 'two', 'back'])
    assert.ok((await readAll(again, conversation)).every(({ state }) => state === 'delivered' || state === 'sent'))
    const state = await again.request('identity/state')
    assert.ok(state.kind === 'ready' && state.reunionSince !== undefined)
  })
})
