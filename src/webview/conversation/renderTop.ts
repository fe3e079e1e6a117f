import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { icon } from '../icon.ts'
import type { ViewString } from '../../shared/viewStrings.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

/** What stands above the oldest message: more to come, why not, or the beginning. */
export function renderTop(view: View, state: ConversationState, onRetry: () => void): TemplateResult {
  const { t } = view
  const { conversation, thread } = state
  const missing =
    conversation.missing === 0
      ? ''
      : html`<p class="missing">
          ${icon('history')}
          <span>${conversation.missing === 1 ? t('missingOne') : t('missing', conversation.missing)}</span>
        </p>`
  if (state.olderFailed) {
    return html`<div class="top">
      <p>${t('olderFailed')} <button type="button" class="link" @click=${onRetry}>${t('tryAgain')}</button></p>
      ${missing}
    </div>`
  }
  if (state.hasMore)
    return html`<div class="top loading">
      <p>${t('loadingOlder')}</p>
      ${missing}
    </div>`
  if (conversation.missing > 0) return html`<div class="top">${missing}</div>`
  if (thread !== undefined) return html``
  const [title, secret] = beginning(state)
  return html`<div class="top beginning">
    <p class="beginning-title">${t(title, conversation.title)}</p>
    <p>${icon('lock')} <span>${t(secret, conversation.title)}</span></p>
  </div>`
}

/** The two sentences over the very first message. Of a room one may know only what came after one joined. */
function beginning({ conversation, messages, self }: ConversationState): readonly [ViewString, ViewString] {
  if (conversation.isSelf === true) return ['beginningSelf', 'beginningSelfSecret']
  if (conversation.room === undefined) return ['beginning', 'beginningSecret']
  const isFromNow = messages.some(
    ({ body }) =>
      body.kind === 'room' && body.change === 'joined' && body.person === self && body.history === 'from-now',
  )
  return isFromNow ? ['beginningHere', 'beginningHereSecret'] : ['beginningRoom', 'beginningRoomSecret']
}
