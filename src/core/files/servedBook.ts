import type { PersonId } from '../../shared/ids.ts'
import { toHex } from '../codec/bytes.ts'
import type { KeptFile } from './fileShelf.ts'

/** How often one person may fetch one file from here while this process runs: with some lost on broken links, once. */
const timesEach = 4
const sparePatience = 256
const maxNoted = 4_096

/** How much of what went to whom: somebody who asks for the same again and again gets no more of it. */
export class ServedBook {
  readonly #parts = new Map<string, number>()

  /** Whether one more part of a file is given to a person; counts it. */
  mayServe(person: PersonId, { record, copy }: KeptFile): boolean {
    const key = person + toHex(record.root)
    const served = (this.#parts.get(key) ?? 0) + 1
    this.#parts.delete(key)
    this.#parts.set(key, served)
    const [oldest] = this.#parts.keys()
    if (this.#parts.size > maxNoted && oldest !== undefined) this.#parts.delete(oldest)
    return served <= timesEach * copy.shape.parts + sparePatience
  }
}
