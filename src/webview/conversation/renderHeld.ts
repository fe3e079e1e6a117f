import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { SecretFinding } from '../../shared/secrets.ts'

/** A text that was held back, as it was written, with what looks like a secret marked. */
export function renderHeld(text: string, findings: readonly SecretFinding[]): TemplateResult {
  const parts: (string | TemplateResult)[] = []
  let at = 0
  for (const { from, to } of findings) {
    parts.push(text.slice(at, from), html`<mark class="secret">${text.slice(from, to)}</mark>`)
    at = to
  }
  return html`<div class="held">${parts}${text.slice(at)}</div>`
}
