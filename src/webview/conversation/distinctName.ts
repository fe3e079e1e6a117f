import type { PersonId } from '../../shared/ids.ts'
import { shortKey } from '../../shared/shortKey.ts'
import { memberOf } from '../room/memberMarks.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { nameOf } from './nameOf.ts'

/** The name of a member where words are all there is: with part of the key where the name is like another's. */
export function distinctName(view: View, state: ConversationState, person: PersonId): string {
  const name = nameOf(view, state, person)
  return memberOf(state, person)?.looksLikeAnother === true ? `${name} (${shortKey(person)})` : name
}
