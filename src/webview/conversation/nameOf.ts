import type { PersonId } from '../../shared/ids.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

/** The name of a member, or of somebody who was one, as it may stand in a sentence. */
export function nameOf(view: View, state: ConversationState, person: PersonId): string {
  if (person === state.self) return state.selfName
  const { members, room } = state.conversation
  const known = members.find((member) => member.person === person) ?? room?.former.find((one) => one.person === person)
  return known?.name ?? view.t('somebody')
}
