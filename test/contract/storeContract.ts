import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compareBytes } from '../../src/core/codec/bytes.ts'
import type { EventRow, LogRow, Position, RecordKind, RelationRow, Store } from '../../src/core/ports/store.ts'
import { eventParts } from '../../src/core/ports/store.ts'
import { MemoryStore } from '../doubles/memoryStore.ts'
import { SeededRandom } from '../doubles/seededRandom.ts'

/** One place where stores live. */
export interface StorePlace {
  /** Opens the store; once the one before is closed it finds what that one left. */
  open(): Store
  dispose(): void
}

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values)

/** A row whose id and sealed bytes follow from its numbers. */
export function eventRow(log: number, seq: number, clock: number = seq, conversation: number = 1): EventRow {
  const id = new SeededRandom(log * 1_000_003 + seq).bytes(32)
  return { log, seq, clock, conversation, id, sealed: bytes(log & 255, seq & 255, 7), part: 'line' }
}

/** What `readLog` gives of a row. */
export function logRow({ seq, clock, sealed }: EventRow): LogRow {
  return { seq, clock, sealed }
}

/** What every `Store` does, whatever it is made of. */
export function storeContract(name: string, createPlace: () => StorePlace): void {
  const withStore = (work: (store: Store, place: StorePlace) => void) => (): void => {
    const place = createPlace()
    const store = place.open()
    try {
      work(store, place)
    } finally {
      store.close()
      place.dispose()
    }
  }

  describe(`${name} as a store`, () => {
    it(
      'gives back a record as it was put, and nothing for one that is not there',
      withStore((store) => {
        assert.equal(store.getRecord('contact', bytes(1)), undefined)
        store.putRecord('contact', bytes(1), bytes(9, 8, 7))
        assert.deepEqual(store.getRecord('contact', bytes(1)), bytes(9, 8, 7))
        store.putRecord('contact', bytes(1), bytes(6))
        assert.deepEqual(store.getRecord('contact', bytes(1)), bytes(6))
      }),
    )

    it(
      'scrubs what a transaction removes, changes nothing else by that, and does so in a transaction alone',
      withStore((store) => {
        store.addEvents([eventRow(1, 1), eventRow(1, 2)])
        store.putRecord('room-key', bytes(1), bytes(1))
        store.transaction(() => {
          store.replaceEvent(1, 1, bytes(5), 'line')
          store.deleteRecord('room-key', bytes(1))
          store.scrub()
        })
        assert.equal(store.getRecord('room-key', bytes(1)), undefined)
        assert.deepEqual(
          store.readLog(1, 1, 9, 9).map(({ sealed }) => sealed),
          [bytes(5), eventRow(1, 2).sealed],
        )
        assert.throws(() => store.scrub(), /no transaction/)
      }),
    )

    it(
      'keeps the kinds of records apart',
      withStore((store) => {
        store.putRecord('contact', bytes(1), bytes(1))
        store.putRecord('invite', bytes(1), bytes(2))
        store.deleteRecord('contact', bytes(1))
        assert.equal(store.getRecord('contact', bytes(1)), undefined)
        assert.deepEqual(store.getRecord('invite', bytes(1)), bytes(2))
        store.deleteRecord('contact', bytes(1))
      }),
    )

    it(
      'lists the records of a kind in order of their ids',
      withStore((store) => {
        for (const id of [bytes(2), bytes(1, 255), bytes(), bytes(1), bytes(255)]) store.putRecord('draft', id, id)
        store.putRecord('log', bytes(0), bytes(0))
        const ids = store.listRecords('draft').map(({ id }) => id)
        assert.deepEqual(ids, [bytes(), bytes(1), bytes(1, 255), bytes(2), bytes(255)])
        assert.deepEqual(store.listRecords('ack'), [])
      }),
    )

    it(
      'lists what is of no kind that there is apart from everything else',
      withStore((store) => {
        store.putRecord('draft', bytes(1), bytes(1))
        assert.deepEqual(store.listUnknownRecords(), [])
        store.putRecord('drafu' as RecordKind, bytes(2), bytes(3))
        assert.deepEqual(store.listUnknownRecords(), [{ id: bytes(2), sealed: bytes(3) }])
      }),
    )

    it(
      'keeps empty bytes as empty bytes',
      withStore((store) => {
        store.putRecord('draft', bytes(), bytes())
        assert.deepEqual(store.getRecord('draft', bytes()), bytes())
        store.addEvents([{ ...eventRow(1, 1), sealed: bytes() }])
        assert.deepEqual(store.getEvent(1, 1)?.sealed, bytes())
      }),
    )

    it(
      'takes and gives copies: changing bytes outside changes nothing inside',
      withStore((store) => {
        const given = bytes(1, 2, 3)
        store.putRecord('setting', bytes(1), given)
        given[0] = 99
        const first = store.getRecord('setting', bytes(1)) as Uint8Array
        assert.deepEqual(first, bytes(1, 2, 3))
        first[1] = 99
        assert.deepEqual(store.getRecord('setting', bytes(1)), bytes(1, 2, 3))
      }),
    )

    it(
      'takes bytes that are a window into larger memory',
      withStore((store) => {
        const memory = bytes(0, 1, 2, 3, 4)
        store.putRecord('setting', memory.subarray(1, 2), memory.subarray(2, 4))
        assert.deepEqual(store.getRecord('setting', bytes(1)), bytes(2, 3))
      }),
    )

    it(
      'gives back an event as it was added, by log and by position',
      withStore((store) => {
        const row = eventRow(3, 1, 2 ** 47)
        store.addEvents([row])
        assert.deepEqual(store.getEvent(3, 1), row)
        assert.deepEqual(store.findEvent(1, row), row)
        assert.equal(store.getEvent(3, 2), undefined)
        assert.equal(store.findEvent(1, { clock: row.clock + 1, id: row.id }), undefined)
        assert.equal(store.findEvent(1, { clock: row.clock, id: bytes(1) }), undefined)
        assert.equal(store.findEvent(2, row), undefined)
      }),
    )

    it(
      'leaves an event as it was when another comes with its log and number',
      withStore((store) => {
        const first = eventRow(1, 1)
        store.addEvents([first, { ...eventRow(1, 1, 50), id: new Uint8Array(32) }])
        store.addEvents([{ ...first, sealed: bytes(66) }, eventRow(1, 2)])
        assert.deepEqual(store.getEvent(1, 1), first)
        assert.deepEqual(store.readHistory(1, undefined, 10), [first, eventRow(1, 2)])
      }),
    )

    it(
      'reads a stretch of a log, ascending, over gaps and up to a limit',
      withStore((store) => {
        store.addEvents([5, 1, 2, 9, 4].map((seq) => eventRow(1, seq)))
        store.addEvents([eventRow(2, 3)])
        const seqs = (from: number, to: number, limit: number): readonly number[] =>
          store.readLog(1, from, to, limit).map(({ seq }) => seq)
        assert.deepEqual(seqs(2, 5, 10), [2, 4, 5])
        assert.deepEqual(seqs(1, 9, 2), [1, 2])
        assert.deepEqual(seqs(6, 8, 10), [])
        assert.deepEqual(seqs(1, 9, 0), [])
        assert.deepEqual(seqs(1, 9, -1), [])
        assert.deepEqual(store.readLog(7, 1, 9, 10), [])
      }),
    )

    it(
      'pages forwards through a conversation from any place, one where no row is too',
      withStore((store) => {
        const rows = [1, 2, 3, 4, 5].map((seq) => eventRow(1, seq, seq * 10))
        store.addEvents([...rows, eventRow(2, 1, 25, 2)])
        const [first, , third, fourth, fifth] = rows as [EventRow, EventRow, EventRow, EventRow, EventRow]
        assert.deepEqual(store.readLinesAfter(1, first, 2), rows.slice(1, 3))
        assert.deepEqual(store.readLinesAfter(1, { clock: 25, id: new Uint8Array(32) }, 2), [third, fourth])
        assert.deepEqual(store.readLinesAfter(1, fourth, 10), [fifth])
        assert.deepEqual(store.readLinesAfter(1, fifth, 10), [])
        assert.deepEqual(store.readLinesAfter(1, first, -1), [])
      }),
    )

    it(
      'orders a conversation by clock, then by id as unsigned bytes, and pages backwards through it',
      withStore((store) => {
        const row = (seq: number, clock: number, firstByte: number): EventRow => {
          const id = new Uint8Array(32)
          id[0] = firstByte
          return { log: 1, seq, clock, conversation: 1, id, sealed: bytes(seq), part: 'line' }
        }
        store.addEvents([row(1, 2, 255), row(2, 1, 9), row(3, 2, 127), row(4, 3, 0)])
        store.addEvents([eventRow(1, 99, 2, 2)])
        const seqs = (before: Position | undefined, limit: number): readonly number[] =>
          store.readHistory(1, before, limit).map(({ seq }) => seq)
        assert.deepEqual(seqs(undefined, 10), [2, 3, 1, 4])
        assert.deepEqual(seqs(undefined, 2), [1, 4])
        assert.deepEqual(seqs(row(1, 2, 255), 10), [2, 3])
        assert.deepEqual(seqs(row(1, 2, 255), 1), [3])
        assert.deepEqual(seqs(row(0, 3, 1), 10), [2, 3, 1, 4])
        assert.deepEqual(seqs(row(0, 1, 9), 10), [])
        assert.deepEqual(seqs(undefined, 0), [])
        assert.deepEqual(seqs(undefined, -1), [])
      }),
    )

    it(
      'counts what comes after a position, except one log and local notices',
      withStore((store) => {
        store.addEvents([
          eventRow(1, 1, 1),
          eventRow(2, 1, 2),
          eventRow(2, 2, 3),
          eventRow(3, 1, 4),
          eventRow(-1, 1, 5),
        ])
        store.addEvents([eventRow(2, 3, 3, 2)])
        assert.equal(store.countEvents(1, undefined, [1]), 3)
        assert.equal(store.countEvents(1, eventRow(2, 1, 2), [1]), 2)
        assert.equal(store.countEvents(1, eventRow(2, 1, 2), [2]), 1)
        assert.equal(store.countEvents(1, eventRow(3, 1, 4), [1]), 0)
        assert.equal(store.countEvents(1, undefined, [1, 2, 3]), 0)
        assert.equal(store.countEvents(9, undefined, [1]), 0)
        assert.deepEqual(
          [0, 1, 2, 3, 4].map((upToClock) => store.countEvents(1, undefined, [1], upToClock)),
          [0, 0, 1, 2, 3],
        )
        assert.equal(store.countEvents(1, eventRow(2, 1, 2), [1], 3), 1)
        assert.deepEqual(store.getEvent(-1, 1), eventRow(-1, 1, 5))
        assert.equal(store.readHistory(1, undefined, 1)[0]?.log, -1)
      }),
    )

    it(
      'replaces the sealed bytes and the part of an event and nothing else',
      withStore((store) => {
        const row = eventRow(1, 1)
        store.addEvents([row])
        store.replaceEvent(1, 1, bytes(5), 'hidden')
        store.replaceEvent(1, 2, bytes(5), 'line')
        assert.deepEqual(store.getEvent(1, 1), { ...row, sealed: bytes(5), part: 'hidden' })
        assert.deepEqual(store.readHistory(1, undefined, 10), [{ ...row, sealed: bytes(5), part: 'hidden' }])
        assert.equal(store.getEvent(1, 2), undefined)
      }),
    )

    it(
      'reads and counts lines apart from what is about others, and finds what is open',
      withStore((store) => {
        const rows = eventParts.map((part, i): EventRow => ({ ...eventRow(1, i + 1), part }))
        store.addEvents([...rows, { ...eventRow(2, 1, 1, 2), part: 'unsorted' }])
        const parts = (found: readonly EventRow[]): readonly string[] => found.map(({ part }) => part)
        assert.deepEqual(parts(store.readHistory(1, undefined, 10)), eventParts)
        assert.deepEqual(parts(store.readLines(1, undefined, 10)), ['line', 'unsorted'])
        assert.deepEqual(parts(store.readLines(1, rows[2], 10)), ['line'])
        assert.deepEqual(parts(store.readLines(1, undefined, 1)), ['unsorted'])
        assert.deepEqual(parts(store.readOpen(1, undefined, 10)), ['unsorted', 'lacking'])
        assert.deepEqual(parts(store.readOpen(1, rows[4], 10)), ['unsorted'])
        assert.equal(store.countEvents(1, undefined, []), 2)
        assert.equal(store.countEvents(1, rows[0], []), 1)
        store.replaceEvent(1, 3, bytes(1), 'about')
        assert.deepEqual(parts(store.readLines(1, undefined, 10)), ['line'])
        assert.equal(store.countEvents(1, undefined, []), 1)
      }),
    )

    it(
      'finds of each slot of a target the newest relation, and the others of a slot behind it',
      withStore((store) => {
        const relation = (target: number, slot: number, clock: number, seq = clock): RelationRow => {
          const { id, log } = eventRow(1, seq)
          return { target: bytes(target), slot: bytes(slot), clock, id, log, seq }
        }
        const rows = [relation(1, 1, 5), relation(1, 1, 7), relation(1, 2, 3), relation(1, 1, 6), relation(2, 1, 9)]
        store.addRelations(rows)
        store.addRelations([relation(1, 2, 3)])
        assert.deepEqual(store.readRelations(bytes(1)), [relation(1, 2, 3), relation(1, 1, 7)])
        assert.deepEqual(store.readRelations(bytes(3)), [])
        const clocks = (before: Position | undefined, limit: number): readonly number[] =>
          store.readSlot(bytes(1), bytes(1), before, limit).map(({ clock }) => clock)
        assert.deepEqual(clocks(undefined, 10), [7, 6, 5])
        assert.deepEqual(clocks(relation(1, 1, 7), 1), [6])
        assert.deepEqual(clocks(relation(1, 1, 5), 10), [])
        assert.deepEqual(clocks(undefined, 0), [])
        assert.throws(() =>
          store.transaction(() => {
            store.addRelations([relation(1, 9, 1)])
            throw new Error('no')
          }),
        )
        assert.equal(store.readRelations(bytes(1)).length, 2)
        store.deleteRelations([relation(1, 1, 7), relation(1, 1, 99)])
        assert.deepEqual(clocks(undefined, 10), [6, 5])
      }),
    )

    it(
      'gives the result of a transaction, and finds its rows within it and after it',
      withStore((store) => {
        const answer = store.transaction(() => {
          store.addEvents([eventRow(1, 1)])
          store.putRecord('setting', bytes(1), bytes(2))
          assert.deepEqual(store.getEvent(1, 1), eventRow(1, 1))
          return 42
        })
        assert.equal(answer, 42)
        assert.deepEqual(store.getEvent(1, 1), eventRow(1, 1))
      }),
    )

    it(
      'undoes everything when the work of a transaction throws, and passes the error on as it is',
      withStore((store) => {
        const before = eventRow(1, 1)
        store.addEvents([before])
        store.putRecord('setting', bytes(1), bytes(1))
        store.putRecord('setting', bytes(2), bytes(2))
        const failure = new Error('no')
        assert.throws(
          () =>
            store.transaction(() => {
              store.addEvents([eventRow(1, 2), eventRow(2, 1)])
              store.replaceEvent(1, 1, bytes(77), 'about')
              store.putRecord('setting', bytes(1), bytes(77))
              store.deleteRecord('setting', bytes(2))
              store.putRecord('setting', bytes(3), bytes(3))
              throw failure
            }),
          (error) => error === failure,
        )
        assert.deepEqual(store.readHistory(1, undefined, 10), [before])
        assert.deepEqual(store.readLog(2, 1, 9, 9), [])
        assert.deepEqual(
          store.listRecords('setting').map(({ sealed }) => sealed),
          [bytes(1), bytes(2)],
        )
      }),
    )

    it(
      'refuses a transaction within a transaction, and is fit for the next one',
      withStore((store) => {
        assert.throws(
          () => store.transaction(() => store.transaction(() => 1)),
          (error: unknown) => error instanceof Error && error.name === 'Error',
        )
        store.transaction(() => store.addEvents([eventRow(1, 1)]))
        assert.deepEqual(store.getEvent(1, 1), eventRow(1, 1))
      }),
    )

    it('finds what was only written after it was closed and opened, and undoes it where it fails', () => {
      const place = createPlace()
      const first = place.open()
      first.transaction(() => {
        first.addEvents([eventRow(1, 1)])
      }, 'written')
      assert.throws(
        () =>
          first.transaction(() => {
            first.addEvents([eventRow(1, 2)])
            throw new Error('no')
          }, 'written'),
        /^Error: no$/,
      )
      first.transaction(() => {
        first.addEvents([eventRow(1, 3)])
      })
      first.close()
      const second = place.open()
      assert.deepEqual(second.readLog(1, 1, 9, 9), [eventRow(1, 1), eventRow(1, 3)].map(logRow))
      second.close()
      place.dispose()
    })

    it(
      'flushes what was written as often as it is asked to, changes nothing by that, and not in a transaction',
      withStore((store) => {
        store.flush()
        store.transaction(() => {
          store.addEvents([eventRow(1, 1)])
        }, 'written')
        store.flush()
        store.flush()
        store.transaction(() => {
          store.addEvents([eventRow(1, 2)])
        }, 'written')
        assert.throws(() => {
          store.transaction(() => {
            store.flush()
          })
        }, /running/)
        assert.deepEqual(store.readLog(1, 1, 9, 9), [eventRow(1, 1), eventRow(1, 2)].map(logRow))
      }),
    )

    it('finds everything again after it was closed and opened', () => {
      const place = createPlace()
      const first = place.open()
      first.transaction(() => {
        first.addEvents([eventRow(1, 1), eventRow(1, 2)])
        first.putRecord('epoch', bytes(1), bytes(2))
      })
      first.close()
      first.close()
      const second = place.open()
      assert.deepEqual(second.readLog(1, 1, 9, 9), [eventRow(1, 1), eventRow(1, 2)].map(logRow))
      assert.deepEqual(second.getRecord('epoch', bytes(1)), bytes(2))
      second.close()
      place.dispose()
    })

    it(
      'answers nothing any more once it is closed',
      withStore((store) => {
        store.close()
        assert.throws(() => store.getRecord('log', bytes(1)))
        assert.throws(() => store.transaction(() => 1))
        assert.throws(() => store.addEvents([eventRow(1, 1)]))
      }),
    )

    it('behaves as the model does under any course of calls', () => {
      const row = fc
        .record({ log: fc.integer({ min: -1, max: 2 }), seq: fc.integer({ min: 1, max: 6 }), clock: fc.nat(4) })
        .map(({ log, seq, clock }) => eventRow(log, seq, clock))
      const call = fc.oneof(
        fc.record({ kind: fc.constant('add' as const), rows: fc.array(row, { maxLength: 4 }) }),
        fc.record({ kind: fc.constant('replace' as const), row }),
        fc.record({ kind: fc.constant('put' as const), id: fc.uint8Array({ maxLength: 2 }) }),
        fc.record({ kind: fc.constant('delete' as const), id: fc.uint8Array({ maxLength: 2 }) }),
      )
      const batch = fc.record({ calls: fc.array(call, { maxLength: 5 }), fails: fc.boolean() })
      const property = fc.property(fc.array(batch, { maxLength: 6 }), row, (batches, at) => {
        const place = createPlace()
        const store = place.open()
        const model = new MemoryStore()
        try {
          for (const { calls, fails } of batches) {
            for (const target of [store, model]) apply(target, calls, fails)
          }
          assert.deepEqual(look(store, at), look(model, at))
          assert.ok(isOrdered(store.readHistory(1, undefined, 100)))
        } finally {
          store.close()
          place.dispose()
        }
      })
      fc.assert(property, { numRuns: 40 })
    })
  })
}

