import type { SecretFinding } from '../../shared/secrets.ts'

/** Looks for secrets in what is about to leave the machine. Keeps and logs nothing of it. */
export interface SecretScanner {
  /**
   * Findings in order of place, none overlapping another. `name` is the name of the file that the text is from, which
   * may be a finding of its own. The text has at most `maxScannedLength` units.
   */
  scan(text: string, name?: string): Promise<readonly SecretFinding[]>
}
