import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { PersonId } from '../../shared/ids.ts'
import type { RoomMember } from '../../shared/rooms.ts'
import { shortKey } from '../../shared/shortKey.ts'
import { icon } from '../icon.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

/** The member of the room that a person is; `undefined` in a direct conversation, and of somebody who belongs no more. */
export const memberOf = ({ members }: ConversationState, person: PersonId): RoomMember | undefined =>
  members.find((member) => member.person === person)

/** What stands beside a member's name: part of the key where the name is like another's, and whether it was verified. */
export function memberMarks(view: View, member: RoomMember | undefined): TemplateResult | typeof nothing {
  if (member === undefined || member.isSelf) return nothing
  const { t } = view
  const hint = t(member.verified ? 'verifiedHint' : 'notVerifiedHint', member.name)
  return html`${
      member.looksLikeAnother
        ? html`<span class="key-part" title=${t('lookAlikeHint')}
            >${icon('warning')}<code>${shortKey(member.person)}</code
            ><span class="hidden">. ${t('lookAlikeHint')}</span></span
          >`
        : nothing
    }<span class="trust ${member.verified ? 'is-verified' : ''}" title=${hint}
      >${icon(member.verified ? 'verified-filled' : 'unverified')}<span class="hidden"
        >${t(member.verified ? 'verified' : 'notVerified')}</span
      ></span
    >`
}
