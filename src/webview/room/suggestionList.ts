import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { RoomMember } from '../../shared/rooms.ts'
import { shortKey } from '../../shared/shortKey.ts'
import { initialsMark } from '../conversation/initialsMark.ts'
import { icon } from '../icon.ts'
import type { View } from '../view.ts'

/** The ids of the list and of its options, by which the message field names them. */
export const suggestionListId = 'mention-suggestions'
export const suggestionId = (index: number): string => `${suggestionListId}-${String(index)}`

/** The members that what is being typed may become. The keyboard stays in the message field. */
export function suggestionList(
  view: View,
  members: readonly RoomMember[],
  active: number,
  onChoose: (member: RoomMember) => void,
): TemplateResult {
  const { t } = view
  return html`<ul class="suggestions" role="listbox" id=${suggestionListId} aria-label=${t('mentionLabel')}>
    ${members.map(
      (member, index) =>
        html`<li
          role="option"
          id=${suggestionId(index)}
          class="suggestion ${index === active ? 'active' : ''}"
          aria-selected=${index === active ? 'true' : 'false'}
          @mousedown=${(event: Event) => {
            event.preventDefault()
          }}
          @click=${() => {
            onChoose(member)
          }}
        >
          ${initialsMark(member.name, member.person, false)}
          <span class="suggestion-name" dir="auto">${member.name}</span>
          ${member.looksLikeAnother ? html`<code class="key-part">${shortKey(member.person)}</code>` : nothing}
          <span class="suggestion-state">
            ${member.verified ? html`${icon('verified-filled')}<span class="hidden">${t('verified')}</span>` : nothing}
            <span>${t(member.online ? 'online' : 'offline')}</span>
          </span>
        </li>`,
    )}
  </ul>`
}
