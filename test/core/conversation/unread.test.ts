import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Unread } from '../../../src/core/conversation/unread.ts'
import type { HistorySource } from '../../../src/core/conversation/roomHistory.ts'
import type { Position } from '../../../src/core/ports/store.ts'

/** A history with one message of somebody else at each clock; counts how much is counted at a time. */
function longHistory(clocks: number, newestClock = clocks) {
  const counted: number[] = []
  let messages = clocks
  let marker: Position | undefined
  const store = {
    countEvents(_conversation: number, after: Position | undefined, _logs: unknown, upToClock: number): number {
      const count = Math.max(0, Math.min(messages, upToClock) - (after?.clock ?? 0))
      counted.push(count)
      return count
    },
  }
  const book = { all: [], clock: newestClock }
  const source = { store, number: 1, book } as unknown as HistorySource
  const about = { relations: { mentionsAfter: () => [] } }
  const unread = new Unread(
    source,
    () => undefined,
    () => marker,
    { about, timeline: { get: () => undefined } },
  )
  return {
    unread,
    counted,
    read: (clock: number): void => {
      marker = { clock, id: new Uint8Array(32) }
      unread.recount()
    },
    /** One more, on disk and told of. */
    come: (): void => {
      const place = { clock: ++messages, id: new Uint8Array(32) }
      book.clock = messages
      unread.add([place], [])
    },
  }
}

describe('counting what is unread', () => {
  it('is done in slices, each in a turn of its own, and comes to the same', async () => {
    const { unread, counted } = longHistory(100_000)
    let turns = 0
    await unread.settle(() => Promise.resolve(++turns > 0))
    assert.ok(turns >= 4 && Math.max(...counted) <= 25_000, `${String(turns)} turns, ${counted.join()}`)
    const before = counted.length
    assert.equal(unread.count, 100_000)
    assert.equal(counted.length, before)
    assert.equal(longHistory(100_000).unread.count, 100_000)
  })

  it('takes no more than one turn where there is little, and not for ever where a clock was far ahead', async () => {
    const few = longHistory(100)
    await few.unread.settle(() => Promise.reject(new Error('a turn too many')))
    assert.equal(few.unread.count, 100)
    const ahead = longHistory(100, 2 ** 47)
    let turns = 0
    await ahead.unread.settle(() => Promise.resolve(++turns > 0))
    assert.equal(ahead.unread.count, 100)
    assert.ok(turns <= 50, String(turns))
  })

  it('begins behind what was read', async () => {
    const { unread, read } = longHistory(100_000)
    read(99_000)
    await unread.settle(() => Promise.reject(new Error('a turn too many')))
    assert.equal(unread.count, 1_000)
  })

  for (const [what, change, expected] of [
    ['comes', 'come', 100_001],
    ['is read', 'read', 10_000],
  ] as const)
    it(`is right where something ${what} between two turns`, async () => {
      const history = longHistory(100_000)
      let turns = 0
      await history.unread.settle(() => {
        if (++turns === 2) history[change](90_000)
        return Promise.resolve(true)
      })
      assert.equal(history.unread.count, expected)
    })

  it('is left where nobody waits for it any more', async () => {
    const { unread, counted } = longHistory(100_000)
    await unread.settle(() => Promise.resolve(false))
    assert.equal(counted.length, 1)
    assert.equal(unread.count, 100_000)
  })
})
