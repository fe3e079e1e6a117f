import type { TemplateResult } from 'lit'
import type { PersonId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { nameOf } from '../conversation/nameOf.ts'
import type { ConversationState } from '../state/conversationState.ts'
import { foldable } from './foldable.ts'
import type { ChangesActions } from './renderChanges.ts'
import type { View } from '../view.ts'

/** Whether somebody in this room is one whom the user has blocked. */
export function isBlockedHere({ conversation }: ConversationState, person: PersonId): boolean {
  const { room, members } = conversation
  const isThem = (member: { person: PersonId; blocked?: true }): boolean =>
    member.person === person && member.blocked === true
  return room !== undefined && (members.some(isThem) || room.former.some(isThem))
}

/** A message. By somebody whom the user has blocked, one line in its place, or above it where the user asked to see it. */
export function foldBlocked(
  view: View,
  state: ConversationState,
  { key, message }: { readonly key: string; readonly message: Message },
  reachable: boolean,
  actions: Pick<ChangesActions, 'fold'>,
  show: () => TemplateResult,
): TemplateResult {
  if (!isBlockedHere(state, message.author)) return show()
  const isFolded = !state.unfolded.has(message.id)
  const label = view.t(isFolded ? 'blockedMessage' : 'blockedMessageShown', nameOf(view, state, message.author))
  const fold = (toFolded: boolean): void => {
    actions.fold({ key, messages: [message] }, toFolded)
  }
  return foldable(label, isFolded, reachable, fold, show)
}
