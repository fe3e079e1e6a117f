import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { PersonId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { nameOf } from '../conversation/nameOf.ts'
import { icon } from '../icon.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { ChangesActions } from './renderChanges.ts'
import type { View } from '../view.ts'

/** Whether somebody in this room is one whom the user has blocked. */
export function isBlockedHere({ conversation }: ConversationState, person: PersonId): boolean {
  const { room, members } = conversation
  const isThem = (member: { person: PersonId; blocked?: true }): boolean =>
    member.person === person && member.blocked === true
  return room !== undefined && (members.some(isThem) || room.former.some(isThem))
}

/** Whether a message is folded away: its author is blocked, and the user did not ask to see it. */
export const isFoldedAway = (state: ConversationState, { id, author }: Message): boolean =>
  isBlockedHere(state, author) && !state.unfolded.has(id)

/** One line in place of a message by somebody whom the user has blocked. */
export function blockedMessage(
  view: View,
  state: ConversationState,
  { key, message }: { readonly key: string; readonly message: Message },
  reachable: boolean,
  actions: Pick<ChangesActions, 'fold'>,
): TemplateResult {
  return html`<div class="changes">
    <button
      type="button"
      class="fold"
      tabindex=${reachable ? 0 : -1}
      aria-expanded="false"
      @click=${() => {
        actions.fold({ key, messages: [message] }, false)
      }}
    >
      ${icon('chevron-right')}<span>${view.t('blockedMessage', nameOf(view, state, message.author))}</span>
    </button>
  </div>`
}
