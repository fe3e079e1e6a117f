import type { PersonId } from '../../shared/ids.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

/** The name of a member, as it may stand in a sentence. */
export function nameOf(view: View, state: ConversationState, person: PersonId): string {
  if (person === state.self) return state.selfName
  return state.conversation.members.find((member) => member.person === person)?.name ?? view.t('somebody')
}
