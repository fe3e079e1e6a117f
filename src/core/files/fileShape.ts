/**
 * How a file is cut up. Its _parts_ are numbered from 1: the list of page hashes; the pages, each the hashes of
 * `pageBlocks` blocks; the blocks, sealed. The message names the hash of the list, the list those of the pages, a page
 * those of its blocks: so every part is proven as it comes, from whomever it comes, whatever came before.
 */
import { maxFileBytes } from '../../shared/files.ts'
import { concat } from '../codec/bytes.ts'
import { Writer } from '../codec/codec.ts'
import { domain, hash, hashBytes, tagBytes } from '../crypto/primitives.ts'

/** The most bytes of a file in one block: sealed, framed and padded it fills one packet of 64 KiB. */
export const blockBytes = 63 * 1024
/** The hashes of one page: half a packet. */
export const pageBlocks = 1024
const maxPages = maxFileBytes / blockBytes / pageBlocks
/** The most bytes of any part. */
export const maxPartBytes = blockBytes + tagBytes
/** The most parts of a file. */
export const maxParts = 1 + maxPages + maxPages * pageBlocks

/** What kind of part a number names, and which of its kind, from 0. */
export interface Part {
  readonly kind: 'list' | 'page' | 'block'
  readonly index: number
}

/** The parts of a file of `size` bytes, and where each stands in what is kept of it. */
export class FileShape {
  readonly size: number
  readonly blocks: number
  readonly pages: number
  /** How many parts there are; the last one's number. */
  readonly parts: number
  readonly #pagesAt: number
  readonly #blocksAt: number

  constructor(size: number) {
    this.size = size
    this.blocks = Math.ceil(size / blockBytes)
    this.pages = Math.ceil(this.blocks / pageBlocks)
    this.parts = 1 + this.pages + this.blocks
    this.#pagesAt = this.pages * hashBytes
    this.#blocksAt = this.#pagesAt + this.blocks * hashBytes
  }

  /** The part of this number; `undefined` where there is none. */
  part(number: number): Part | undefined {
    if (!Number.isSafeInteger(number) || number < 1 || number > this.parts) return undefined
    if (number === 1) return { kind: 'list', index: 0 }
    if (number <= 1 + this.pages) return { kind: 'page', index: number - 2 }
    return { kind: 'block', index: number - 2 - this.pages }
  }

  pagePart(page: number): number {
    return 2 + page
  }

  blockPart(block: number): number {
    return 2 + this.pages + block
  }

  /** How many bytes a part has. */
  bytesOf({ kind, index }: Part): number {
    if (kind === 'list') return this.pages * hashBytes
    if (kind === 'page') return Math.min(pageBlocks, this.blocks - index * pageBlocks) * hashBytes
    return this.plainBytesOf(index) + tagBytes
  }

  /** How many bytes of the file are in a block. */
  plainBytesOf(block: number): number {
    return Math.min(blockBytes, this.size - block * blockBytes)
  }

  /** Where a part begins in what is kept. */
  placeOf({ kind, index }: Part): number {
    if (kind === 'list') return 0
    if (kind === 'page') return this.#pagesAt + index * pageBlocks * hashBytes
    return this.#blocksAt + index * maxPartBytes
  }
}

/** The hash by which a message names a file: over its size and the list of its pages' hashes. */
export function rootOf(size: number, list: Uint8Array): Uint8Array {
  return hash(concat(domain('tincan file'), new Writer(9).uint(size).finish(), list))
}