type Call =
  | { readonly kind: 'add'; readonly rows: readonly EventRow[] }
  | { readonly kind: 'replace'; readonly row: EventRow }
  | { readonly kind: 'put' | 'delete'; readonly id: Uint8Array }

function apply(store: Store, calls: readonly Call[], fails: boolean): void {
  try {
    store.transaction(() => {
      for (const call of calls) {
        if (call.kind === 'add') store.addEvents(call.rows)
        else if (call.kind === 'replace') store.replaceEvent(call.row.log, call.row.seq, bytes(1, 1), 'about')
        else if (call.kind === 'put') store.putRecord('log', call.id, bytes(5, ...call.id))
        else store.deleteRecord('log', call.id)
      }
      if (fails) throw new Error('Asked to fail')
    })
  } catch (error) {
    if (!fails) throw error
  }
}

const look = (store: Store, at: EventRow): unknown => [
  store.listRecords('log'),
  store.readHistory(1, undefined, 100),
  store.readHistory(1, at, 3),
  store.readLines(1, at, 3),
  store.readLog(at.log, 2, 5, 3),
  store.findEvent(1, at),
  store.countEvents(1, at, [at.log]),
]

const isOrdered = (rows: readonly EventRow[]): boolean =>
  rows.every((row, index) => {
    const earlier = rows[index - 1]
    return (
      earlier === undefined ||
      earlier.clock < row.clock ||
      (earlier.clock === row.clock && compareBytes(earlier.id, row.id) < 0)
    )
  })
