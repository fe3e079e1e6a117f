import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { iconButton } from '../iconButton.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

/** What stands over a thread: which conversation it is of, and the way back there. */
export function threadHeader(view: View, { conversation }: ConversationState, onBack: () => void): TemplateResult {
  const { t } = view
  return html`<header class="header thread-header">
    ${iconButton({ icon: 'arrow-left', label: t('threadBack', conversation.title), onClick: onBack })}
    <div class="header-text">
      <h1 class="title">${t('thread')}</h1>
      <div class="subtitle" dir="auto" title=${conversation.title}>${conversation.title}</div>
    </div>
  </header>`
}
