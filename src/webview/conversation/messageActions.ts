import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { quickEmoji } from '../../shared/emoji.ts'
import { messageOffers } from '../../shared/messageOffers.ts'
import type { Message } from '../../shared/service.ts'
import { copyFeedback } from '../copyFeedback.ts'
import { iconButton } from '../iconButton.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { threadOf } from './threadOf.ts'

/** What can be done with a message. `reachable`: whether Tab reaches the buttons. */
export function messageActions(
  view: View,
  { conversation, self, thread }: ConversationState,
  message: Message,
  reachable: boolean,
  actions: { compose(mode: 'reply' | 'thread', message: Message['id']): void },
): TemplateResult | typeof nothing {
  const { id, body } = message
  const tabIndex = reachable ? 0 : -1
  const offers = messageOffers(conversation, message, self)
  if (offers.length === 0) return nothing
  const isPinned = offers.includes('unpin')
  const isPinnable = isPinned || offers.includes('pin')
  const canAnswer = offers.includes('reply')
  const ask = (name: string, label: string, menu: 'react' | 'more'): TemplateResult =>
    iconButton({
      icon: name,
      label,
      tabIndex,
      onClick: () => {
        view.post({ type: 'messageMenu', menu, conversation: conversation.id, message: id })
      },
    })
  const reply = (): TemplateResult =>
    iconButton({
      icon: 'reply',
      label: view.t('reply'),
      tabIndex,
      onClick: () => {
        actions.compose('reply', id)
      },
    })
  const openThread = (): TemplateResult =>
    iconButton({
      icon: 'comment-discussion',
      label: view.t('thread'),
      tabIndex,
      onClick: () => {
        actions.compose('thread', threadOf(message))
      },
    })
  const pin = (): TemplateResult =>
    iconButton({
      icon: isPinned ? 'pinned' : 'pin',
      label: view.t(isPinned ? 'unpinMessage' : 'pinMessage'),
      tabIndex,
      onClick: () => {
        view.post({ type: 'pin', conversation: conversation.id, message: id, pinned: !isPinned })
      },
    })
  const copy = (text: string): TemplateResult =>
    iconButton({
      icon: 'copy',
      label: view.t('copyMessage'),
      tabIndex,
      onClick: (event) => {
        view.post({ type: 'copyMessage', text })
        copyFeedback(event, view)
      },
    })
  /** Taken back where it is there already, as with a click on it. */
  const quick = (emoji: string): TemplateResult => {
    const isOn = message.reactions?.some((one) => one.emoji === emoji && one.people.includes(self)) !== true
    return html`<button
      type="button"
      class="quick-emoji"
      title=${view.t('reactWith', emoji)}
      aria-label=${view.t('reactWith', emoji)}
      aria-pressed=${isOn ? 'false' : 'true'}
      tabindex=${tabIndex}
      @click=${() => {
        view.post({ type: 'react', conversation: conversation.id, message: id, emoji, on: isOn })
      }}
    >
      <span aria-hidden="true">${emoji}</span>
    </button>`
  }
  return html`<div class="message-actions">
    ${canAnswer ? quickEmoji.map(quick) : nothing}
    ${canAnswer ? html`${ask('smiley', view.t('react'), 'react')}${reply()}` : nothing}
    ${offers.includes('thread') && thread === undefined ? openThread() : nothing}
    ${isPinnable ? pin() : nothing}${body.kind === 'text' ? copy(body.text) : nothing}
    ${ask('ellipsis', view.t('moreActions'), 'more')}
  </div>`
}
