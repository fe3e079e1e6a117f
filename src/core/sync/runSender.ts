import type { Disposable } from '../../shared/disposable.ts'
import type { DeviceId } from '../../shared/ids.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import type { Run } from '../event/run.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import type { Link } from '../link/link.ts'

/** The most credit kept for a peer, in runs. */
const maxCredit = 64
/** The most logs a peer may ask for at a time. */
const maxStreams = 64

interface Stream {
  readonly log: DeviceLog
  readonly from: number
  next: number
}

/** The sending half of a conversation on a link: answers wants newest first, in turn, within credit and back-pressure. */
export class RunSender implements Disposable {
  readonly #link: Link
  readonly #conversation: Conversation
  readonly #channel: number
  readonly #streams = new Map<DeviceId, Stream>()
  #credit = 0
  #isDisposed = false

  constructor(link: Link, conversation: Conversation, channel: number) {
    this.#link = link
    this.#conversation = conversation
    this.#channel = channel
  }

  /** Begins to answer a want; it replaces an earlier one for the same log. */
  start(log: DeviceLog, from: number, to: number): void {
    if (!this.#streams.has(log.deviceId) && this.#streams.size >= maxStreams) {
      this.#link.send({ type: 'done', channel: this.#channel, device: log.device })
      return
    }
    this.#streams.set(log.deviceId, { log, from, next: to })
    this.pump()
  }

  addCredit(count: number): void {
    this.#credit = Math.min(this.#credit + count, maxCredit)
    this.pump()
  }

  /** Sends while there is something asked for, credit, and room on the link. */
  pump(): void {
    while (!this.#isDisposed && this.#credit > 0 && !this.#link.isCongested) {
      const stream = this.#streams.values().next().value
      if (stream === undefined) return
      // To the end of the queue, so that several logs come in turn.
      this.#streams.delete(stream.log.deviceId)
      const first = this.#send(stream.log, stream.from, stream.next)
      if (first !== undefined) this.#credit--
      if (first === undefined || first <= stream.from)
        this.#link.send({ type: 'done', channel: this.#channel, device: stream.log.device })
      else {
        stream.next = first - 1
        this.#streams.set(stream.log.deviceId, stream)
      }
      this.#link.flush()
    }
  }

  /** Sends events just written, in order, each run up to a signature. False: too many for the credit, nothing was sent. */
  push(log: DeviceLog, events: readonly StoredEvent[]): boolean {
    const runs: Run[] = []
    let begin = 0
    events.forEach(({ signature }, i) => {
      const previous = events[begin]?.previous
      if (signature === undefined || previous === undefined) return
      runs.push({ device: log.device, previous, events: events.slice(begin, i + 1), signature })
      begin = i + 1
    })
    const first = events[0]
    const last = events.at(-1)
    if (first === undefined || last === undefined || begin !== events.length || runs.length > this.#credit) return false
    this.#credit -= runs.length
    for (const run of runs) this.#link.send({ type: 'run', channel: this.#channel, run })
    this.#hand(log, first.seq, last.seq)
    return true
  }

  dispose(): void {
    this.#isDisposed = true
    this.#streams.clear()
  }

  #send(log: DeviceLog, from: number, to: number): number | undefined {
    const run = this.#conversation.readRun(log, from, to)
    const first = run?.events[0]?.seq
    if (run === undefined || first === undefined) return undefined
    this.#link.send({ type: 'run', channel: this.#channel, run })
    this.#hand(log, first, to)
    return first
  }

  #hand(log: DeviceLog, from: number, to: number): void {
    if (log === this.#conversation.own) this.#conversation.delivery.hand(this.#link, from, to)
  }
}
