import * as vscode from 'vscode'
import { redactSecrets } from '../../shared/secrets.ts'
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
  const redacted = redactSecrets(body.text, findings)
  const isRedactable = redacted !== body.text
  const [redact, send] = [vscode.l10n.t('Redact and Send'), vscode.l10n.t('Send Anyway')]
  const answer = await vscode.window.showWarningMessage(
    secretSentence(findings, vscode.l10n),
    { modal: true, detail: touchedLines(redacted, findings) },
    ...(isRedactable ? [redact] : []),
    send,
  )
  if (answer === redact) return { ...body, text: redacted }
  return answer === send ? body : undefined
}

/** The lines with findings as they look redacted: what stands there is on the user's own screen already. */
function touchedLines(redacted: string, findings: readonly { firstLine: number; lastLine: number }[]): string {
  const lines = redacted.split('\n')
  const touched = lines.flatMap((line, index) => {
    const isTouched = findings.some(({ firstLine, lastLine }) => firstLine <= index + 1 && index + 1 <= lastLine)
    return isTouched ? [`${String(index + 1)}: ${line.trim().slice(0, maxLineLength)}`] : []
  })
  const shown = touched.slice(0, maxLines)
  return [...shown, ...(touched.length > shown.length ? ['…'] : [])].join('\n')
}
