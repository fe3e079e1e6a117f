import { StoreFailure } from '../../shared/chatError.ts'
import type { Disposable } from '../../shared/disposable.ts'
import type { FileObstacle } from '../../shared/files.ts'
import type { DeviceId } from '../../shared/ids.ts'
import type { Ranges } from '../event/ranges.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { FileCopy } from './fileCopy.ts'
import { PartMemory } from './partMemory.ts'
import { Source, type SourceLine } from './source.ts'
import { SpeedMeter } from './speedMeter.ts'

/** What came is put on disk for good after so much, */
const keepAfterBytes = 32 * 1024 * 1024
/** or after so long; what a crash loses is fetched again. */
const tickMs = 1_000
/** A disk that refused is tried again this often. */
const retryAfterMs = 10_000

export interface DownloadInit {
  readonly copy: FileCopy
  readonly clock: Clock
  readonly log: Log
  /** Notes what is on disk. Rejects when the disk refuses. */
  readonly keep: (held: Ranges) => Promise<void>
  /** How far it is has changed; `isWhole` is told once, when all is on disk. */
  readonly onChange: (isWhole: boolean) => void
}

/** Fetches one file from everybody who has it, a part from one at a time, and keeps what proves to be right. */
export class Download implements Disposable {
  readonly #init: DownloadInit
  readonly #sources = new Set<Source>()
  /** Which source each part is expected from. */
  readonly #claimed = new Map<number, Source>()
  /** Devices that sent something false: they are not asked again. */
  readonly #liars = new Set<DeviceId>()
  readonly #meter: SpeedMeter
  readonly #memory = new PartMemory()
  #unkeptBytes = 0
  #isKeeping = false
  #trouble: FileObstacle | undefined
  #timer: Disposable | undefined
  #isDisposed = false

  constructor(init: DownloadInit) {
    this.#init = init
    this.#meter = new SpeedMeter(init.clock)
    // Everything may be here already, and only not be noted.
    if (init.copy.isWhole) void this.#keep()
  }

  get bytesPerSecond(): number {
    return this.#meter.perSecond
  }

