import * as vscode from 'vscode'
import { secretlintScanner } from '../../node/secretlintScanner.ts'
import { maxScannedLength, type SecretFinding } from '../../shared/secrets.ts'
import { secretSentence } from '../guard/secretWords.ts'

/** As much of a file as is looked through for secrets before it leaves. */
export const scannedBytes = maxScannedLength

/** What in a file's name, or in the beginning of what is text, looks like a secret. It is scanned here and goes nowhere. */
export async function scanFile(name: string, beginning: Uint8Array): Promise<readonly SecretFinding[]> {
  const bytes = beginning.subarray(0, scannedBytes)
  const text = bytes.includes(0) ? '' : new TextDecoder().decode(bytes)
  return secretlintScanner.scan(text, name)
}

/** Asks whether a file is sent all the same; nothing in it can be redacted. */
export async function mayBeSent(name: string, warning: string): Promise<boolean> {
  const send = vscode.l10n.t('Send Anyway')
  return (await vscode.window.showWarningMessage(warning, { modal: true, detail: name }, send)) === send
}

/** One sentence for the chip; `undefined` where nothing was found. */
export function warningOf(findings: readonly SecretFinding[]): string | undefined {
  return findings.length === 0 ? undefined : secretSentence(findings, vscode.l10n)
}
