import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ConversationId } from '../../shared/ids.ts'
import { icon } from '../icon.ts'
import type { View } from '../view.ts'

/** Beside the message field: that what is written there disappears, and the way to change that. */
export function lifetimeButton(
  view: View,
  conversation: ConversationId,
  lifetimeMs: number | undefined,
): TemplateResult | typeof nothing {
  if (lifetimeMs === undefined) return nothing
  const span = view.times.span(lifetimeMs)
  return html`<button
    type="button"
    class="link lifetime"
    title=${view.t('lifetimeNowHint', span)}
    @click=${() => {
      view.post({ type: 'showLifetime', conversation })
    }}
  >
    ${icon('clockface')}<span>${view.t('lifetimeNow', span)}</span>
  </button>`
}
