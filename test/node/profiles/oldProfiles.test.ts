import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { World } from '../../core/chat/world.ts'
import { fakeStart } from '../../doubles/fakeClock.ts'
import { count } from '../../record/tally.ts'
import { repository } from '../../repository/sourceTree.ts'
import { temporaryDirectory } from '../temporaryDirectory.ts'
import type { FilePerson } from './filePerson.ts'
import { contentOf, keptVersions, takeProfile } from './oldProfiles.ts'
import { readProfile } from './sampleProfile.ts'

/** Later than everything in the profiles, and before an invite in them expires. */
const startMs = fakeStart + 60 * 60_000

function people(t: TestContext, version: string): { world: World; alice: FilePerson; bob: FilePerson } {
  const world = new World(1, { startMs })
  const [alice, bob] = (['alice', 'bob'] as const).map((name) => {
    const directory = temporaryDirectory()
    t.after(() => directory.dispose())
    return takeProfile(world, version, name, directory.path)
  })
  assert.ok(alice !== undefined && bob !== undefined)
  return { world, alice, bob }
}

for (const version of keptVersions) {
  test(`whoever comes from version ${version} finds everything again, also after the next start`, async (t) => {
    const { alice, bob } = people(t, version)
    const kept = contentOf(version)
    for (const [person, { content }] of [
      [alice, kept.alice],
      [bob, kept.bob],
    ] as const)
      for (let starts = 0; starts < 2; starts++) {
        await person.start()
        assert.deepEqual(await person.request('store/state', {}), {})
        // What later versions say besides is theirs.
        assert.partialDeepStrictEqual(await readProfile(person), content)
        assert.deepEqual(
          person.log.entries.filter(({ level }) => level === 'error' || level === 'warn'),
          [],
        )
        await person.stop()
      }
  })

  test(`two who come from version ${version} are still contacts, and write on`, async (t) => {
    const { world, alice, bob } = people(t, version)
    for (const one of [alice, bob]) await one.start()
    await world.clock.advance(60_000)
    for (const view of await bob.request('conversation/list', {})) {
      for (const one of [alice, bob]) await say(one, view.id, `after the update, in ${view.title}`)
      await world.clock.advance(20_000)
      const histories = [await alice.history(view.id), await bob.history(view.id)]
      for (const history of histories) {
        const texts = history.flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []))
        assert.equal(texts.filter((text) => text === `after the update, in ${view.title}`).length, 2)
      }
      const [ids, theirs] = histories.map((all) => all.filter(({ body }) => body.kind === 'text').map(({ id }) => id))
      assert.deepEqual(ids, theirs)
    }
    for (const one of [alice, bob]) await one.stop()
  })
}

test('profiles of this version are kept for those that follow', () => {
  const manifest = readFileSync(join(repository, 'package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { readonly version: string }
  // `node test/node/fixtures/makeProfiles.ts` makes them.
  assert.ok(keptVersions.includes(version))
})

async function say(person: FilePerson, conversation: ConversationId, text: string): Promise<void> {
  await person.request('message/send', { conversation, body: { kind: 'text', text } })
  count({ acknowledged: 1 })
}
