/** Somebody who writes without end what a room or a conversation keeps: patches, answers, wordings, emoji, deletions. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBody, type WireBody } from '../../../src/core/body/messageBody.ts'
import { messageIdOf } from '../../../src/core/conversation/messageId.ts'
import { noPrevious } from '../../../src/core/event/event.ts'
import type { Run } from '../../../src/core/event/run.ts'
import { maxCounted } from '../../../src/core/relation/relations.ts'
import { maxEdits, maxReactions } from '../../../src/shared/messages.ts'
import type { MessageId } from '../../../src/shared/ids.ts'
import { count } from '../../record/tally.ts'
import { countWork } from './flood.ts'
import { Insider } from './insider.ts'
import { RoomWorld } from './roomWorld.ts'
import { World } from './world.ts'

/** Ids of messages that a flood can be about: one of the flooder's own, and one of whoever is flooded. */
interface Given {
  readonly own: MessageId
  readonly theirs: MessageId
  /** What the flooder wrote last. */
  readonly last: MessageId
}

const emoji = ['👍', '🎉', '❤️', '🚀', '👀', '😄', '🙏', '🔥']
const patchText = '--- a/x.ts\n+++ b/x.ts\n@@ -1 +1 @@\n-old\n+new\n'

const floods: readonly (readonly [string, (i: number, given: Given) => WireBody])[] = [
  ['patches', (i) => ({ kind: 'patch', text: patchText, title: `No. ${String(i)}` })],
  ['answers to one message', (i, { theirs }) => ({ kind: 'text', text: `answer ${String(i)}`, replyTo: theirs })],
  ['answers in one thread', (i, { theirs }) => ({ kind: 'text', text: `answer ${String(i)}`, thread: theirs })],
  ['answers, each to the one before', (i, { last }) => ({ kind: 'text', text: `answer ${String(i)}`, replyTo: last })],
  ['wordings of a message', (i, { own }) => ({ kind: 'edit', message: own, text: `wording ${String(i)}` })],
  [
    'wordings of a message of somebody else',
    (i, { theirs }) => ({ kind: 'edit', message: theirs, text: `never ${String(i)}` }),
  ],
  [
    'emoji',
    (i, { theirs }) => ({
      kind: 'reaction',
      message: theirs,
      emoji: i % 2 === 0 ? emoji.slice(0, 1 + (i % maxReactions)) : [],
    }),
  ],
  ['deletions', (_, { last }) => ({ kind: 'erase', message: last, edits: [] })],
  [
    'deletions of what there is not',
    (i) => ({ kind: 'erase', message: i.toString(16).padStart(76, '0') as MessageId, edits: [] }),
  ],
  [
    'outcomes of a patch',
    (i, { theirs }) => ({ kind: 'patch-result', patch: theirs, outcome: i % 2 === 0 ? 'applied' : 'declined' }),
  ],
]

/** Far more than anybody writes or catches up on. */
const written = 3_360
/** How many are looked at to judge what each costs. */
const sample = 336
/** So many share one signature, as of somebody who writes fast. */
const perRun = 8

