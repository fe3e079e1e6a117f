import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { assertNever } from '../../shared/assertNever.ts'
import type { MessageState } from '../../shared/service.ts'
import { icon } from '../icon.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

/** How far an own message has come, in words; out of sight, for screen readers only, where its neighbour says the same. */
export function renderState(
  view: View,
  state: ConversationState,
  messageState: MessageState,
  isVisible: boolean,
): TemplateResult {
  return html`<div class=${isVisible ? `state ${messageState}` : 'hidden'}>
    ${messageState === 'queued' && isVisible ? icon('clockface') : ''}<span>${words(view, state, messageState)}</span>
  </div>`
}

function words({ t }: View, { conversation }: ConversationState, state: MessageState): string {
  switch (state) {
    case 'queued':
      return conversation.online ? t('queued') : t('queuedOffline', conversation.title)
    case 'sent':
      return t('sent')
    case 'delivered':
      return t('delivered')
    case 'received':
      return ''
    default:
      return assertNever(state)
  }
}
