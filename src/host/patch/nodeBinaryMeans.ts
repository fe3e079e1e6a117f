import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { maxBinaryBytes, type BinaryMeans } from '../../shared/patch/binary.ts'

/** Compression and hashes as Node has them. Nothing comes out that is larger than `maxBinaryBytes`. */
export const nodeBinaryMeans: BinaryMeans = {
  inflate(deflated, size) {
    if (size > maxBinaryBytes) return undefined
    try {
      const bytes = inflateSync(deflated, { maxOutputLength: Math.max(size, 1) })
      return bytes.length === size ? Uint8Array.from(bytes) : undefined
    } catch {
      return undefined
    }
  },
  blobName: (content, length) =>
    createHash(length === 64 ? 'sha256' : 'sha1')
      .update(`blob ${String(content.length)}\0`)
      .update(content)
      .digest('hex'),
}
