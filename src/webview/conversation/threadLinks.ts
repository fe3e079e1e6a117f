import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { icon } from '../icon.ts'
import { whySilent } from '../../shared/roomRights.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

interface Compose {
  compose(mode: 'thread', message: MessageId): void
}

/** Under a message that a thread began with: how many answers there are, and when the last came. */
export function repliesLink(
  view: View,
  state: ConversationState,
  { id, replies }: Message,
  reachable: boolean,
  actions: Compose,
): TemplateResult | typeof nothing {
  if (replies === undefined || state.thread !== undefined) return nothing
  const { t, times } = view
  const time = times.moment(replies.lastAt, view.now())
  return html`<button
    type="button"
    class="replies"
    tabindex=${reachable ? 0 : -1}
    title=${t('openThread')}
    @click=${() => {
      actions.compose('thread', id)
    }}
  >
    ${icon('comment-discussion')}
    <span>${replies.count === 1 ? t('repliesOne', time) : t('replies', replies.count, time)}</span>
  </button>`
}

/** On a card of code: begins its thread, or opens it. */
export function commentButton(
  view: View,
  { thread, conversation }: ConversationState,
  { id, body, replies }: Message,
  reachable: boolean,
  actions: Compose,
): TemplateResult | typeof nothing {
  const isInThread = thread !== undefined || 'thread' in body
  if (isInThread || replies !== undefined || whySilent(conversation) !== undefined) return nothing
  return html`<button
    type="button"
    class="replies comment"
    tabindex=${reachable ? 0 : -1}
    title=${view.t('commentHint')}
    @click=${() => {
      actions.compose('thread', id)
    }}
  >
    ${icon('comment')}<span>${view.t('comment')}</span>
  </button>`
}
