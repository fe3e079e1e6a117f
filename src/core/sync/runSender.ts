import type { Disposable } from '../../shared/disposable.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { Writer } from '../codec/codec.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import type { SyncedLogs } from '../conversation/syncedLogs.ts'
import { encodeRun, maxRunBytes, type Run } from '../event/run.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import type { Link } from '../link/link.ts'
import type { Clock } from '../ports/clock.ts'
import { isTurnOver } from './pace.ts'

/** The most credit kept for a peer, in runs. */
const maxCredit = 64
/** The most logs a peer may ask for at a time. */
const maxStreams = 64
/** The most runs of live events that wait for credit; what is beyond is left to be asked for. */
const maxQueuedRuns = 64
/** One for all runs, since each is flushed before the next is written. */
const runWriter = new Writer(maxRunBytes)

interface LiveRun {
  readonly log: DeviceLog
  readonly run: Run
}

interface Stream {
  readonly log: DeviceLog
  readonly from: number
  readonly next: number
}

/**
 * The sending half of a conversation on a link, within credit and back-pressure: live events in order, and answers to
 * wants newest first, one log after the other.
 */
export class RunSender implements Disposable {
  readonly #link: Link
  readonly #conversation: SyncedLogs
  readonly #channel: number
  readonly #streams = new Map<DeviceId, Stream>()
  readonly #live: LiveRun[] = []
  readonly #clock: Clock
  #credit = 0
  #isResting = false
  #isDisposed = false

  constructor(link: Link, conversation: SyncedLogs, channel: number, clock: Clock) {
    this.#link = link
    this.#conversation = conversation
    this.#channel = channel
    this.#clock = clock
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

  /**
   * Sends while there is something to send, credit, and room on the link. Live events come first. A long answer is read
   * from the disk over several turns, so that others get theirs.
   */
  pump(): void {
    const startMs = this.#clock.monotonicMs()
    while (!this.#isDisposed && this.#credit > 0 && !this.#link.isCongested) {
      const live = this.#live.shift()
      if (live !== undefined) {
        this.#send(live.log, live.run)
        // Under way before it is shown here.
        this.#link.flush()
        continue
      }
      const stream = this.#streams.values().next().value
      if (stream === undefined || this.#isResting) return
      if (isTurnOver(startMs, this.#clock.monotonicMs())) {
        this.#rest()
        return
      }
      this.#answer(stream)
      // Bulk goes out as it is made.
      this.#link.flush()
    }
  }

  /** Sends events just written, in order, now or when there is credit. False: too many wait already, these are left out. */
  push(log: DeviceLog, events: readonly StoredEvent[]): boolean {
    const runs: Run[] = []
    let begin = 0
    events.forEach(({ signature }, i) => {
      const previous = events[begin]?.previous
      if (signature === undefined || previous === undefined) return
      runs.push({ device: log.device, previous, events: events.slice(begin, i + 1), signature })
      begin = i + 1
    })
    if (begin !== events.length || this.#live.length + runs.length > maxQueuedRuns) return false
    for (const run of runs) this.#live.push({ log, run })
    this.pump()
    return true
  }

  dispose(): void {
    this.#isDisposed = true
    this.#streams.clear()
    this.#live.length = 0
  }

  #rest(): void {
    this.#isResting = true
    this.#clock.defer(() => {
      this.#isResting = false
      this.pump()
    })
  }

  #answer(stream: Stream): void {
    const { log, from, next } = stream
    // To the end of the queue, so that several logs come in turn.
    this.#streams.delete(log.deviceId)
    const run = this.#conversation.readRun(log, from, next)
    const first = run?.events[0]?.seq
    if (run !== undefined) this.#send(log, run)
    if (first === undefined || first <= from)
      this.#link.send({ type: 'done', channel: this.#channel, device: log.device })
    else this.#streams.set(log.deviceId, { log, from, next: first - 1 })
  }

  #send(log: DeviceLog, run: Run): void {
    this.#credit--
    this.#link.send({ type: 'run', channel: this.#channel, run: encodeRun(run, runWriter) })
    const [first, last] = [run.events[0], run.events.at(-1)]
    if (this.#conversation.isFollowed(log) && first !== undefined && last !== undefined)
      log.delivery.hand(this.#link, first.seq, last.seq)
  }
}
