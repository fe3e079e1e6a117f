import type { Conversation, Message } from '../../shared/service.ts'

/** How many of the others say that they have read an own message: 0 for one that is not on its way yet. */
export function readBy(
  { members, readers = [] }: Pick<Conversation, 'members' | 'readers'>,
  { id, state }: Pick<Message, 'id' | 'state'>,
): number {
  if (state === 'queued' || state === 'received') return 0
  const present = new Set(members.map(({ person }) => person))
  return readers.filter(({ person, upTo }) => upTo >= id && present.has(person)).length
}
