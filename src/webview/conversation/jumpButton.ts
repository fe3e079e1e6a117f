import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { icon } from '../icon.ts'
import { countUnseen } from '../state/conversationState.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

/** The way to the latest message, which says how many new ones there are. */
export function jumpButton(
  { t }: View,
  state: ConversationState,
  isHidden: boolean,
  onClick: () => void,
): TemplateResult {
  const unseen = countUnseen(state)
  const label = unseen === 0 ? t('jumpLatest') : unseen === 1 ? t('jumpNewOne') : t('jumpNew', unseen)
  return html`<button
    type="button"
    class="jump ${unseen > 0 ? 'unseen' : ''}"
    ?hidden=${isHidden}
    title=${t('jumpLatest')}
    aria-label=${label}
    @click=${onClick}
  >
    ${unseen > 0 ? html`<span>${label}</span>` : ''}${icon('arrow-down')}
  </button>`
}
