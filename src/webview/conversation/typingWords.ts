import type { PersonId } from '../../shared/ids.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { distinctName } from './distinctName.ts'

/** Who is writing, in words; `undefined` while nobody is. */
export function typingWords(view: View, state: ConversationState): string | undefined {
  const { typing = [] } = state.conversation
  const name = (person: PersonId): string => distinctName(view, state, person)
  const [first, second, ...more] = typing
  if (first === undefined) return undefined
  if (second === undefined) return view.t('typingOne', name(first))
  return more.length === 0 ? view.t('typingTwo', name(first), name(second)) : view.t('typingMany', typing.length)
}
