import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTranslate } from '../../../src/webview/text/strings.ts'
import { changeLook } from '../../../src/webview/room/changeSentence.ts'
import { foldSummary } from '../../../src/webview/room/foldSummary.ts'
import { whySilent } from '../../../src/shared/roomRights.ts'
import { buildRows, foldFrom } from '../../../src/webview/state/buildRows.ts'
import type { ChangesRow, RoomLine } from '../../../src/webview/state/buildRows.ts'
import { countUnseen, openConversation, reduceConversation } from '../../../src/webview/state/conversationState.ts'
import type { ConversationState } from '../../../src/webview/state/conversationState.ts'
import type { RoomChange } from '../../../src/shared/rooms.ts'
import type { Message } from '../../../src/shared/service.ts'
import type { View } from '../../../src/webview/view.ts'
import { ada, bob, carol, change, idAt, message, page, room, roomMembers } from '../harness/fixtures.ts'

const t = createTranslate({})
const view: Pick<View, 't'> = { t }

const stateOf = (messages: readonly Message[], init: Parameters<typeof page>[1] = {}): ConversationState =>
  openConversation(page(messages, { conversation: room(), members: roomMembers, ...init }), undefined)
const changesOf = (state: ConversationState): readonly ChangesRow[] =>
  buildRows(state).filter((row) => row.kind === 'changes')
const joined = (clock: number): Message =>
  change(clock, bob, { change: 'joined', person: bob, role: 'member', history: 'all' })
const sentence = (author: typeof ada, body: RoomChange): string =>
  changeLook(view as View, stateOf([]), change(1, author, body) as RoomLine).sentence

describe('lines about a room', () => {
  it('fold when there are several in a row, and open by hand', () => {
    const few = stateOf([joined(1), joined(2)])
    assert.deepEqual(
      changesOf(few).map((row) => [row.messages.length, row.isFolded]),
      [[2, undefined]],
    )
    const state = stateOf(Array.from({ length: foldFrom }, (_, index) => joined(index + 1)))
    const [row] = changesOf(state)
    assert.equal(row?.isFolded, true)
    const messages = row.messages.map(({ id }) => id)
    const open = reduceConversation(state, { type: 'fold', messages, isFolded: false })
    assert.equal(changesOf(open)[0]?.isFolded, false)
    const grown = reduceConversation(open, { type: 'added', messages: [joined(9)], seen: true })
    assert.deepEqual([changesOf(grown)[0]?.isFolded, changesOf(grown)[0]?.key], [false, row.key])
    assert.equal(changesOf(reduceConversation(grown, { type: 'fold', messages, isFolded: true }))[0]?.isFolded, true)
  })

  it('never fold the one that ends the room for the user', () => {
    const removed = change(4, carol, { change: 'removed', person: ada })
    const rows = changesOf(stateOf([joined(1), joined(2), joined(3), removed, change(5, carol, { change: 'rekeyed' })]))
    assert.deepEqual(
      rows.map((row) => [row.messages.length, row.isFolded, row.isGrave]),
      [
        [3, true, false],
        [1, undefined, true],
        [1, undefined, false],
      ],
    )
  })

  it('do not fold over what somebody said, and end the run of whoever said it', () => {
    const state = stateOf([joined(1), message(2), joined(3), message(4)])
    assert.deepEqual(
      buildRows(state).map((row) => (row.kind === 'message' ? `${row.kind} ${String(row.first)}` : row.kind)),
      ['top', 'day', 'changes', 'message true', 'changes', 'message true'],
    )
  })

  it('are nothing unread: they draw no line and count for nothing', () => {
    const state = stateOf([joined(1), joined(2)], { conversation: room({}, { unread: 1, readUpTo: idAt(1) }) })
    assert.equal(countUnseen(state), 0)
    assert.ok(!buildRows(state).some(({ kind }) => kind === 'new'))
  })

  it('are summed up in words', () => {
    const lines = [
      joined(1),
      joined(2),
      change(3, bob, { change: 'left', person: bob }),
      change(4, ada, { change: 'rekeyed' }),
      change(5, ada, { change: 'title', title: 'x' }),
      change(6, ada, { change: 'topic', topic: '' }),
    ] as RoomLine[]
    assert.equal(foldSummary(t, lines), '2 joined, 1 left, 2 other changes, 1 new key')
  })

  it('say to whom the room went with its owner, also where they are summed up', () => {
    assert.equal(sentence(bob, { change: 'left', person: bob }), 'Bob (b0b3 2222 2222 2222) left.')
    assert.equal(
      sentence(bob, { change: 'left', person: bob, owner: carol }),
      'Bob (b0b3 2222 2222 2222) left, and the room went to Carol Ann.',
    )
    assert.match(sentence(carol, { change: 'left', person: carol, owner: ada }), /the room went to you\.$/)
    const line = change(1, bob, { change: 'left', person: bob, owner: carol }) as RoomLine
    assert.equal(foldSummary(t, [line, line]), '2 left, 2 roles changed')
  })

  it('say who did what to whom, and what a newcomer can read', () => {
    assert.equal(sentence(ada, { change: 'created' }), 'You created the room.')
    assert.equal(sentence(carol, { change: 'removed', person: ada }), 'Carol Ann removed you.')
    assert.equal(
      sentence(ada, { change: 'role', person: bob, role: 'owner' }),
      'You handed the room over to Bob (b0b3 2222 2222 2222).',
    )
    assert.equal(sentence(carol, { change: 'role', person: ada, role: 'read-only' }), 'Carol Ann made you read-only.')
    assert.equal(
      sentence(bob, { change: 'joined', person: bob, role: 'admin', history: 'from-now' }),
      'Bob (b0b3 2222 2222 2222) joined and can read what is written from now on. Role: admin.',
    )
    assert.match(sentence(bob, { change: 'joined', person: bob, role: 'member', history: 'all' }), /from the beginning/)
  })

  it('name somebody who belongs no more', () => {
    const gone = { person: carol, name: 'Carol Ann', verified: false }
    const members = roomMembers.filter(({ person }) => person !== carol)
    const conversation = room({ former: [gone] }, { members: members.filter(({ isSelf }) => !isSelf) })
    const state = stateOf([], { conversation, members })
    const line = change(1, ada, { change: 'removed', person: carol }) as RoomLine
    assert.equal(changeLook(view as View, state, line).sentence, 'You removed Carol Ann.')
  })

  it('leave a state said once where own messages have come equally far', () => {
    const own = (clock: number, deliveredTo: number): Message =>
      message(clock, { author: ada, state: 'sent', deliveredTo })
    const rows = buildRows(stateOf([own(1, 1), own(2, 2), own(3, 2)])).filter((row) => row.kind === 'message')
    assert.deepEqual(
      rows.map(({ state }) => state),
      ['sent', undefined, 'sent'],
    )
  })
})

