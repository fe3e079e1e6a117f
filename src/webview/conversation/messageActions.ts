import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Message } from '../../shared/service.ts'
import { copyFeedback } from '../copyFeedback.ts'
import { iconButton } from '../iconButton.ts'
import { canPin } from '../room/roomRights.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

/** What can be done with a message. `reachable`: whether Tab reaches the buttons. */
export function messageActions(
  view: View,
  { conversation }: ConversationState,
  { id, body }: Message,
  reachable: boolean,
): TemplateResult | typeof nothing {
  const tabIndex = reachable ? 0 : -1
  const isPinnable =
    (body.kind === 'text' || body.kind === 'snippet' || body.kind === 'patch') && canPin(conversation.room)
  if (body.kind !== 'text' && !isPinnable) return nothing
  const isPinned = conversation.room?.pinned.includes(id) ?? false
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
  return html`<div class="message-actions">
    ${isPinnable ? pin() : nothing}${body.kind === 'text' ? copy(body.text) : nothing}
  </div>`
}
