import { html } from 'lit'
import type { TemplateResult } from 'lit'

/** A codicon, for the eye only: what it means is said in words beside it or by its button. */
export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`
}