describe('a room where nothing can be written', () => {
  it('has a reason for it, and an active room none', () => {
    const kitchen = room()
    const { room: details } = kitchen
    assert.ok(details !== undefined)
    const why = (part: Partial<typeof details>): string | undefined =>
      whySilent({ ...kitchen, room: { ...details, ...part } })
    assert.equal(why({}), undefined)
    assert.equal(why({ ownRole: 'read-only' }), 'silentReadOnly')
    assert.equal(why({ state: 'removed' }), 'silentRemoved')
    assert.equal(why({ isIncomplete: true }), 'silentIncomplete')
    assert.equal(why({ state: 'left' }), 'silentLeft')
    assert.equal(why({ state: 'dissolved', ownRole: 'read-only' }), 'silentDissolved')
  })

  it('is also the conversation with somebody who is blocked', () => {
    const { room: _room, ...direct } = room()
    const contact = { person: bob, name: 'Bob', verified: false } as const
    assert.equal(whySilent({ ...direct, kind: 'direct', members: [contact] }), undefined)
    assert.equal(whySilent({ ...direct, kind: 'direct', members: [{ ...contact, blocked: true }] }), 'silentBlocked')
  })
})

describe('the progress of a history', () => {
  it('is measured by the most that was missing since it was last whole', () => {
    let state = stateOf([message(1)], { conversation: room({}, { missing: 100 }) })
    const missing = (count: number): number => {
      state = reduceConversation(state, { type: 'conversation', conversation: room({}, { missing: count }) })
      return state.mostMissing
    }
    assert.deepEqual([missing(400), missing(10), missing(0), missing(5)], [400, 400, 0, 5])
  })
})
