import type { Emitter } from '../../shared/disposable.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { idBytes } from '../codec/bytes.ts'
import type { Ranges } from '../event/ranges.ts'
import { commonRanges, countSeqs, newestSeqs } from '../event/ranges.ts'
import type { Clock } from '../ports/clock.ts'
import type { DeviceLog } from './deviceLog.ts'
import type { LogBook } from './logBook.ts'
import type { MessageCache } from './messageCache.ts'
import type { MessageReader } from './messageReader.ts'
import type { AckRecord } from './records.ts'

/** So many are read again in one turn of the event loop at most, */
const sliceMessages = 32
/** and for so long: it has other things to do as well. */
const sliceMs = 3

export interface OwnMessagesInit {
  /** The conversation. */
  readonly id: Uint8Array
  readonly book: LogBook
  readonly reader: MessageReader
  readonly cache: MessageCache
  readonly clock: Clock
  /** The most messages that are told of at once, the newest. */
  readonly maxTold: number
  /** Another device said anew what it holds. */
  readonly acknowledged: Emitter<AckRecord>
  /** The state of messages changed, */
  readonly changed: Emitter<readonly Message[]>
  /** and of more than those that are told. */
  readonly touched: Emitter<void>
}

/** What becomes of the messages that this person wrote. */
export class OwnMessages {
  readonly #init: OwnMessagesInit
  /** Whose state changed, and nobody was told yet: the newest last, and told first. */
  readonly #untold: { readonly log: DeviceLog; readonly seqs: number[] }[] = []
  #isTelling = false

  constructor(init: OwnMessagesInit) {
    this.#init = init
  }

  /** Another device's word of what it holds of a log of this person. */
  acknowledge(log: DeviceLog, device: DeviceId, person: PersonId, claimed: Ranges): void {
    const { id, book, acknowledged } = this.#init
    // What was not written yet cannot have arrived, whatever is claimed. A former device may have written more than is here.
    const ranges = log === book.own ? commonRanges(claimed, log.ranges) : claimed
    const news = log.delivery.acknowledge(device, person, ranges)
    if (news.length === 0) return
    acknowledged.fire({ conversation: id, device: idBytes(device), log: log.device, ranges })
    this.#tell(log, commonRanges(news, log.ranges))
  }

  /** A link closed: what it was handed and nobody confirmed is queued again. */
  withdraw(link: object): void {
    const { book } = this.#init
    for (const log of book.all) if (book.isOwn(log)) this.#tell(log, log.delivery.withdraw(link))
  }

  #tell(log: DeviceLog, ranges: Ranges): void {
    const { maxTold, touched } = this.#init
    // What is far back is on no screen: reading it again for each step of a long history would cost as much as sending it.
    const recent = log.head.seq - maxTold
    const seqs = newestSeqs(ranges, maxTold).filter((seq) => seq > recent)
    if (seqs.length > 0) this.#untold.push({ log, seqs })
    if (!this.#isTelling) this.#tellSome()
    if (seqs.length < countSeqs(ranges)) touched.fire()
  }

  #tellSome(): void {
    const { clock, changed } = this.#init
    // In the end nobody listens any more, and then the store is closed.
    if (!changed.isHeard) this.#untold.length = 0
    const messages: Message[] = []
    const endMs = clock.monotonicMs() + sliceMs
    while (messages.length < sliceMessages && clock.monotonicMs() < endMs) {
      const next = this.#untold.at(-1)
      const seq = next?.seqs.pop()
      if (next === undefined || seq === undefined) break
      if (next.seqs.length === 0) this.#untold.pop()
      const message = this.#read(next.log, seq)
      if (message !== undefined) messages.push(message)
    }
    if (messages.length > 0) changed.fire(messages.reverse())
    if (this.#untold.length === 0) return
    this.#isTelling = true
    clock.defer(() => {
      this.#isTelling = false
      this.#tellSome()
    })
  }

  /** A message in the state of now. */
  #read(log: DeviceLog, seq: number): Message | undefined {
    const { book, reader, cache } = this.#init
    const kept = log === book.own ? cache.own(seq) : undefined
    if (kept !== undefined) return { ...kept, ...log.delivery.standingOf(seq) }
    const event = book.event(log, seq)
    return event && reader.readEvent(log, event)
  }
}
