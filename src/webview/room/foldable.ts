import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { icon } from '../icon.ts'

/** A line that says what is folded away, or above it what is shown: a button that changes that and keeps the keyboard. */
export function foldable(
  label: string,
  isFolded: boolean,
  reachable: boolean,
  fold: (isFolded: boolean) => void,
  show: () => unknown,
): TemplateResult {
  return html`<div class="changes">
    <button
      type="button"
      class="fold"
      tabindex=${reachable ? 0 : -1}
      aria-expanded=${isFolded ? 'false' : 'true'}
      @click=${() => {
        fold(!isFolded)
      }}
    >
      ${icon(isFolded ? 'chevron-right' : 'chevron-down')}<span>${label}</span>
    </button>
    ${isFolded ? nothing : show()}
  </div>`
}
