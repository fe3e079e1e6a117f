import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { icon } from './icon.ts'

export interface IconButton {
  readonly icon: string
  /** Read out, and shown as a tooltip. */
  readonly label: string
  /** Shown as a tooltip instead: what else leads there. */
  readonly hint?: string
  readonly onClick: (event: Event) => void
  /** -1 takes the button out of the Tab order. */
  readonly tabIndex?: number
}

/** A button that shows an icon, as the editor's toolbars do. */
export function iconButton({ icon: name, label, hint = label, onClick, tabIndex = 0 }: IconButton): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    title=${hint}
    aria-label=${label}
    tabindex=${tabIndex}
    @click=${onClick}
  >
    ${icon(name)}
  </button>`
}
