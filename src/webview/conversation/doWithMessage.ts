import type { MessageId } from '../../shared/ids.ts'
import { isSaid } from '../../shared/isSaid.ts'
import type { MessageDeed } from '../../shared/messageOffers.ts'
import type { Message } from '../../shared/service.ts'
import { whySilent } from '../room/roomRights.ts'
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
  const { body, id, author } = message
  const canAnswer = isSaid(body) && whySilent(conversation) === undefined
  switch (deed) {
    case 'reply':
      if (canAnswer) actions.compose('reply', id)
      return
    case 'thread':
      if (isSaid(body) && thread === undefined) actions.compose('thread', threadOf(message))
      return
    case 'select':
      if (selected === undefined) actions.compose('select', id)
      return
    case 'edit':
      if (canAnswer && author === self && body.kind === 'text') actions.compose('edit', id)
      return
    default:
      if (deed !== 'react' || canAnswer)
        view.post({ type: 'messageMenu', menu: deed, conversation: conversation.id, message: id })
  }
}
