import { applyDelta } from './applyDelta.ts'
import type { BinaryChange, BinaryMeans } from './binary.ts'

/** What a file holds afterwards (`undefined`: there is none), or why it stays as it is. */
export type BinaryResult =
  { readonly content: Uint8Array | undefined } | 'missing' | 'exists' | 'already' | 'no-match' | 'damaged'

/**
 * Changes a file that is no text: only where it holds exactly what the patch says that it held, and only to exactly what
 * the patch says that it is to hold, both by git's own names for that.
 */
export function applyBinary(
  { before, after, content: { kind, size, deflated } }: BinaryChange,
  present: Uint8Array | undefined,
  means: BinaryMeans,
): BinaryResult {
  const nameOf = (content: Uint8Array): string => means.blobName(content, (after ?? before ?? '').length)
  const now = present && nameOf(present)
  if (now !== undefined && now === after) return 'already'
  if (before === undefined && present !== undefined) return 'exists'
  if (before !== undefined && present === undefined) return 'missing'
  if (now !== before) return 'no-match'
  if (after === undefined) return { content: undefined }
  const inflated = means.inflate(deflated, size)
  const result = inflated && (kind === 'literal' ? inflated : applyDelta(present ?? new Uint8Array(), inflated))
  return result === undefined || nameOf(result) !== after ? 'damaged' : { content: result }
}
