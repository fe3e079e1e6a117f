import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Message } from '../../../src/shared/service.ts'
import { buildRows, runGapMs } from '../../../src/webview/state/buildRows.ts'
import type { Row } from '../../../src/webview/state/buildRows.ts'
import { openConversation, reduceConversation } from '../../../src/webview/state/conversationState.ts'
import { ada, bob, day, idAt, message, minute, now, page } from '../harness/fixtures.ts'

const rowsOf = (messages: readonly Message[], init: Parameters<typeof page>[1] = {}): readonly Row[] =>
  buildRows(openConversation(page(messages, init), undefined))

/** A row in short: its kind, and for messages their place in a run and the state shown. */
function sketch(row: Row): string {
  if (row.kind !== 'message' && row.kind !== 'pending') return row.kind
  const place = `${row.first ? '[' : ''}${row.last ? ']' : ''}`
  if (row.kind === 'pending') return `pending${place}`
  return `${String(row.message.clock)}${place}${row.state === undefined ? '' : ` ${row.state}`}`
}

describe('rows', () => {
  it('group messages of one author that are close in time', () => {
    const rows = rowsOf([
      message(1, { sentAt: now }),
      message(2, { sentAt: now + minute }),
      message(3, { sentAt: now + minute + runGapMs + 1 }),
      message(4, { author: ada, sentAt: now + 8 * minute }),
    ])
    assert.deepEqual(rows.map(sketch), ['top', 'day', '1[', '2]', '3[]', '4[] delivered'])
  })

  it('separate days, once each, and none where nobody can say which day it is', () => {
    const rows = rowsOf([
      message(1, { sentAt: now - day }),
      message(2, { sentAt: now }),
      message(3, { sentAt: now + 400 * day, sentAtDoubtful: true }),
      message(4, { sentAt: now - day }),
      message(5, { sentAt: now }),
    ])
    assert.deepEqual(rows.map(sketch), ['top', 'day', '1[]', 'day', '2[]', '3[]', '4[]', '5[]'])
  })

  it('put the new line before the first unread message of somebody else', () => {
    const messages = [message(1), message(2, { author: ada }), message(3), message(4)]
    const rows = rowsOf(messages, { conversation: { unread: 2, readUpTo: idAt(1) } })
    assert.deepEqual(rows.map(sketch), ['top', 'day', '1[]', '2[] delivered', 'new', '3[', '4]'])
  })

  it('let a notice stand alone between runs', () => {
    const notice = { kind: 'notice', notice: 'verified', person: bob } as const
    const rows = rowsOf([message(1), message(2, { body: notice }), message(3)])
    assert.deepEqual(rows.map(sketch), ['top', 'day', '1[]', 'notice', '3[]'])
  })

  it('say where reading stopped', () => {
    const own = (clock: number): Message => message(clock, { author: ada, state: 'delivered' })
    const rows = rowsOf([own(1), own(2), own(3)], { conversation: { readers: [{ person: bob, upTo: idAt(2) }] } })
    assert.deepEqual(rows.map(sketch), ['top', 'day', '1[', '2 delivered', '3] delivered'])
  })

  it('say a state once for neighbours that share it', () => {
    const own = (clock: number, state: Message['state']): Message => message(clock, { author: ada, state })
    const rows = rowsOf([own(1, 'delivered'), own(2, 'delivered'), own(3, 'sent'), own(4, 'queued'), own(5, 'queued')])
    assert.deepEqual(rows.map(sketch), ['top', 'day', '1[', '2 delivered', '3 sent', '4', '5] queued'])
  })

  it('end with what is being sent, as part of the run it continues', () => {
    const opened = openConversation(page([message(1, { author: ada })]), undefined)
    const state = reduceConversation(opened, { type: 'send', request: 8, text: 'a', at: now + minute })
    assert.deepEqual(buildRows(state).map(sketch), ['top', 'day', '1[ delivered', 'pending]'])
    const arrived = { type: 'added', seen: true, messages: [message(2, { author: ada, text: 'a' })] } as const
    const keys = (rows: readonly Row[]) => rows.map(({ key }) => key)
    assert.deepEqual(keys(buildRows(reduceConversation(state, arrived))).at(-1), keys(buildRows(state)).at(-1))
  })

  it('hold every message once and in order, under keys that differ', () => {
    const arbitrary = fc.array(
      fc.record({
        author: fc.constantFrom(ada, bob),
        sentAt: fc.integer({ min: 0, max: now }),
        doubtful: fc.boolean(),
        notice: fc.boolean(),
      }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(arbitrary, fc.nat(40), (inits, readUpTo) => {
        const messages = inits.map(({ author, sentAt, doubtful, notice }, index) =>
          message(index + 1, {
            author,
            sentAt,
            ...(doubtful ? { sentAtDoubtful: true } : {}),
            ...(notice ? { body: { kind: 'notice', notice: 'verified', person: bob } } : {}),
          }),
        )
        const rows = rowsOf(messages, { conversation: { unread: 1, readUpTo: idAt(readUpTo) } })
        assert.deepEqual(
          rows.flatMap((row) => (row.kind === 'message' || row.kind === 'notice' ? [row.message] : [])),
          messages,
        )
        assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length)
        assert.ok(rows.filter(({ kind }) => kind === 'new').length <= 1)
        rows.forEach((row, index) => {
          const next = rows[index + 1]
          if (row.kind === 'message' && row.last && next?.kind === 'message') assert.ok(next.first)
        })
      }),
    )
  })
})
