import { isLifetime, maxLifetimeMs } from '../../shared/lifetime.ts'
import { hashBytes } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import type { Position } from '../ports/store.ts'
import type { RecordFormat } from '../store/recordTable.ts'

/** A message that is to disappear, as long as its content is here. */
export interface FleetingRecord extends Position {
  /** Local numbers of its conversation and its log. */
  readonly conversation: number
  readonly log: number
  readonly seq: number
  /** 0: hidden here, and gone once everybody has it. */
  readonly lifetimeMs: number
  /** When its time began: it was delivered, or read. Absent before. */
  readonly begunAt?: number
}

export const fleetingFormat: RecordFormat<FleetingRecord> = {
  kind: 'fleeting',
  write: (writer, { conversation, log, seq, clock, id, lifetimeMs, begunAt }) => {
    writer.uint8(1).uint(conversation).uint(log).uint(seq).uint(clock).fixed(id).uint(lifetimeMs)
    writer.optional(begunAt, (at) => writer.uint(at))
  },
  read: (reader) => {
    if (reader.uint8() !== 1) reader.fail()
    const conversation = reader.uint(maxCounter)
    const log = reader.uint(maxCounter)
    const seq = reader.uint(maxCounter)
    const place = { clock: reader.uint(maxCounter), id: reader.fixed(hashBytes) }
    const lifetimeMs = reader.uint(maxLifetimeMs)
    if (lifetimeMs !== 0 && !isLifetime(lifetimeMs)) reader.fail()
    const begunAt = reader.optional(() => reader.uint(maxCounter))
    return { conversation, log, seq, ...place, lifetimeMs, ...(begunAt !== undefined && { begunAt }) }
  },
}
