import type { ConversationId, PersonId } from '../../shared/ids.ts'
import type { Content } from './parseSearch.ts'

/** As much of an id as tells it from all others here. */
const digits = 16

export const conversationTag = (conversation: ConversationId): string => `c${conversation.slice(0, digits)}`
export const authorTag = (person: PersonId): string => `p${person.slice(0, digits)}`
export const contentTag = (content: Content): string => content

/** Everything about a message that a search can ask for beside its words. */
export function tagsOf(conversation: ConversationId, author: PersonId, has: readonly Content[]): readonly string[] {
  return [conversationTag(conversation), authorTag(author), ...has.map(contentTag)]
}
