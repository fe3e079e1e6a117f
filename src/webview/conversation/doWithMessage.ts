import type { MessageId } from '../../shared/ids.ts'
import { messageOffers, type MessageDeed } from '../../shared/messageOffers.ts'
import type { Message } from '../../shared/service.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { threadOf } from './threadOf.ts'

export interface Compose {
  compose(mode: 'reply' | 'edit' | 'select' | 'thread', message: MessageId): void
}

/** Does with a message what a key stands for, as far as that can be done with it: here, or by way of the host. */
export function doWithMessage(
  deed: MessageDeed,
  view: View,
  { conversation, self, thread, selected }: ConversationState,
  message: Message,
  actions: Compose,
): void {
  const { id } = message
  const offers = messageOffers(conversation, message, self)
  switch (deed) {
    case 'reply':
      if (offers.includes('reply')) actions.compose('reply', id)
      return
    case 'thread':
      if (offers.includes('thread') && thread === undefined) actions.compose('thread', threadOf(message))
      return
    case 'select':
      if (selected === undefined) actions.compose('select', id)
      return
    case 'edit':
      if (offers.includes('edit')) actions.compose('edit', id)
      return
    default:
      if (deed !== 'react' || offers.includes('react'))
        view.post({ type: 'messageMenu', menu: deed, conversation: conversation.id, message: id })
  }
}
