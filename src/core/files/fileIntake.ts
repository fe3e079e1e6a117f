import { chatError } from '../../shared/chatError.ts'
import { concat, toHex } from '../codec/bytes.ts'
import { hash, keyBytes } from '../crypto/primitives.ts'
import type { BlobStore } from '../ports/blobStore.ts'
import type { Random } from '../ports/random.ts'
import { sealBlock } from './blockSeal.ts'
import type { FileRecord } from './fileRecord.ts'
import { blobNameBytes } from './fileRecord.ts'
import { blockBytes, FileShape, maxPartBytes, pageBlocks, rootOf } from './fileShape.ts'

/**
 * Takes in a file from its beginning to its end: seals it block by block into a blob, and hashes what it seals. Nothing of
 * it is ever on disk in clear, and no more than a block and a page of hashes is in memory.
 */
export class FileIntake {
  readonly size: number
  readonly #shape: FileShape
  readonly #blobs: BlobStore
  readonly #key: Uint8Array
  readonly #blob: Uint8Array
  readonly #pages: Uint8Array[] = []
  readonly #pending: Uint8Array[] = []
  #pendingBytes = 0
  #page: Uint8Array[] = []
  /** A block on its way to the disk. */
  readonly #memory = new Uint8Array(maxPartBytes)
  #bytes = 0
  #block = 0

  /** Takes in nothing before its blob is there: use `begin`. */
  constructor(size: number, blobs: BlobStore, random: Random) {
    this.size = size
    this.#shape = new FileShape(size)
    this.#blobs = blobs
    this.#key = random.bytes(keyBytes)
    this.#blob = random.bytes(blobNameBytes)
  }

  /** Rejects with `store-failed`. Whoever began it finishes or discards it. */
  static async begin(size: number, blobs: BlobStore, random: Random): Promise<FileIntake> {
    const intake = new FileIntake(size, blobs, random)
    await blobs.create(intake.#name)
    return intake
  }

  /** How much has come. */
  get bytes(): number {
    return this.#bytes
  }
  get #name(): string {
    return toHex(this.#blob)
  }

  /** Takes the next piece, of any length. Rejects with `file-changed` where that is more than was said, or with `store-failed`. */
  async append(piece: Uint8Array): Promise<void> {
    if (this.#bytes + piece.length > this.size) throw chatError('file-changed')
    this.#bytes += piece.length
    this.#pending.push(piece)
    this.#pendingBytes += piece.length
    const isLast = this.#bytes === this.size
    if (this.#pendingBytes < blockBytes && !isLast) return
    const all = this.#pending.length === 1 ? piece : concat(...this.#pending.splice(0))
    this.#pending.length = 0
    let at = 0
    for (; all.length - at >= blockBytes || (isLast && at < all.length); at += blockBytes)
      await this.#seal(all.subarray(at, at + blockBytes))
    this.#pendingBytes = Math.max(0, all.length - at)
    if (this.#pendingBytes > 0) this.#pending.push(all.slice(at))
  }

  /** What is to be kept of it, all of it on disk. Rejects with `file-changed` where something is missing. */
  async finish(): Promise<Omit<FileRecord, 'places'>> {
    if (this.#bytes !== this.size) throw chatError('file-changed')
    const list = concat(...this.#pages)
    if (list.length > 0) await this.#write(1, list)
    await this.#blobs.sync(this.#name)
    return {
      root: rootOf(this.size, list),
      key: this.#key,
      size: this.size,
      blob: this.#blob,
      held: [{ from: 1, to: this.#shape.parts }],
      isPaused: false,
      isOwn: true,
    }
  }

  /** Removes what was taken in. */
  discard(): Promise<void> {
    return this.#blobs.remove(this.#name)
  }

  async #seal(plaintext: Uint8Array): Promise<void> {
    const block = this.#block++
    const sealed = sealBlock(this.#key, block, plaintext, this.#memory)
    this.#page.push(hash(sealed))
    await this.#write(this.#shape.blockPart(block), sealed)
    if (this.#page.length < pageBlocks && this.#block < this.#shape.blocks) return
    const page = concat(...this.#page)
    this.#page = []
    await this.#write(this.#shape.pagePart(this.#pages.length), page)
    this.#pages.push(hash(page))
  }

  async #write(number: number, bytes: Uint8Array): Promise<void> {
    const part = this.#shape.part(number)
    if (part === undefined || bytes.length !== this.#shape.bytesOf(part)) throw new Error('A part of the wrong size')
    await this.#blobs.write(this.#name, this.#shape.placeOf(part), bytes)
  }
}
