import type { BlobStore } from '../../src/core/ports/blobStore.ts'
import { storeFailure } from '../../src/shared/chatError.ts'
import type { StoreTrouble } from '../../src/shared/store.ts'

/** What outlives a process: blobs as they are on disk, and what was written and not synchronised yet. */
export class BlobDisk {
  readonly synced = new Map<string, Uint8Array>()
  readonly written = new Map<string, Uint8Array>()
  /** What every write is refused with while set. */
  trouble: StoreTrouble | undefined
  /** How many bytes can still be written. */
  bytesLeft = Number.POSITIVE_INFINITY

  /** The machine loses its power: what was not synchronised is gone. */
  losePower(): void {
    this.written.clear()
    for (const [name, bytes] of this.synced) this.written.set(name, bytes.slice())
  }
}

/** Blobs in memory, on a disk that may be full or refuse. */
export class MemoryBlobs implements BlobStore {
  readonly #disk: BlobDisk
  isAlive = true

  constructor(disk: BlobDisk = new BlobDisk()) {
    this.#disk = disk
  }

  async create(name: string): Promise<void> {
    await this.#turn(0)
    this.#disk.written.set(name, new Uint8Array(0))
    this.#disk.synced.set(name, new Uint8Array(0))
  }

  async write(name: string, at: number, bytes: Uint8Array): Promise<void> {
    const kept = bytes.slice()
    await this.#turn(bytes.length)
    const present = this.#disk.written.get(name)
    if (present === undefined) throw storeFailure('gone', 'ENOENT')
    const next = present.length >= at + kept.length ? present : grown(present, at + kept.length)
    next.set(kept, at)
    this.#disk.written.set(name, next)
  }

  async read(name: string, at: number, length: number, memory?: Uint8Array): Promise<Uint8Array | undefined> {
    await Promise.resolve()
    const bytes = this.#disk.written.get(name)?.slice(at, at + length)
    if (bytes?.length !== length) return undefined
    memory?.set(bytes)
    return memory?.subarray(0, length) ?? bytes
  }

  async sync(name: string): Promise<void> {
    await this.#turn(0)
    const bytes = this.#disk.written.get(name)
    if (bytes !== undefined) this.#disk.synced.set(name, bytes.slice())
  }

  async remove(name: string): Promise<void> {
    await Promise.resolve()
    this.#disk.written.delete(name)
    this.#disk.synced.delete(name)
  }

  async list(): Promise<readonly string[]> {
    await Promise.resolve()
    return [...this.#disk.written.keys()]
  }

  erase(): void {
    this.#disk.written.clear()
    this.#disk.synced.clear()
  }

  async close(): Promise<void> {
    await Promise.resolve()
  }

  async #turn(bytes: number): Promise<void> {
    await Promise.resolve()
    if (!this.isAlive) throw new Error('The process is dead')
    if (this.#disk.trouble !== undefined) throw storeFailure(this.#disk.trouble, 'refused')
    if (bytes > this.#disk.bytesLeft) throw storeFailure('full', 'ENOSPC')
    this.#disk.bytesLeft -= bytes
  }
}

function grown(bytes: Uint8Array, length: number): Uint8Array {
  const larger = new Uint8Array(length)
  larger.set(bytes)
  return larger
}
