/** How git writes changes of files that are no text (`git diff --binary`), and what is needed to apply them. */

/** The most bytes of a file that is no text, before and after: larger ones are never applied. */
export const maxBinaryBytes = 256 * 1024

/** What a patch says of a file that is no text. */
export interface BinaryChange {
  /** Git's name for what the file holds before and after: in full, in hex. `undefined`: there is no file. */
  readonly before: string | undefined
  readonly after: string | undefined
  readonly content: BinaryContent
}

export interface BinaryContent {
  /** - `literal`: what the file holds afterwards; `delta`: how that is put together from what it held before */
  readonly kind: 'literal' | 'delta'
  /** How many bytes come out when it is inflated. */
  readonly size: number
  readonly deflated: Uint8Array
}

/** What applying needs from outside: neither compression nor hashes are made here. */
export interface BinaryMeans {
  /** What zlib makes of the bytes; `undefined` where that is not exactly `size` bytes, which bounds the work as well. */
  inflate(deflated: Uint8Array, size: number): Uint8Array | undefined
  /** Git's name for a file that holds this, in hex: of `length` digits, 40 (SHA-1) or 64 (SHA-256). */
  blobName(content: Uint8Array, length: number): string
}
