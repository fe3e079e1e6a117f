import { copyOf, isEqual, toHex } from '../codec/bytes.ts'
import { hash, hashBytes } from '../crypto/primitives.ts'
import { addRange, countSeqs, hasSeq, missingFrom, type Ranges } from '../event/ranges.ts'
import type { BlobStore } from '../ports/blobStore.ts'
import { isSealedBlock, openBlock } from './blockSeal.ts'
import type { FileRecord } from './fileRecord.ts'
import { FileShape, maxPartBytes, pageBlocks, rootOf, type Part } from './fileShape.ts'

/** Pages that are kept in memory: the one in use, the next, and those of others who fetch it. 32 KiB each. */
const maxPagesKept = 4

/** What is here of one file: every part proven before it is kept, and once more before it is given to anybody. */
export class FileCopy {
  readonly shape: FileShape
  readonly #record: Pick<FileRecord, 'root' | 'key'>
  readonly #blobs: BlobStore
  readonly #name: string
  readonly #pages = new Map<number, Uint8Array>()
  #list: Uint8Array | undefined
  #held: Ranges
  #isSuspect = false

  constructor(record: Pick<FileRecord, 'root' | 'key' | 'size' | 'blob' | 'held'>, blobs: BlobStore) {
    this.shape = new FileShape(record.size)
    this.#record = record
    this.#blobs = blobs
    this.#name = toHex(record.blob)
    const noted = missingFrom(missingFrom(record.held, this.#all), this.#all)
    // The list of an empty file is empty: what there is to know stands in the message.
    const isEmpty = record.size === 0 && isEqual(rootOf(0, new Uint8Array(0)), record.root)
    this.#held = isEmpty ? this.#all : noted
  }

  get #all(): Ranges {
    return [{ from: 1, to: this.shape.parts }]
  }

  /** The parts that are here. What was written since the last `sync` may not be on disk yet. */
  get held(): Ranges {
    return this.#held
  }
  get isWhole(): boolean {
    return this.#held.length === 1 && countSeqs(this.#held) === this.shape.parts
  }
  /** How many bytes of the file itself are here. */
  get bytes(): number {
    const { blocks, parts, size } = this.shape
    if (blocks === 0) return 0
    const held = missingFrom(missingFrom(this.#held, [{ from: parts - blocks + 1, to: parts }]), [
      { from: parts - blocks + 1, to: parts },
    ])
    const isLastHeld = hasSeq(held, parts)
    const full = countSeqs(held) - (isLastHeld ? 1 : 0)
    return Math.min(size, full * this.shape.plainBytesOf(0) + (isLastHeld ? this.shape.plainBytesOf(blocks - 1) : 0))
  }

  /** Something was found that is not what was written: more may be. */
  get isSuspect(): boolean {
    return this.#isSuspect
  }

  has(part: number): boolean {
    return hasSeq(this.#held, part)
  }

  /** Whether what proves a part is here. */
  canProve(number: number): boolean {
    const part = this.shape.part(number)
    if (part === undefined) return false
    if (part.kind === 'list') return true
    return this.has(part.kind === 'page' ? 1 : this.shape.pagePart(Math.floor(part.index / pageBlocks)))
  }

  /** Keeps a part if it is what it should be. `'unproven'`: what proves it is not here. Rejects when the disk refuses. */
  async accept(number: number, bytes: Uint8Array): Promise<'kept' | 'known' | 'false' | 'unproven'> {
    const part = this.shape.part(number)
    if (part === undefined || bytes.length !== this.shape.bytesOf(part)) return 'false'
    if (this.has(number)) return 'known'
    const proof = await this.#proofOf(part)
    if (proof === undefined) return 'unproven'
    if (!isEqual(proof, this.#proven(part, bytes))) return 'false'
    await this.#blobs.write(this.#name, this.shape.placeOf(part), bytes, part.kind === 'block')
    this.#remember(part, bytes)
    this.#held = addRange(this.#held, number, number)
    return 'kept'
  }

  /**
   * A part that is here; `undefined` for one that is not. One that is not what was written any more counts as missing
   * from then on. Rejects when the disk refuses.
   */
  async read(number: number): Promise<Uint8Array | undefined> {
    const part = this.shape.part(number)
    if (part === undefined || !this.has(number)) return undefined
    const bytes = await this.#blobs.read(this.#name, this.shape.placeOf(part), this.shape.bytesOf(part))
    return this.#proveOnceMore(number, part, bytes)
  }

  /**
   * The same of `count` blocks that follow each other, read in one go into `memory`: what comes are views on it.
   */
  async readBlocks(from: number, count: number, memory: Uint8Array): Promise<readonly (Uint8Array | undefined)[]> {
    const numbers = Array.from({ length: count }, (_, i) => from + i)
    const blocks = numbers.flatMap((number) => {
      const part = this.has(number) ? this.shape.part(number) : undefined
      return part?.kind === 'block' ? [part] : []
    })
    const [first] = blocks
    if (first === undefined || blocks.length !== count) return this.#readEach(numbers)
    const length = blocks.reduce((sum, block) => sum + this.shape.bytesOf(block), 0)
    const all = await this.#blobs.read(this.#name, this.shape.placeOf(first), length, memory)
    // Where the end is cut off, what stands before it is here.
    if (all === undefined) return this.#readEach(numbers)
    const found: (Uint8Array | undefined)[] = []
    for (const [i, block] of blocks.entries()) {
      const at = i * maxPartBytes
      found.push(await this.#proveOnceMore(from + i, block, all.subarray(at, at + this.shape.bytesOf(block))))
    }
    return found
  }

  async #readEach(numbers: readonly number[]): Promise<readonly (Uint8Array | undefined)[]> {
    const found: (Uint8Array | undefined)[] = []
    for (const number of numbers) found.push(await this.read(number))
    return found
  }

  /** What was read, if it is what it was; it counts as missing otherwise. */
  async #proveOnceMore(number: number, part: Part, bytes: Uint8Array | undefined): Promise<Uint8Array | undefined> {
    if (bytes !== undefined && (await this.#isUntouched(part, bytes))) return bytes
    this.#held = missingFrom([{ from: number, to: number }], this.#held)
    this.#isSuspect = true
    return undefined
  }

  /**
   * Whether a part is what was proven before it was written. Nobody who could write to this disk has the key under which a
   * block is sealed, and its authenticator is computed in a quarter of the time; where it does not fit, whoever named the file
   * may have given a false key.
   */
  async #isUntouched(part: Part, bytes: Uint8Array): Promise<boolean> {
    if (part.kind === 'block' && isSealedBlock(this.#record.key, part.index, bytes)) return true
    const proof = await this.#proofOf(part)
    return proof !== undefined && isEqual(proof, this.#proven(part, bytes))
  }

  /** Looks at every part once more: what is not as it was written counts as missing. Rejects when the disk refuses. */
  async check(): Promise<void> {
    for (let number = 1; number <= this.shape.parts; number++) await this.read(number)
    this.#isSuspect = false
  }

  /** What stands in the file at a block; `undefined` where that is not here, or not sealed under this key. */
  async readPlain(block: number, key: Uint8Array): Promise<Uint8Array | undefined> {
    const sealed = await this.read(this.shape.blockPart(block))
    return sealed && openBlock(key, block, sealed)
  }

  /** What was kept so far is on disk when this resolves, with what was held then. */
  async sync(): Promise<Ranges> {
    const held = this.#held
    await this.#blobs.sync(this.#name)
    return held
  }

  /** The hash that a part must have. */
  async #proofOf({ kind, index }: Part): Promise<Uint8Array | undefined> {
    if (kind === 'list') return this.#record.root
    if (kind === 'page') return hashAt(await this.#readList(), index)
    return hashAt(await this.#readPage(Math.floor(index / pageBlocks)), index % pageBlocks)
  }

  #proven({ kind }: Part, bytes: Uint8Array): Uint8Array {
    return kind === 'list' ? rootOf(this.shape.size, bytes) : hash(bytes)
  }

  async #readList(): Promise<Uint8Array | undefined> {
    return this.#list ?? (await this.#load(1))
  }

  async #readPage(page: number): Promise<Uint8Array | undefined> {
    return this.#pages.get(page) ?? (await this.#load(this.shape.pagePart(page)))
  }

  async #load(number: number): Promise<Uint8Array | undefined> {
    const bytes = await this.read(number)
    const part = this.shape.part(number)
    if (bytes !== undefined && part !== undefined) this.#remember(part, bytes)
    return bytes
  }

  #remember({ kind, index }: Part, bytes: Uint8Array): void {
    // Copied: what came is a view that would keep a whole packet alive.
    if (kind === 'list') this.#list = copyOf(bytes)
    if (kind !== 'page') return
    this.#pages.delete(index)
    this.#pages.set(index, copyOf(bytes))
    const [oldest] = this.#pages.keys()
    if (this.#pages.size > maxPagesKept && oldest !== undefined) this.#pages.delete(oldest)
  }
}

const hashAt = (hashes: Uint8Array | undefined, index: number): Uint8Array | undefined =>
  hashes?.subarray(index * hashBytes, (index + 1) * hashBytes)
