import { prefixBytes } from './frameAssembly.ts'

/** Knows how much is missing of the frame that is on its way, from the border between two frames on. */
export class FrameFollower {
  #prefix = 0
  #prefixRead = 0
  #missing = 0

  /** How many bytes are missing of a frame that has begun, after these; 0 between frames and in a prefix. */
  follow(data: Uint8Array): number {
    for (let offset = 0; offset < data.length;) {
      if (this.#missing > 0) {
        const taken = Math.min(this.#missing, data.length - offset)
        this.#missing -= taken
        offset += taken
        continue
      }
      this.#prefix += (data[offset++] as number) * 2 ** (8 * this.#prefixRead++)
      if (this.#prefixRead < prefixBytes) continue
      this.#missing = this.#prefix
      this.#prefix = this.#prefixRead = 0
    }
    return this.#missing
  }
}
