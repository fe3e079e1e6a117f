import { messageOffers, type MessageOffer } from '../../shared/messageOffers.ts'
import { isSaid } from '../../shared/isSaid.ts'
import type { Message } from '../../shared/service.ts'
import type { ConversationState } from '../state/conversationState.ts'

/**
 * What the editor's own context menu knows of a message: the keys that the `when` clauses of its entries ask for, and
 * which message it is. It is no secret: ids, and what can be done.
 */
export function messageContext({ conversation, self, thread, selected }: ConversationState, message: Message): string {
  const offers = messageOffers(conversation, message, self)
  const can = (offer: MessageOffer): boolean => offers.includes(offer)
  return JSON.stringify({
    webviewSection: selected === undefined ? 'message' : 'selecting',
    conversation: conversation.id,
    message: message.id,
    tincanCanAnswer: can('reply'),
    tincanHasThread: can('thread') && thread === undefined,
    tincanCanEdit: can('edit'),
    tincanIsEdited: can('history'),
    tincanIsSaid: isSaid(message.body),
    tincanHasText: can('copy'),
    tincanCanPin: can('pin'),
    tincanCanUnpin: can('unpin'),
    tincanIsForeign: can('unread'),
    tincanCanErase: can('erase'),
  })
}
