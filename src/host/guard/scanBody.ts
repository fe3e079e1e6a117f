import { secretlintScanner } from '../../node/secretlintScanner.ts'
import type { SecretFinding } from '../../shared/secrets.ts'
import type { SendBody } from '../../shared/service.ts'

/** What in a body looks like a secret. It is scanned in this window and goes nowhere. */
export function scanBody(body: SendBody): Promise<readonly SecretFinding[]> {
  return secretlintScanner.scan(body.text, body.kind === 'snippet' ? body.path : undefined)
}
