import { constants, existsSync, rmSync } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobStore } from '../core/ports/blobStore.ts'
import { asStoreError } from './asStoreError.ts'
import { BlobWriter } from './blobWriter.ts'
import { nodeClock } from './nodeClock.ts'
import { type Fence, mayWrite, unfenced } from './fence.ts'
import { syncDirectory } from './syncDirectory.ts'

/** Files that are open at a time; those used longest ago are closed first. */
const maxOpen = 16

/**
 * Keeps each blob in a file of its own, closed to other users, in one directory that is made when the first one is. Hold the
 * profile lock around it, and give it as the fence.
 */
export function createFileBlobs(directory: string, fence: Fence = unfenced): BlobStore {
  return new FileBlobs(directory, fence)
}

class FileBlobs implements BlobStore {
  readonly #directory: string
  readonly #fence: Fence
  readonly #open = new Map<string, Promise<FileHandle>>()
  readonly #writers = new WeakMap<FileHandle, BlobWriter>()
  /** What is being done with open files. */
  readonly #pending = new Set<Promise<unknown>>()

  constructor(directory: string, fence: Fence) {
    this.#directory = directory
    this.#fence = fence
  }

  create(name: string): Promise<void> {
    return this.#try(async () => {
      mayWrite(this.#fence)
      await mkdir(this.#directory, { recursive: true, mode: 0o700 })
      await (await open(this.#pathOf(name), 'wx', 0o600)).close()
      syncDirectory(this.#directory)
    })
  }

  write(name: string, at: number, bytes: Uint8Array, mayWait = false): Promise<void> {
    return this.#try(async () => {
      mayWrite(this.#fence)
      const file = await this.#use(name)
      const writer = this.#writers.get(file) ?? new BlobWriter(file, nodeClock)
      this.#writers.set(file, writer)
      await writer.write(at, bytes, mayWait)
    })
  }

  async read(name: string, at: number, length: number, memory?: Uint8Array): Promise<Uint8Array | undefined> {
    return this.#try(async () => {
      const file = await this.#use(name).catch((error: unknown) => {
        if (isMissing(error)) return undefined
        throw error
      })
      if (file === undefined) return undefined
      const bytes = memory?.subarray(0, length) ?? new Uint8Array(length)
      for (let done = 0; done < length;) {
        const { bytesRead } = await file.read(bytes, done, length - done, at + done)
        if (bytesRead === 0) return undefined
        done += bytesRead
      }
      return bytes
    })
  }

  sync(name: string): Promise<void> {
    return this.#try(async () => {
      await (await this.#use(name)).datasync()
    })
  }

  remove(name: string): Promise<void> {
    return this.#try(async () => {
      mayWrite(this.#fence)
      await this.#close(name)
      await rm(this.#pathOf(name), { force: true })
    })
  }

  list(): Promise<readonly string[]> {
    return this.#try(async () => {
      const names = await readdir(this.#directory).catch((error: unknown) => {
        if (isMissing(error)) return []
        throw error
      })
      return names.filter(isName)
    })
  }

  erase(): void {
    mayWrite(this.#fence)
    if (existsSync(this.#directory)) rmSync(this.#directory, { recursive: true, force: true })
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#pending)
    await Promise.allSettled([...this.#open.keys()].map((name) => this.#close(name)))
  }

  /** The open file of a blob. Rejects where there is none: nothing but `create` makes one. */
  async #use(name: string): Promise<FileHandle> {
    const present = this.#open.get(name)
    const file = present ?? open(this.#pathOf(name), constants.O_RDWR)
    this.#open.delete(name)
    this.#open.set(name, file)
    if (present === undefined) file.catch(() => this.#open.delete(name))
    return file
  }

  /** Closes what was used longest ago, once nothing is being done. */
  async #tidy(): Promise<void> {
    if (this.#pending.size > 0) return
    const surplus = [...this.#open.keys()].slice(0, Math.max(0, this.#open.size - maxOpen))
    await Promise.all(surplus.map((name) => this.#close(name)))
  }

  async #close(name: string): Promise<void> {
    const file = this.#open.get(name)
    this.#open.delete(name)
    await (await file?.catch(() => undefined))?.close()
  }

  async #try<T>(work: () => Promise<T>): Promise<T> {
    const pending = work().catch((error: unknown) => {
      throw asStoreError(error)
    })
    this.#pending.add(pending)
    try {
      return await pending
    } finally {
      this.#pending.delete(pending)
      if (this.#open.size > maxOpen) await this.#tidy()
    }
  }

  #pathOf(name: string): string {
    if (!isName(name)) throw new Error('Not the name of a blob')
    return join(this.#directory, name)
  }
}

const isName = (name: string): boolean => /^[0-9a-f]{32}$/.test(name)

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
