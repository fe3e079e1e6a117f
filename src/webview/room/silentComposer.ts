import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ViewString } from '../../shared/viewStrings.ts'
import { icon } from '../icon.ts'
import type { View } from '../view.ts'

/** What stands in place of the message field where nothing can be written: the reason. It takes the keyboard as the field did. */
export function silentComposer(view: View, why: ViewString): TemplateResult {
  return html`<div class="composer silent" role="status">
    <p tabindex="-1" class="silent-reason">
      ${icon(why === 'silentReadOnly' ? 'eye' : 'circle-slash')} <span>${view.t(why)}</span>
    </p>
    ${why === 'silentBlocked' ? unblockButton(view) : nothing}
  </div>`
}

const unblockButton = ({ t, post }: View): TemplateResult =>
  html`<button
    type="button"
    class="secondary"
    @click=${() => {
      post({ type: 'unblock' })
    }}
  >
    ${t('unblock')}
  </button>`
