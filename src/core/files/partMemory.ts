import { maxPartBytes } from './fileShape.ts'

/** Memory for parts that wait to be written, used again: what is on the way to the disk, and no more, is held. */
export class PartMemory {
  readonly #free: Uint8Array[] = []

  /** The part in memory of its own, until it is released. */
  copy(part: Uint8Array): Uint8Array {
    const memory = this.#free.pop() ?? new Uint8Array(maxPartBytes)
    memory.set(part)
    return memory.subarray(0, part.length)
  }

  /** What `copy` gave is needed no more; to be said once. */
  release({ buffer }: Uint8Array): void {
    this.#free.push(new Uint8Array(buffer))
  }
}
