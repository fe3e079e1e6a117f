import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

/** Below this nobody has the time to read it. */
const worthSaying = 50

/** How much of a long history is still on its way, while one reads and writes already. */
export function syncProgress(view: View, state: ConversationState): TemplateResult | typeof nothing {
  const { missing } = state.conversation
  if (state.mostMissing < worthSaying || missing === 0) return nothing
  const percent = Math.round((1 - missing / state.mostMissing) * 100)
  return html`<div class="progress">
    <progress max="100" value=${percent} aria-label=${view.t('syncing')}></progress>
    <span>${view.t('syncingLeft', missing)}</span>
  </div>`
}
