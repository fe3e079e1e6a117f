import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { countUnseen, openConversation, reduceConversation } from '../../../src/webview/state/conversationState.ts'
import type { ConversationAction, ConversationState } from '../../../src/webview/state/conversationState.ts'
import { ada, conversation, idAt, message, now, page } from '../harness/fixtures.ts'

const open = (...args: Parameters<typeof page>): ConversationState => openConversation(page(...args), undefined)
const run = (state: ConversationState, ...actions: readonly ConversationAction[]): ConversationState =>
  actions.reduce(reduceConversation, state)
const clocks = (state: ConversationState): readonly number[] => state.messages.map(({ clock }) => clock)
const added = (seen: boolean, ...list: readonly number[]): ConversationAction => ({
  type: 'added',
  seen,
  messages: list.map((clock) => message(clock)),
})

describe('the messages of a conversation', () => {
  it('are in order and each there once, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 8 }), { maxLength: 8 }),
        (batches) => {
          const state = run(open([]), ...batches.map((batch) => added(true, ...batch)))
          assert.deepEqual(
            clocks(state),
            [...new Set(batches.flat())].sort((a, b) => a - b),
          )
        },
      ),
    )
  })

  it('take the later version of a message that is known, and no change of one that is not', () => {
    const changed = [message(1, { text: 'new' }), message(9)]
    const state = run(open([message(1), message(2)]), { type: 'changed', messages: changed })
    assert.deepEqual(state.messages, [changed[0], message(2)])
  })

  it('leave what is older than the first page to the pages that follow', () => {
    assert.deepEqual(clocks(run(open([message(5)], { hasMore: true }), added(true, 3, 6))), [5, 6])
    assert.deepEqual(clocks(run(open([message(5)], { hasMore: false }), added(true, 3, 6))), [3, 5, 6])
  })

  it('grow by the page that was asked for, and by no other', () => {
    const asked = run(open([message(5)], { hasMore: true }), { type: 'loadOlder', request: 7 })
    const older = { type: 'older', messages: [message(3), message(4)], hasMore: false } as const
    assert.equal(run(asked, { ...older, request: 6 }), asked)
    const state = run(asked, { ...older, request: 7 })
    assert.deepEqual([clocks(state), state.hasMore, state.loading], [[3, 4, 5], false, undefined])
  })

  it('remember that older ones could not be loaded until they are asked for again', () => {
    const failed = run(open([message(5)], { hasMore: true }), { type: 'loadOlder', request: 1 }, { type: 'failed' })
    assert.deepEqual([failed.olderFailed, failed.loading], [true, undefined])
    assert.equal(run(failed, { type: 'loadOlder', request: 2 }).olderFailed, false)
  })
})

describe('messages far from the end', () => {
  const around = { type: 'window', messages: [message(3), message(4)], hasMore: true, marks: ['tea'] } as const
  const jumped = (): ConversationState => run(open([message(90)]), { ...around, hasNewer: true, reveal: idAt(4) })

  it('stand in the place of those shown before, and say where to go', () => {
    const state = jumped()
    assert.deepEqual([clocks(state), state.hasMore, state.hasNewer], [[3, 4], true, true])
    assert.deepEqual(state.jump, { message: idAt(4), marks: ['tea'] })
  })

  it('take in nothing that is said meanwhile, and no page that was asked for before', () => {
    const state = run(
      open([message(90)], { hasMore: true }),
      { type: 'loadOlder', request: 1 },
      { ...around, hasNewer: true },
    )
    assert.equal(run(state, added(true, 91)), state)
    assert.equal(run(state, { type: 'older', request: 1, messages: [message(80)], hasMore: true }), state)
  })

  it('grow towards the end by the page that was asked for, and from there on by what is said', () => {
    const asked = run(jumped(), { type: 'loadNewer', request: 2 })
    const newer = { type: 'newer', messages: [message(5)], hasNewer: false } as const
    assert.equal(run(asked, { ...newer, request: 1 }), asked)
    const whole = run(asked, { ...newer, request: 2 })
    assert.deepEqual([clocks(whole), whole.hasNewer], [[3, 4, 5], false])
    assert.deepEqual(clocks(run(whole, added(true, 6))), [3, 4, 5, 6])
  })
})

