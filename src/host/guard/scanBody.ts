import { mergeFindings } from '../../core/guard/mergeFindings.ts'
import { outgoingOf } from '../../core/guard/outgoing.ts'
import { secretlintScanner } from '../../node/secretlintScanner.ts'
import type { SecretFinding } from '../../shared/secrets.ts'
import type { SendBody } from '../../shared/service.ts'

/**
 * What in a body looks like a secret, counted in the text of `outgoingOf`. It is scanned in this window and goes
 * nowhere.
 */
export async function scanBody(body: SendBody): Promise<readonly SecretFinding[]> {
  const { text, name, spans } = outgoingOf(body)
  const findings = await secretlintScanner.scan(text, name)
  return spans.length === 0 ? findings : [...mergeFindings(text, spans), ...findings].sort((a, b) => a.from - b.from)
}