for (const [what, make] of floods)
  test(`a contact who floods with ${what} is pointed out once; each costs as much as the one before, and others are served meanwhile`, async () => {
    const world = new World()
    const { alice, bob, conversation } = await world.pair()
    const carol = await world.person('Carol')
    const other = await world.befriend(alice, carol)
    await alice.send(conversation, 'what it is about')
    await world.clock.advance(1_000)
    const theirs = (await alice.history(conversation)).at(-1)?.id ?? assert.fail()
    const insider = await Insider.takeOver(world, bob, alice)
    let [seq, previous] = [0, noPrevious]
    const pending: Run[] = []
    let last = theirs
    const write = async (body: WireBody, isLast: boolean): Promise<MessageId> => {
      const { run, id } = insider.writeBody(encodeBody(body), { seq: ++seq, previous, clock: 50 + seq })
      previous = id
      pending.push(run)
      if (pending.length === perRun || isLast) {
        const [{ device, previous }] = pending as [Run]
        const events = pending.splice(0).flatMap((one) => one.events)
        insider.send({ ...run, device, previous, events })
        await world.clock.advance(60)
      }
      last = messageIdOf({ clock: 50 + seq, id })
      return last
    }
    const own = await write({ kind: 'text', text: 'said once' }, true)
    const store = alice.stores.store ?? assert.fail()
    const work = countWork(store)
    let told = 0
    for (const name of ['message/added', 'message/changed', 'conversation/changed'] as const)
      alice.chat.on(name, () => told++)
    const costs: { readonly work: number; readonly told: number }[] = []
    for (let i = 0; i < written; i++) {
      await write(make(i, { own, theirs, last }), i === written - 1)
      if (i === written / 2) {
        await carol.send(other, 'can you hear me')
        await world.clock.advance(200)
        assert.deepEqual(await alice.texts(other), ['can you hear me'])
      }
      if ((i + 1) % sample === 0) costs.push({ work: work(), told })
    }
    await world.clock.advance(5_000)
    count({ badInputs: written })
    const each = (of: 'work' | 'told', at: number): number =>
      ((costs[at]?.[of] ?? 0) - (costs[at - 1]?.[of] ?? 0)) / sample
    // Of wordings, emoji and answers so many are looked at, and then no more: the later half is what it costs.
    const [early, late] = [each('work', 4), each('work', costs.length - 1)]
    assert.ok(late <= 1.5 * early + 10, `${String(late)} looks each in the end, ${String(early)} before`)
    assert.ok(late <= maxCounted + 100, `${String(late)} looks each`)
    assert.ok(each('told', costs.length - 1) <= 60, `${String(each('told', costs.length - 1))} were told of each`)

    assert.equal(insider.link.isClosed, false)
    assert.equal((await alice.notices(conversation)).filter((notice) => notice === 'flooding').length, 1)
    const rows = [...alice.disk.logs.values()].reduce((sum, log) => sum + log.size, 0)
    const relations = [...alice.disk.relations.values()].reduce((sum, { length }) => sum + length, 0)
    assert.ok(rows <= written + 20, `${String(rows)} rows`)
    assert.ok(relations <= 2 * written + 20, `${String(relations)} relations`)
    const { messages } = await alice.request('conversation/history', { conversation, limit: 200 })
    for (const { edited, reactions = [] } of messages) {
      assert.ok((edited?.count ?? 0) <= maxEdits)
      assert.ok(reactions.length <= maxReactions)
    }
    assert.deepEqual(
      alice.log.entries.filter(({ level }) => level === 'error'),
      [],
    )
  })

test('a member who floods a room with messages and emoji is pointed out there once to everybody else, and all of it is kept', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  await alice.send(conversation, 'before the flood')
  await world.clock.advance(1_000)
  const message = (await bob.history(conversation)).at(-1)?.id ?? assert.fail()
  for (let i = 0; i < 1_700; i++) {
    const body = { kind: 'text', text: `No. ${String(i)}` } as const
    void bob.chat.request('message/send', { conversation, body })
    void bob.chat.request('message/react', { conversation, message, emoji: '👍', on: i % 2 === 0 })
    if (i % 8 === 7) await world.clock.advance(60)
  }
  await world.clock.advance(10_000)
  count({ badInputs: 3_400 })
  for (const one of [alice, carol]) {
    assert.equal((await one.notices(conversation)).filter((notice) => notice === 'flooding').length, 1)
    assert.equal((await one.texts(conversation)).length, 1_701)
  }
  assert.equal((await bob.notices(conversation)).filter((notice) => notice === 'flooding').length, 0)
  await carol.send(conversation, 'after the flood')
  await world.clock.advance(1_000)
  assert.ok((await alice.texts(conversation)).includes('after the flood'))
})
