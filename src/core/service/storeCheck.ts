import type { Disposable } from '../../shared/disposable.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import type { Ranges } from '../event/ranges.ts'
import { countSeqs, hasSeq } from '../event/ranges.ts'
import { openKept } from '../event/storedEvent.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Position, Store } from '../ports/store.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Vault } from '../store/vault.ts'
import { isRowSound } from './salvage.ts'

/** Not while everything else starts. */
const firstCheckMs = 60_000
/** A step reads so many rows, and leaves so much time to all else. */
const stepRows = 128
const stepMs = 50
/** A store that stays open is looked through again. */
const checkEveryMs = 24 * 60 * 60 * 1000

export interface KeptLogs {
  /** Local number of their rows. */
  readonly number: number
  readonly logs: Iterable<DeviceLog>
}

/** The messages of each conversation, and what is said about each room. */
export function* keptLogs({ all }: Conversations, rooms: Rooms): Generator<KeptLogs> {
  for (const { record, logs } of all) yield { number: record.number, logs }
  for (const { log } of rooms.all) yield log
}

export interface StoreCheckInit {
  readonly store: Store
  readonly vault: Vault
  /** All that is kept as logs. */
  readonly kept: () => Iterable<KeptLogs>
  readonly clock: Clock
  readonly log: Log
  readonly onDamage: () => void
}

/**
 * Looks through all messages, little by little: each row that the logs say is there must be found by its place in the
 * conversation and by its place in its log, and open. What a database does not notice itself is found before its turn
 * comes to be shown or sent.
 */
export class StoreCheck implements Disposable {
  readonly #init: StoreCheckInit
  #steps: Iterator<void> | undefined
  #timer: Disposable | undefined

  constructor(init: StoreCheckInit) {
    this.#init = init
  }

  start(): void {
    this.#timer = this.#init.clock.after(firstCheckMs, () => {
      this.#step()
    })
  }

  dispose(): void {
    this.#timer?.dispose()
    this.#steps = undefined
  }

  #step(): void {
    const { clock, log, onDamage } = this.#init
    this.#steps ??= this.#check()
    let isDone: boolean
    try {
      isDone = this.#steps.next().done === true
    } catch (error) {
      if (error !== damage) log.error('The store could not be looked through', error)
      else onDamage()
      return
    }
    if (isDone) this.#steps = undefined
    this.#timer = clock.after(isDone ? checkEveryMs : stepMs, () => {
      this.#step()
    })
  }

  *#check(): Iterator<void> {
    for (const { number, logs } of this.#init.kept()) {
      // What comes while this goes on is none of its business.
      const expected = new Map([...logs].map((log) => [log.number, { log, ranges: log.ranges }]))
      yield* this.#checkOrder(number, expected)
      for (const { log, ranges } of expected.values()) yield* this.#checkLog(log, ranges)
    }
  }

  *#checkOrder(number: number, expected: ReadonlyMap<number, { readonly ranges: Ranges }>): Generator<void> {
    const { store, vault } = this.#init
    const found = new Map<number, number>()
    let before: Position | undefined
    for (;;) {
      const rows = store.readHistory(number, before, stepRows)
      for (const row of rows) {
        if (!isRowSound(vault, row)) throw damage
        if (hasSeq(expected.get(row.log)?.ranges ?? [], row.seq)) found.set(row.log, (found.get(row.log) ?? 0) + 1)
      }
      before = rows[0]
      if (before === undefined) break
      yield
    }
    for (const [log, { ranges }] of expected) if ((found.get(log) ?? 0) !== countSeqs(ranges)) throw damage
  }

  *#checkLog(log: DeviceLog, ranges: Ranges): Generator<void> {
    const { store, vault } = this.#init
    for (const { from, to } of ranges)
      for (let next = from; next <= to; next += stepRows) {
        const last = Math.min(to, next + stepRows - 1)
        const rows = store.readLog(log.number, next, last, stepRows)
        if (rows.length !== last - next + 1) throw damage
        for (const row of rows) if (openKept(vault, log.number, row) === undefined) throw damage
        yield
      }
  }
}

/** Thrown to end a look through the store that has found something. */
const damage = new Error('A row is not as it was written')
