/** What the guard before sending finds, and how a finding is made harmless. */

import { mapSpans } from './mapSpans.ts'

/** The most UTF-16 units of a text that is scanned at once. */
export const maxScannedLength = 1024 * 1024

/** A place in a text that looks like a secret. Kept by nobody: it is shown, and forgotten. */
export interface SecretFinding {
  /**
   * What it looks like: `private-key`, `jwt`, `basic-auth`, `assignment`, `secret-file` (the name, not the text), or the
   * name of the service whose token it is, such as `github`.
   */
  readonly kind: string
  /** UTF-16 offsets of the secret itself, `to` behind its last unit. Both 0 for a `secret-file`. */
  readonly from: number
  readonly to: number
  /** 1-based lines that it touches. Both 0 for a `secret-file`. */
  readonly firstLine: number
  readonly lastLine: number
}

/**
 * The text with every finding made unreadable and its shape kept: letters and digits become `x`, what is between them
 * and every line break stays.
 */
export function redactSecrets(text: string, findings: readonly SecretFinding[]): string {
  const ordered = [...findings].sort((a, b) => a.from - b.from)
  const unread = (secret: string): string => secret.replaceAll(/[\p{L}\p{N}]/gu, (unit) => 'x'.repeat(unit.length))
  return mapSpans(text, ordered, unread).join('')
}
