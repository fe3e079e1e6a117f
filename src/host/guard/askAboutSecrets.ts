import * as vscode from 'vscode'
import { outgoingOf, redactBody } from '../../core/guard/outgoing.ts'
import type { SecretFinding } from '../../shared/secrets.ts'
import type { SendBody } from '../../shared/service.ts'
import { scanBody } from './scanBody.ts'
import { secretSentence } from './secretWords.ts'

/** The most lines that the question shows. */
const maxLines = 8
const maxLineLength = 100

/**
 * The body as it may be sent: as it is where nothing in it looks like a secret, and else as the user chooses, redacted or
 * not. `undefined`: it is not to be sent.
 */
export async function askAboutSecrets<Body extends SendBody>(body: Body): Promise<Body | undefined> {
  const findings = await scanBody(body)
  if (findings.length === 0) return body
  const redacted = redactBody(body, findings)
  const [redact, send] = [vscode.l10n.t('Redact and Send'), vscode.l10n.t('Send Anyway')]
  const answer = await vscode.window.showWarningMessage(
    secretSentence(findings, vscode.l10n),
    { modal: true, detail: touchedLines(outgoingOf(redacted ?? body).text, findings, redacted !== undefined) },
    ...(redacted === undefined ? [] : [redact]),
    send,
  )
  if (answer === redact) return redacted
  return answer === send ? body : undefined
}

/** The lines with findings as they look redacted: what stands there is on the user's own screen already. */
function touchedLines(text: string, findings: readonly SecretFinding[], isRedacted: boolean): string {
  // What cannot be redacted is a name, and a name is no secret; anything else is not repeated here.
  const shown = isRedacted ? findings : findings.filter(({ kind }) => kind === 'secret-file')
  const touched = text.split('\n').flatMap((line, index) => {
    const isTouched = shown.some(({ firstLine, lastLine }) => firstLine <= index + 1 && index + 1 <= lastLine)
    return isTouched ? [`${String(index + 1)}: ${line.trim().slice(0, maxLineLength)}`] : []
  })
  const fitting = touched.slice(0, maxLines)
  return [...fitting, ...(touched.length > fitting.length ? ['…'] : [])].join('\n')
}
