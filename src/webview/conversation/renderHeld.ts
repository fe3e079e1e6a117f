import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { mapSpans } from '../../shared/mapSpans.ts'
import type { SecretFinding } from '../../shared/secrets.ts'

/** A text that was held back, as it was written, with what looks like a secret marked. */
export function renderHeld(text: string, findings: readonly SecretFinding[]): TemplateResult {
  const parts = mapSpans(text, findings, (secret) => html`<mark class="secret">${secret}</mark>`)
  return html`<div class="held">${parts}</div>`
}
