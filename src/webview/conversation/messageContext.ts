import { isSaid } from '../../shared/isSaid.ts'
import type { Message } from '../../shared/service.ts'
import { whySilent, canPin } from '../room/roomRights.ts'
import type { ConversationState } from '../state/conversationState.ts'

/**
 * What the editor's own context menu knows of a message: the keys that the `when` clauses of its entries ask for, and
 * which message it is. It is no secret: ids, and what can be done.
 */
export function messageContext(
  { conversation, self, thread, selected }: ConversationState,
  { id, body, author, erasedBy, edited }: Message,
): string {
  const canWrite = whySilent(conversation) === undefined
  const role = conversation.room?.ownRole
  const isModerator = role === 'owner' || role === 'admin'
  const isOwn = author === self
  return JSON.stringify({
    webviewSection: selected === undefined ? 'message' : 'selecting',
    conversation: conversation.id,
    message: id,
    tincanCanAnswer: isSaid(body) && canWrite,
    tincanHasThread: isSaid(body) && thread === undefined,
    tincanCanEdit: canWrite && isOwn && body.kind === 'text',
    tincanIsEdited: edited !== undefined,
    tincanIsSaid: isSaid(body),
    tincanHasText: isSaid(body) && body.kind !== 'file',
    tincanCanPin: isSaid(body) && canPin(conversation.room) && conversation.room?.pinned.includes(id) !== true,
    tincanCanUnpin: canPin(conversation.room) && conversation.room?.pinned.includes(id) === true,
    tincanIsForeign: isSaid(body) && !isOwn,
    tincanCanErase: canWrite && erasedBy === undefined && isSaid(body) && (isOwn || isModerator),
  })
}
