import { chatError } from '../../shared/chatError.ts'
import type { Conversation, Member } from '../../shared/service.ts'
import { conversationOf, personOf } from '../conversations/commandArguments.ts'
import { pickConversation } from '../conversations/pickConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'

/**
 * The contact that a command's argument is about: a row of a direct conversation or of a room's member. Without one, the
 * contact whom the user chooses among those that fit; `undefined`: none was chosen.
 */
export async function pickContact(
  model: ChatModel,
  argument: unknown,
  question: string,
  fits: (contact: Member) => boolean = () => true,
): Promise<Member | undefined> {
  const person = personOf(argument)
  const conversation = person === undefined ? conversationOf(argument) : undefined
  if (person === undefined && conversation === undefined) {
    const isOfOne = (one: Conversation): boolean => {
      const [contact] = one.kind === 'direct' && one.isSelf !== true ? one.members : []
      return contact !== undefined && fits(contact)
    }
    return (await pickConversation(model, question, isOfOne))?.members[0]
  }
  const list = await model.request('conversation/list', {})
  const found = list.filter(({ kind, isSelf }) => kind === 'direct' && isSelf !== true)
  const member =
    person === undefined
      ? found.find(({ id }) => id === conversation)?.members[0]
      : found.flatMap(({ members }) => members).find((one) => one.person === person)
  if (member === undefined) throw chatError('unknown-person')
  return member
}
