import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'

/** The message with which the thread began that a message is in, or would begin. */
export function threadOf({ id, body }: Pick<Message, 'id' | 'body'>): MessageId {
  return ('thread' in body ? body.thread : undefined) ?? id
}