  /** Why nothing comes; `undefined` while something does. */
  get obstacle(): FileObstacle | undefined {
    if (this.#trouble !== undefined) return this.#trouble
    const sources = [...this.#sources]
    const isComing = sources.some((source) => source.asked.size > 0 && !source.isStalled)
    if (isComing || this.#init.copy.isWhole) return undefined
    return sources.some((source) => source.isHeard) ? 'nobody-has-it' : 'nobody-online'
  }

  /** Fetches over this line, too; `undefined` for one that sent something false before. */
  add(line: SourceLine): Source | undefined {
    if (this.#isDisposed || this.#liars.has(line.device)) return undefined
    const source = new Source(line, this.#init.clock)
    this.#sources.add(source)
    return source
  }

  /** The link is gone. */
  remove(source: Source): void {
    if (!this.#sources.delete(source)) return
    for (const part of source.asked) this.#release(source, part)
    source.asked.clear()
    this.#pump()
    this.#init.onChange(false)
  }

  onHas(source: Source, parts: Ranges): void {
    source.says(parts)
    this.#pump()
    this.#init.onChange(false)
  }

  /** False for a part that was not asked for. `bytes` is copied. */
  onPart(source: Source, part: number, bytes: Uint8Array): boolean {
    if (!source.asked.has(part)) return false
    const own = this.#memory.copy(bytes)
    void this.#take(source, part, own).then(() => {
      this.#memory.release(own)
    })
    return true
  }

  /** False for parts that were not asked for. */
  onLack(source: Source, from: number, count: number): boolean {
    for (let part = from; part < from + count; part++) {
      if (!source.asked.delete(part)) return false
      source.lacks(part)
      this.#release(source, part)
    }
    this.#pump()
    this.#init.onChange(false)
    return true
  }

  /** Notes what came so far, and ends. */
  async stop(): Promise<void> {
    await this.#keep()
    this.dispose()
  }

  dispose(): void {
    this.#isDisposed = true
    this.#timer?.dispose()
    for (const source of this.#sources) source.line.close()
    this.#sources.clear()
    this.#claimed.clear()
  }

  async #take(source: Source, part: number, bytes: Uint8Array): Promise<void> {
    const { copy } = this.#init
    try {
      const result = await copy.accept(part, bytes)
      if (this.#isDisposed) return
      source.asked.delete(part)
      this.#release(source, part)
      if (result === 'kept') {
        source.gave()
        this.#meter.add(bytes.length)
        this.#unkeptBytes += bytes.length
      } else if (result === 'false') this.#expose(source)
    } catch (error) {
      if (this.#isDisposed) return
      source.asked.delete(part)
      this.#release(source, part)
      this.#refused(error)
    }
    if (copy.isWhole || this.#unkeptBytes >= keepAfterBytes) void this.#keep()
    this.#pump()
  }

  #pump(): void {
    if (this.#isDisposed || this.#trouble !== undefined) return
    const { copy } = this.#init
    for (const source of this.#sources) {
      const parts = source.choose(copy, (part) => this.#isClaimed(part))
      for (const part of parts) {
        source.asked.add(part)
        this.#claimed.set(part, source)
      }
      for (const { from, count } of together(parts)) source.line.ask(from, count)
    }
    this.#tickLater()
  }

  /** Somebody who says nothing claims nothing. */
  #isClaimed(part: number): boolean {
    return this.#claimed.get(part)?.isStalled === false
  }

  #release(source: Source, part: number): void {
    if (this.#claimed.get(part) !== source) return
    this.#claimed.delete(part)
    if (!this.#init.copy.has(part)) for (const other of this.#sources) other.reconsider(part)
  }

  #expose(source: Source): void {
    this.#init.log.warn(`A part of a file from ${source.line.device.slice(0, 8)} was not what it should be`)
    this.#liars.add(source.line.device)
    source.line.close()
    this.remove(source)
  }

  #tickLater(): void {
    if (this.#timer !== undefined || (this.#claimed.size === 0 && this.#unkeptBytes === 0)) return
    this.#timer = this.#init.clock.after(tickMs, () => {
      this.#timer = undefined
      if (this.#unkeptBytes > 0) void this.#keep()
      const stalled = [...this.#sources].filter((source) => source.isStalled)
      for (const source of stalled)
        for (const part of source.asked) for (const other of this.#sources) other.reconsider(part)
      this.#pump()
      this.#init.onChange(false)
    })
  }

  async #keep(): Promise<void> {
    if (this.#isKeeping || this.#isDisposed) return
    this.#isKeeping = true
    try {
      // Once more where the end came meanwhile.
      for (let isNoted = false; !isNoted;) isNoted = await this.#note()
    } catch (error) {
      if (!this.#isOver()) this.#refused(error)
    } finally {
      this.#isKeeping = false
    }
  }

  /** False: it became whole while this was noted. */
  async #note(): Promise<boolean> {
    const { copy, keep, onChange } = this.#init
    this.#unkeptBytes = 0
    const { isWhole } = copy
    await keep(await copy.sync())
    if (isWhole && !this.#isOver()) onChange(true)
    return isWhole || this.#isOver() || !copy.isWhole
  }

  #isOver(): boolean {
    return this.#isDisposed
  }

  /** The disk refuses: nothing more is asked for until it has been tried again. What is here stays. */
  #refused(error: unknown): void {
    const { clock, log, onChange } = this.#init
    if (this.#trouble !== undefined) return
    if (!(error instanceof StoreFailure)) log.error('A file could not be written', error)
    this.#trouble = error instanceof StoreFailure && error.trouble === 'full' ? 'disk-full' : 'disk-failing'
    this.#timer?.dispose()
    this.#timer = clock.after(retryAfterMs, () => {
      this.#timer = undefined
      this.#trouble = undefined
      if (this.#init.copy.isWhole) void this.#keep()
      this.#pump()
      onChange(false)
    })
    onChange(false)
  }
}

/** Numbers that follow each other, as stretches. */
function together(parts: readonly number[]): { from: number; count: number }[] {
  const stretches: { from: number; count: number }[] = []
  for (const part of parts) {
    const last = stretches.at(-1)
    if (last !== undefined && last.from + last.count === part) last.count++
    else stretches.push({ from: part, count: 1 })
  }
  return stretches
}
