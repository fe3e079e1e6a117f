import { parseMessageId } from '../../shared/ids.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { ChatService, Message } from '../../shared/service.ts'

/** One message by its id, which is the newest before the id that follows; `undefined` while it is not on this disk. */
export async function readMessage(
  service: Pick<ChatService, 'request'>,
  conversation: ConversationId,
  id: MessageId,
): Promise<Message | undefined> {
  const before = idAfter(id)
  if (before === undefined) return undefined
  const { messages } = await service.request('conversation/history', { conversation, before, limit: 1 })
  return messages.find((message) => message.id === id)
}

/** The id that follows directly in order; `undefined` behind the last one. */
function idAfter(id: MessageId): MessageId | undefined {
  return parseMessageId((BigInt(`0x${id}`) + 1n).toString(16).padStart(id.length, '0'))
}
