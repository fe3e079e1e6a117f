import { shortKey } from '../../shared/shortKey.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import type { ChatSnapshot } from '../life/chatModel.ts'

/** Messages as they are copied: each with who wrote it and when, above what it says. `time`: words for a moment. */
export function copiedText(
  { conversations, identity }: Pick<ChatSnapshot, 'conversations' | 'identity'>,
  conversation: ConversationId,
  messages: readonly Message[],
  time: (at: number) => string,
): string {
  const found = conversations.find(({ id }) => id === conversation)
  const self = identity?.kind === 'ready' ? [identity.identity] : []
  const people = [...(found?.members ?? []), ...(found?.room?.former ?? []), ...self]
  const nameOf = ({ author }: Message): string =>
    people.find(({ person }) => person === author)?.name ?? shortKey(author)
  return messages
    .flatMap((message) => {
      const { body, sentAt } = message
      return 'text' in body ? [`${nameOf(message)}, ${time(sentAt)}\n${body.text.trimEnd()}`] : []
    })
    .join('\n\n')
}