describe('what is new', () => {
  const read = { readUpTo: idAt(2), unread: 2 }

  it('is marked from the first unread message on, and stays marked while it is read', () => {
    const opened = open(
      [1, 2, 3, 4].map((clock) => message(clock)),
      { conversation: read },
    )
    assert.equal(opened.newAfter, idAt(2))
    assert.equal(countUnseen(opened), 2)
    const seen = run(opened, { type: 'seen', upTo: idAt(4) }, added(true, 5))
    assert.equal(seen.newAfter, idAt(2))
  })

  it('is marked when it comes while nobody looks, once for all that follows', () => {
    const state = run(open([message(1), message(2)]), added(false, 3), added(false, 4))
    assert.equal(state.newAfter, idAt(2))
    assert.equal(countUnseen(state), 2)
  })

  it('stays under one line while nobody is here, though it is in sight, and gets another after somebody was', () => {
    const away = run(open([message(1)]), added(false, 2), { type: 'seen', upTo: idAt(2) }, added(false, 3))
    assert.equal(away.newAfter, idAt(1))
    const back = run(away, { type: 'seen', upTo: idAt(3) }, { type: 'attended' })
    assert.equal(back.newAfter, idAt(1), 'coming back does not move the line')
    assert.equal(run(back, added(false, 4)).newAfter, idAt(3))
  })

  it('is not marked when it is seen at once, nor when it is one’s own', () => {
    assert.equal(run(open([message(1)]), added(true, 2)).newAfter, undefined)
    const own = { type: 'added', seen: false, messages: [message(2, { author: ada })] } as const
    assert.equal(run(open([message(1)]), own).newAfter, undefined)
  })

  it('is no longer marked after an answer', () => {
    const state = run(open([message(1)]), added(false, 2), { type: 'send', request: 1, text: 'a', at: now })
    assert.equal(state.newAfter, undefined)
  })

  it('never becomes unseen again', () => {
    const state = run(open([message(9)]), { type: 'seen', upTo: idAt(9) }, { type: 'seen', upTo: idAt(4) })
    assert.equal(state.seenUpTo, idAt(9))
  })
})

describe('a message being sent', () => {
  const send = { type: 'send', request: 4, text: 'hi', at: now } as const
  const arrived = { type: 'added', seen: true, messages: [message(2, { author: ada, text: 'hi' })] } as const
  const result = { type: 'sendResult', request: 4, id: idAt(2) } as const

  it('is shown once, whether its answer or its message comes first', () => {
    for (const actions of [
      [send, arrived, result],
      [send, result, arrived],
    ]) {
      const state = run(open([message(1)]), ...actions)
      assert.deepEqual([clocks(state), state.pending], [[1, 2], []])
      assert.equal(state.requests.get(idAt(2)), 4)
    }
  })

  it('stays until its message is there', () => {
    const state = run(open([message(1)]), send, result)
    assert.deepEqual(state.pending, [{ request: 4, text: 'hi', at: now, id: idAt(2) }])
  })

  it('keeps its text when it fails, until it is discarded', () => {
    const failed = run(open([]), send, { type: 'sendResult', request: 4, sentence: 'The disk is full.' })
    assert.deepEqual(failed.pending, [{ request: 4, text: 'hi', at: now, sentence: 'The disk is full.' }])
    const other = run(failed, arrived)
    assert.equal(other.pending.length, 1, 'the same text from elsewhere is another message')
    assert.deepEqual(run(failed, { type: 'discard', request: 4 }).pending, [])
  })

  it('survives that the same conversation is shown anew, and not another one', () => {
    const state = run(open([message(1)]), send)
    assert.equal(openConversation(page([message(1)]), state).pending.length, 1)
    const other = {
      ...state,
      conversation: { ...conversation(), id: conversation().id.replace('c', 'a') as typeof state.conversation.id },
    }
    assert.deepEqual(openConversation(page([message(1)]), other).pending, [])
    const withId = run(state, result)
    assert.deepEqual(openConversation(page([message(1), message(2, { author: ada })]), withId).pending, [])
  })
})
