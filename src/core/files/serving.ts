import type { Disposable } from '../../shared/disposable.ts'
import type { Link } from '../link/link.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { maxAskedParts, maxOpenFiles } from './fileFrame.ts'
import { maxPartBytes } from './fileShape.ts'
import type { KeptFile } from './fileShelf.ts'
import { SpeedMeter } from './speedMeter.ts'

export interface ServingInit {
  readonly link: Link
  readonly clock: Clock
  readonly log: Log
  /** A part is about to leave: whether it may, to somebody who may have had it too often. */
  readonly mayServe: (kept: KeptFile) => boolean
  /** Something was given, or turned out not to be here. */
  readonly onServed: (kept: KeptFile) => void
}

interface Served {
  /** `undefined` where there is nothing here that may be given. */
  readonly kept: KeptFile | undefined
  readonly isShared: () => boolean
  readonly meter: SpeedMeter
  readonly queue: number[]
  held: number
}

/** How far somebody is who fetches a file from here. */
export interface Sending {
  readonly bytes: number
  readonly bytesPerSecond: number
}

/** Parts that are read from the disk in one go. */
const stretchParts = 8

/**
 * Gives the other end of a link what it asks for, a few parts of each file in turn, and only as long as the link takes more:
 * whatever else is said there waits behind one part at most.
 */
export class Serving implements Disposable {
  readonly #init: ServingInit
  readonly #files = new Map<number, Served>()
  #isRunning = false
  #isDisposed = false
  /** What is read goes here, while something is asked for. */
  #memory: Uint8Array | undefined
  #onDrained: () => void = () => undefined

  constructor(init: ServingInit) {
    this.#init = init
  }

  /** The other side fetches a file under this number; false for one number too many. */
  open(file: number, kept: KeptFile | undefined, held: number, isShared: () => boolean): boolean {
    if (this.#files.size >= maxOpenFiles || this.#files.has(file)) return false
    const meter = new SpeedMeter(this.#init.clock)
    this.#files.set(file, { kept, isShared, meter, queue: [], held })
    this.#say(file)
    return true
  }

  /** False for what nobody who keeps to the bounds asks for. */
  ask(file: number, from: number, count: number): boolean {
    const served = this.#files.get(file)
    if (served === undefined) return false
    if (served.queue.length + count > maxAskedParts) return false
    for (let part = from; part < from + count; part++) served.queue.push(part)
    void this.#run()
    return true
  }

  close(file: number): void {
    this.#files.delete(file)
    if (this.#files.size === 0) this.#memory = undefined
  }

  /** More of a copy is here, or less: says so to whoever fetches it. */
  tell(kept: KeptFile): void {
    for (const [file, served] of this.#files) if (served.kept === kept) this.#say(file)
  }

  /** A copy is gone. */
  forget(kept: KeptFile): void {
    for (const [file, served] of this.#files) {
      if (served.kept !== kept) continue
      this.#files.set(file, { ...served, kept: undefined })
      this.#say(file)
    }
    void this.#run()
  }

  /** How far the other end is with a copy; `undefined` where it does not fetch it. */
  sendingOf(kept: KeptFile): Sending | undefined {
    for (const served of this.#files.values()) {
      if (served.kept !== kept || served.meter.perSecond === 0) continue
      const { size, parts } = kept.copy.shape
      return {
        bytes: Math.round((size * Math.min(served.held, parts)) / parts),
        bytesPerSecond: served.meter.perSecond,
      }
    }
    return undefined
  }

  onDrain(): void {
    this.#onDrained()
    void this.#run()
  }

  dispose(): void {
    this.#isDisposed = true
    this.#files.clear()
    this.#onDrained()
  }

  #say(file: number): void {
    const { kept, isShared } = this.#files.get(file) ?? {}
    const parts = kept === undefined || isShared?.() !== true ? [] : kept.copy.held
    this.#init.link.send({ type: 'file-has', file, parts })
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    const { link, log } = this.#init
    try {
      while (!this.#isOver && !link.isCongested) {
        const next = [...this.#files].find(([, { queue }]) => queue.length > 0)
        if (next === undefined) break
        const [file, served] = next
        // To the end, so that several files come in turn.
        this.#files.delete(file)
        this.#files.set(file, served)
        await this.#give(file, served, takeStretch(served.queue))
      }
    } catch (error) {
      log.error('A file could not be read', error)
    } finally {
      this.#isRunning = false
    }
  }

  get #isOver(): boolean {
    return this.#isDisposed || this.#init.link.isClosed
  }

  async #give(file: number, { kept, isShared, meter }: Served, parts: readonly number[]): Promise<void> {
    const { link, onServed } = this.#init
    const held = kept?.copy.held
    const found = kept !== undefined && isShared() ? await this.#read(kept, parts) : []
    for (const [i, part] of parts.entries()) {
      if (i > 0 && link.isCongested) await this.#drained()
      const present = this.#files.get(file)
      if (this.#isOver || present === undefined) return
      const bytes = isShared() ? found[i] : undefined
      if (bytes === undefined) {
        link.send({ type: 'file-lack', file, from: part, count: 1 })
      } else {
        link.send({ type: 'file-part', file, part, bytes })
        // Bulk goes out as it is made, and is copied by that: its memory is used again.
        link.flush()
        present.held++
        meter.add(bytes.length)
      }
      if (kept !== undefined && (bytes !== undefined || kept.copy.held !== held)) onServed(kept)
    }
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#onDrained = resolve
    })
  }

  /** What may leave of these parts, which follow each other. */
  async #read(kept: KeptFile, parts: readonly number[]): Promise<readonly (Uint8Array | undefined)[]> {
    const { mayServe, log } = this.#init
    const allowed = parts.filter(() => mayServe(kept)).length
    const [first] = parts
    if (first === undefined || allowed === 0) return []
    this.#memory ??= new Uint8Array(stretchParts * maxPartBytes)
    try {
      return await kept.copy.readBlocks(first, allowed, this.#memory)
    } catch (error) {
      log.error('A file could not be read', error)
      return []
    }
  }
}

/** Takes what follows each other at the front of a queue, as far as it is read in one go. */
function takeStretch(queue: number[]): number[] {
  const first = queue[0] ?? 0
  const count = queue.slice(0, stretchParts).findIndex((part, i) => part !== first + i)
  return queue.splice(0, count === -1 ? stretchParts : count)
}
