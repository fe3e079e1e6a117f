import type { DeviceId, PersonId } from '../../shared/ids.ts'
import { copyOf, toHex } from '../codec/bytes.ts'
import { HeaderWriter, noPrevious } from '../event/event.ts'
import type { Ranges } from '../event/ranges.ts'
import { addRange, emptyRanges, hasSeq, missingFrom, topSeq } from '../event/ranges.ts'
import { Delivery } from './delivery.ts'
import type { LogRecord } from './records.ts'

/** The newest event held of a log. */
export interface LogHead {
  readonly seq: number
  readonly clock: number
  readonly id: Uint8Array
}

/** What this device holds of one member device's log in one conversation. */
export class DeviceLog {
  readonly number: number
  readonly conversation: Uint8Array
  readonly device: Uint8Array
  readonly person: Uint8Array
  readonly deviceId: DeviceId
  readonly personId: PersonId
  readonly headers: HeaderWriter
  /** Who holds what of it; kept for the logs of one's own devices, present and former. */
  readonly delivery = new Delivery()
  #ranges: Ranges
  #lacking: Ranges = emptyRanges
  #isConflicting: boolean
  #head: LogHead

  constructor(record: LogRecord, head: LogHead | undefined) {
    this.number = record.number
    this.conversation = record.conversation
    this.device = record.device
    this.person = record.person
    this.deviceId = toHex(record.device) as DeviceId
    this.personId = toHex(record.person) as PersonId
    this.headers = new HeaderWriter(record.conversation, record.device)
    this.#ranges = record.ranges
    this.#isConflicting = record.isConflicting
    this.#head = head ?? { seq: 0, clock: 0, id: noPrevious }
  }

  get ranges(): Ranges {
    return this.#ranges
  }

  /** What is here with its content: what others are told, and what is not asked for any more. */
  get held(): Ranges {
    return this.#lacking.length === 0 ? this.#ranges : missingFrom(this.#lacking, this.#ranges)
  }

  /** Of this event only the place is here. */
  lack(seq: number): void {
    this.#lacking = addRange(this.#lacking, seq, seq)
  }

  /** Of what only the place is here. */
  get lacking(): Ranges {
    return this.#lacking
  }

  isLacking(seq: number): boolean {
    return this.#lacking.length > 0 && hasSeq(this.#lacking, seq)
  }

  /** The content of an event came, or is to be gone. */
  fill(seq: number): void {
    if (this.isLacking(seq)) this.#lacking = missingFrom([{ from: seq, to: seq }], this.#lacking)
  }

  /** The author wrote two events with one seq; the first one received counts. */
  get isConflicting(): boolean {
    return this.#isConflicting
  }

  get head(): LogHead {
    return this.#head
  }

  get record(): LogRecord {
    const { number, conversation, device, person } = this
    return { number, conversation, device, person, ranges: this.#ranges, isConflicting: this.#isConflicting }
  }

  /** Takes note of `from..last.seq`, now stored. */
  extend(from: number, last: LogHead): void {
    this.#ranges = addRange(this.#ranges, from, last.seq)
    // A head is kept for long: it must not keep the memory of a whole packet.
    if (last.seq === topSeq(this.#ranges)) this.#head = { seq: last.seq, clock: last.clock, id: copyOf(last.id) }
  }

  flag(): void {
    this.#isConflicting = true
  }

  /** Back to what is on disk, after a failed transaction. */
  restore(record: LogRecord, head: LogHead | undefined): void {
    this.#ranges = record.ranges
    this.#lacking = emptyRanges
    this.#isConflicting = record.isConflicting
    this.#head = head ?? { seq: 0, clock: 0, id: noPrevious }
  }
}
