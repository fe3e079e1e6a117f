import * as vscode from 'vscode'
import { secretlintScanner } from '../../node/secretlintScanner.ts'
import { maxScannedLength, type SecretFinding } from '../../shared/secrets.ts'
import { secretSentence } from '../guard/secretWords.ts'

/** As much of a file as is looked through for secrets before it leaves. */
export const scannedBytes = maxScannedLength

/** What in a file's name, or in the beginning of what is text, looks like a secret. It is scanned here and goes nowhere. */
export async function scanFile(name: string, beginning: Uint8Array): Promise<readonly SecretFinding[]> {
  return secretlintScanner.scan(textOf(beginning.subarray(0, scannedBytes)), name)
}

/** The text that bytes are; empty where they are none. Windows writes texts in two bytes a character as well. */
function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return bytes.includes(0) ? '' : new TextDecoder().decode(bytes)
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
