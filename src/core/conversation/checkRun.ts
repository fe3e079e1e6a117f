import { isEqual } from '../codec/bytes.ts'
import { noPrevious } from '../event/event.ts'
import { hasSeq } from '../event/ranges.ts'
import type { Run, RunEvent } from '../event/run.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import type { DeviceLog } from './deviceLog.ts'

/** An event of a run with what the chain says about it. */
export interface CheckedEvent {
  readonly event: RunEvent
  readonly id: Uint8Array
  readonly previous: Uint8Array
}

export type RunVerdict =
  /** Verified: `fresh` are the events not held yet, or not with their content, ascending; `isSigned` says that the last of the run carries a checked signature. */
  | { readonly kind: 'valid'; readonly fresh: readonly CheckedEvent[]; readonly isSigned: boolean }
  /** Its author signed a history that contradicts what is held already. */
  | { readonly kind: 'conflicting' }
  /** Not what the author wrote, or not provably so. */
  | { readonly kind: 'refused'; readonly why: 'unsigned' | 'wrong-signature' | 'broken-chain' | 'clock' }

/** Looks up an event already held; `undefined` where there is none. */
export type Lookup = (seq: number) => Pick<StoredEvent, 'id' | 'previous' | 'clock'> | undefined

/**
 * Checks a run against the log it claims to belong to: hashing for every event, one signature for all, and the joints
 * to the neighbours already held. A run below an event already verified needs no signature: that event names its hash.
 */
export function checkRun(log: DeviceLog, run: Run, lookup: Lookup): RunVerdict {
  const checked = hashRun(log, run)
  const first = checked[0] as CheckedEvent
  const last = checked.at(-1) as CheckedEvent
  const held = (seq: number): ReturnType<Lookup> => (hasSeq(log.ranges, seq) ? lookup(seq) : undefined)

  const known = held(last.event.seq)
  const above = known === undefined ? held(last.event.seq + 1) : undefined
  const isAnchored =
    (known !== undefined && isEqual(known.id, last.id)) || (above !== undefined && isEqual(above.previous, last.id))
  if (!isAnchored) {
    if (run.signature === undefined) return { kind: 'refused', why: 'unsigned' }
    // `hashRun` completed the last header just now, so that is what the signature is checked against.
    if (!log.headers.isSigned(run.signature)) return { kind: 'refused', why: 'wrong-signature' }
    if (known !== undefined || above !== undefined) return { kind: 'conflicting' }
  }
  // From here on the run is what its author wrote: what contradicts it was written by the same author.
  if (first.event.seq === 1 && !isEqual(first.previous, noPrevious)) return { kind: 'refused', why: 'broken-chain' }
  const { head } = log
  const isNext = head.seq > 0 && head.seq === first.event.seq - 1
  const below = isNext ? head : held(first.event.seq - 1)
  if (below !== undefined && !isEqual(below.id, first.previous)) return { kind: 'conflicting' }
  if (below !== undefined && below.clock >= first.event.clock) return { kind: 'refused', why: 'clock' }
  if (above !== undefined && above.clock <= last.event.clock) return { kind: 'refused', why: 'clock' }

  const fresh: CheckedEvent[] = []
  for (const item of checked) {
    const present = held(item.event.seq)
    const isFilling = log.isLacking(item.event.seq) && item.event.body.kind === 'sealed'
    if (present !== undefined && !isEqual(present.id, item.id)) return { kind: 'conflicting' }
    if (present === undefined || isFilling) fresh.push(item)
  }
  return { kind: 'valid', fresh, isSigned: !isAnchored }
}

function hashRun(log: DeviceLog, run: Run): CheckedEvent[] {
  let previous = run.previous
  return run.events.map((event) => {
    log.headers.prefix(event, previous)
    const id = log.headers.complete(event.body)
    const item = { event, id, previous }
    previous = id
    return item
  })
}
