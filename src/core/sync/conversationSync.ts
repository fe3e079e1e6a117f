import type { Disposable } from '../../shared/disposable.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { idBytes, toHex } from '../codec/bytes.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import type { Appended } from '../conversation/appended.ts'
import type { SyncedLogs } from '../conversation/syncedLogs.ts'
import { addRange, countSeqs, emptyRanges, hasSeq, missingFrom } from '../event/ranges.ts'
import type { Ranges } from '../event/ranges.ts'
import type { Run } from '../event/run.ts'
import { Allowance } from '../link/allowance.ts'
import type { Frame, Have } from '../link/frame.ts'
import type { Link } from '../link/link.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Store } from '../ports/store.ts'
import { HaveSender } from './haveSender.ts'
import { IncomingRuns } from './incomingRuns.ts'
import { Pace } from './pace.ts'
import { RunSender } from './runSender.ts'
import { Wants } from './wants.ts'

/** Runs that may be on their way to us, asked for or pushed: bounds what a sender can make us hold, 16 x 60 KiB. */
export const windowRuns = 16
/** The most runs that share a transaction: a third costs more in memory, where all are read at once, than it saves in time. */
const maxRunsAtOnce = 2
/** An answer's runs are waited for so long, so that they share one: to the disk, one transaction for each costs twice as much. */
const gatherMs = 4
/** The most logs of which a peer's word is kept, those of people included who are not known here yet. */
const maxRemoteLogs = 4_096
/** Bad runs on one link after which it is closed. */
const maxRefusals = 8
/** Runs that bring nothing new: several peers of a room may send the same, but not for ever. */
const fruitlessAllowance = { burst: 4_000, perSecond: 200 }

export interface SyncInit {
  readonly link: Link
  readonly conversation: SyncedLogs
  /** The number under which we call the conversation on this link. */
  readonly channel: number
  readonly store: Pick<Store, 'flush'>
  readonly clock: Clock
  readonly log: Log
}

/**
 * One conversation on one link. Both sides say what they hold; each asks for what it lacks, newest first, and grants
 * credit as it has stored what came; what is written now is pushed at once.
 */
export class ConversationSync implements Disposable {
  readonly #link: Link
  readonly #conversation: SyncedLogs
  readonly #channel: number
  readonly #clock: Clock
  readonly #log: Log
  readonly #sender: RunSender
  readonly #wants = new Wants()
  readonly #theirs = new Map<DeviceId, Ranges>()
  readonly #pushedTo = new Map<DeviceId, number>()
  readonly #haves: HaveSender
  readonly #subscriptions = new DisposableStore()
  readonly #incoming = new IncomingRuns()
  readonly #pace = new Pace(maxRunsAtOnce)
  readonly #answered: DeviceId[] = []
  #gathering: Disposable | undefined
  #isIngesting = false
  #isReplyScheduled = false
  #creditOwed = 0
  #refusals = 0
  #missing = 0
  readonly #fruitless: Allowance
  #isOpen = false

