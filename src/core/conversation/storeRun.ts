import type { DeviceId, MessageId } from '../../shared/ids.ts'
import { toHex } from '../codec/bytes.ts'
import type { Run } from '../event/run.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import { checkRun } from './checkRun.ts'
import type { DeviceLog } from './deviceLog.ts'
import type { LogBook } from './logBook.ts'
import type { Sorted, Sorter } from '../relation/sorter.ts'

/** A claimed time this far after its arrival, or before the one its author claimed just before, cannot be right. */
const doubtfulAfterMs = 10 * 60 * 1000

export type StoredRun =
  /** `touched`: messages that are not what they were, by what these say of them. */
  | {
      readonly kind: 'stored'
      readonly log: DeviceLog
      readonly events: readonly StoredEvent[]
      /** What they say, where that was looked at. */
      readonly bodies?: Sorted['bodies']
      readonly areNewest?: boolean
      readonly touched: readonly MessageId[]
    }
  | { readonly kind: 'duplicate' | 'conflicting'; readonly log: DeviceLog }
  | { readonly kind: 'refused' }
  /** Of a log that is not known yet to belong here. */
  | { readonly kind: 'unknown' }

/**
 * Checks a run that a link brought and keeps what is new, inside a transaction of the caller. `sorter`: tells what the
 * events are; where there is none, all are alike.
 */
export function storeRun(book: LogBook, run: Run, receivedAt: number, sorter?: Sorter): StoredRun {
  const log = book.get(toHex(run.device) as DeviceId)
  if (log === undefined) return { kind: 'unknown' }
  const verdict = checkRun(log, run, (seq) => book.event(log, seq))
  if (verdict.kind === 'refused') return verdict
  if (verdict.kind === 'conflicting') return { kind: verdict.kind, log }
  if (verdict.fresh.length === 0) return { kind: 'duplicate', log }
  const { signature } = run
  const last = verdict.fresh.at(-1)
  let before = 0
  const fresh = verdict.fresh.map((item) => {
    const { event, id, previous } = item
    const isDoubtful = event.sentAt > receivedAt + doubtfulAfterMs || event.sentAt < before - doubtfulAfterMs
    if (!isDoubtful) before = event.sentAt
    // The signature was checked over the run's last event; there is none to keep for the others.
    const isSigned = verdict.isSigned && item === last && event === run.events.at(-1)
    return { ...event, id, previous, receivedAt, isDoubtful, ...(isSigned && signature && { signature }) }
  })
  const sorted: Sorted | undefined = sorter?.sort(log, fresh)
  const events = sorted?.events ?? fresh
  book.append(log, events)
  if (sorter === undefined || sorted === undefined) return { kind: 'stored', log, events, touched: [] }
  const { bodies, areNewest } = sorted
  return { kind: 'stored', log, events, bodies, areNewest, touched: sorter.apply(log, sorted) }
}