  constructor({ link, conversation, channel, store, clock, log }: SyncInit) {
    this.#link = link
    this.#conversation = conversation
    this.#channel = channel
    this.#clock = clock
    this.#log = log
    this.#fruitless = new Allowance(clock, fruitlessAllowance)
    this.#sender = new RunSender(link, conversation, channel, clock)
    this.#haves = new HaveSender({
      ...{ link, channel, store },
      refused: (error) => {
        this.#leave(error)
      },
    })
    this.#subscriptions.add(
      conversation.onDidAppend((appended) => {
        this.#onAppended(appended)
      }),
    )
    this.#subscriptions.add(
      conversation.onDidAddLog((log) => {
        this.#haves.add(log)
        if (this.#isOpen && !this.#isIngesting) this.#ask()
        this.#scheduleReply()
      }),
    )
  }

  /** Both sides have named the conversation: says what is held and grants the first credit. */
  open(): void {
    this.#isOpen = true
    this.#link.send({ type: 'credit', channel: this.#channel, count: windowRuns })
    for (const log of this.#conversation.logs) this.#haves.add(log)
    this.#haves.send()
  }

  onFrame(frame: Extract<Frame, { channel: number }>): void {
    if (!this.#isOpen) return
    if (frame.type === 'have') this.#onHave(frame.entries)
    else if (frame.type === 'run') this.#onRun(frame.run)
    else if (frame.type === 'credit') this.#sender.addCredit(frame.count)
    else if (frame.type === 'done') this.#onDone(toHex(frame.device) as DeviceId)
    else if (frame.type === 'want') {
      const log = this.#conversation.log(toHex(frame.device) as DeviceId)
      if (log === undefined) this.#link.send({ type: 'done', channel: this.#channel, device: frame.device })
      else this.#sender.start(log, frame.from, frame.to)
    }
  }

  onDrain(): void {
    this.#sender.pump()
    this.#scheduleReply()
  }

  dispose(): void {
    this.#isOpen = false
    this.#gathering?.dispose()
    this.#incoming.clear()
    this.#subscriptions.dispose()
    this.#sender.dispose()
    this.#conversation.withdraw(this.#link)
  }

  #onHave(entries: readonly Have[]): void {
    for (const { device, ranges } of entries) {
      const id = toHex(device) as DeviceId
      const log = this.#conversation.admit(id)
      if (this.#theirs.has(id) || this.#theirs.size < maxRemoteLogs) this.#theirs.set(id, ranges)
      if (log === undefined) continue
      this.#wants.renew(id)
      if (!this.#conversation.isFollowed(log)) continue
      this.#conversation.acknowledge(log, this.#link.peer.device, this.#link.peer.person, ranges)
    }
    // What was pushed just before may still wait to be stored: asking comes after that.
    if (!this.#isIngesting) this.#ask()
  }

  #onDone(device: DeviceId): void {
    // It ends behind the runs that came before it.
    this.#answered.push(device)
    if (this.#isIngesting) return
    if (this.#incoming.count > 0) void this.#ingestAll()
    else this.#ask()
  }

  #ask(): void {
    for (const device of this.#answered.splice(0)) this.#wants.close(device)
    for (const log of this.#conversation.logs) {
      const want = this.#wants.next(log.deviceId, log.held, this.#theirsOf(log))
      if (want === undefined) continue
      this.#link.send({ type: 'want', channel: this.#channel, ...want, device: idBytes(want.device) })
    }
    this.#count()
  }

  /** What the other side holds of a log that is asked for at all. */
  #theirsOf({ deviceId }: DeviceLog): Ranges {
    const claimed = this.#theirs.get(deviceId) ?? emptyRanges
    const floor = this.#conversation.floorOf(deviceId)
    return floor === 0 ? claimed : missingFrom([{ from: 1, to: floor }], claimed)
  }

  #count(): void {
    this.#missing = 0
    for (const log of this.#conversation.logs) this.#missing += countSeqs(missingFrom(log.held, this.#theirsOf(log)))
    this.#conversation.setMissing(this.#link, this.#missing, this.#link.peer.person)
  }

  #onRun(run: Uint8Array): void {
    // Nobody who keeps to the credit sends more than that.
    if (this.#incoming.count >= 2 * windowRuns) {
      this.#link.close('protocol')
      return
    }
    this.#incoming.add(run)
    if (!this.#isIngesting) this.#gather()
  }

  /** Stores what came, or waits a moment for what is still to come. */
  #gather(): void {
    if (this.#isDue) void this.#ingestAll()
    else if (this.#incoming.count > 0)
      this.#gathering ??= this.#clock.after(gatherMs, () => {
        if (!this.#isIngesting) void this.#ingestAll()
      })
  }

  /** There is as much as is stored at once, or something that more may not be waited for. */
  get #isDue(): boolean {
    if (this.#incoming.count >= this.#pace.atOnce) return true
    if (this.#incoming.count > 0 && this.#answered.length > 0) return true
    return this.#incoming.some((device) => !this.#wants.isOpen(device))
  }

  /** Stores runs one transaction after the other, so that a long backfill leaves the event loop to others in between. */
  async #ingestAll(): Promise<void> {
    this.#isIngesting = true
    this.#gathering?.dispose()
    this.#gathering = undefined
    try {
      do {
        const runs = this.#incoming.take(this.#pace.atOnce)
        if (runs === undefined) {
          this.#link.close('protocol')
          return
        }
        const startMs = this.#clock.monotonicMs()
        // All in one turn, and so in one transaction.
        const results = await Promise.all(runs.map((run) => this.#conversation.ingest(run, this.#link)))
        if (runs.length === this.#pace.atOnce) this.#pace.took(this.#clock.monotonicMs() - startMs)
        if (!this.#isOpen) return
        for (const [i, run] of runs.entries()) this.#after(run, results[i] as (typeof results)[number])
      } while (this.#isDue)
    } catch (error) {
      this.#leave(error)
    } finally {
      this.#isIngesting = false
    }
    if (!this.#isOpen) return
    this.#ask()
    this.#gather()
  }

  /** The disk refused. The other side keeps what was not acknowledged and sends it on the next link. */
  #leave(error: unknown): void {
    this.#log.error('Received messages could not be stored', error)
    this.#link.close('leaving')
  }

  #after(run: Run, result: Awaited<ReturnType<SyncedLogs['ingest']>>): void {
    const device = toHex(run.device) as DeviceId
    this.#creditOwed++
    if (result === 'stored') this.#wants.progress(device)
    else if (!this.#fruitless.take()) this.#link.close('protocol')
    if (result === 'refused') {
      this.#log.warn(`Refused a run of log ${device.slice(0, 8)} from ${this.#link.peer.device.slice(0, 8)}`)
      if (++this.#refusals >= maxRefusals) this.#link.close('protocol')
    }
    // Asked for once its author is known to belong.
    const last = run.events.at(-1)
    if (result === 'unknown' && last !== undefined && this.#theirs.size < maxRemoteLogs)
      this.#theirs.set(device, addRange(this.#theirs.get(device) ?? emptyRanges, 1, last.seq))
    const log = this.#conversation.log(device)
    if (log !== undefined && result === 'duplicate') this.#haves.add(log)
    this.#scheduleReply()
  }

  #onAppended({ log, events, source }: Appended): void {
    const first = events[0]
    const last = events.at(-1)
    if (!this.#isOpen || first === undefined || last === undefined) return
    const isOwn = source === undefined
    if (isOwn && this.#follows(log, first.seq) && this.#sender.push(log, events)) {
      this.#pushedTo.set(log.deviceId, last.seq)
      return
    }
    this.#haves.add(log)
    this.#scheduleReply()
  }

  /** The other side holds, or is being sent, everything just before `from`. */
  #follows(log: DeviceLog, from: number): boolean {
    if (from === 1 || this.#pushedTo.get(log.deviceId) === from - 1) return true
    return hasSeq(this.#theirs.get(log.deviceId) ?? emptyRanges, from - 1)
  }

  /** Says at the end of the turn what is held now, and grants credit anew for what was stored. */
  #scheduleReply(): void {
    if (this.#isReplyScheduled) return
    this.#isReplyScheduled = true
    this.#clock.defer(() => {
      this.#isReplyScheduled = false
      if (!this.#isOpen) return
      const isDue = this.#creditOwed >= windowRuns / 4 || this.#incoming.count === 0
      if (this.#creditOwed > 0 && isDue) {
        this.#link.send({ type: 'credit', channel: this.#channel, count: this.#creditOwed })
        this.#creditOwed = 0
      }
      // What is missing may have come over another link.
      if (this.#missing > 0 && !this.#isIngesting) this.#count()
      if (isDue && this.#haves.isDue) this.#haves.send()
    })
  }
}
