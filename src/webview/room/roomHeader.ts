import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { RoomDetails } from '../../shared/rooms.ts'
import { icon } from '../icon.ts'
import { iconButton } from '../iconButton.ts'
import { searchButton } from '../conversation/searchButton.ts'
import { typingWords } from '../conversation/typingWords.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { pinnedList } from './pinnedList.ts'
import type { PinnedActions } from './pinnedList.ts'
import { syncProgress } from './syncProgress.ts'

/** What the header of a room lets one do, and whether its list of pinned messages is open. */
export interface RoomHeaderActions extends PinnedActions {
  readonly arePinsOpen: boolean
  togglePins(): void
}

/** Which room this is, what it is about, who is there, and what is pinned. */
export function roomHeader(
  view: View,
  state: ConversationState,
  room: RoomDetails,
  actions: RoomHeaderActions,
): TemplateResult {
  const { t } = view
  const { title } = state.conversation
  return html`<header class="header room-header">
      <span class="mark room-mark" aria-hidden="true">${icon('organization')}</span>
      <div class="header-text">
        <h1 class="title" dir="auto" title=${title}>${title}</h1>
        <div class="subtitle">${members(view, room)} ${typing(view, state) ?? topic(room)}</div>
      </div>
      ${loudness(view, state)} ${searchButton(view)} ${pins(view, state, actions)}
      ${iconButton({
        icon: 'ellipsis',
        label: t('roomActions'),
        onClick: () => {
          view.post({ type: 'showRoomActions' })
        },
      })}
    </header>
    ${syncProgress(view, state)}${actions.arePinsOpen ? pinnedList(view, state, actions) : nothing}`
}

function members({ t, post }: View, { memberCount, onlineCount, state }: RoomDetails): TemplateResult {
  const count = memberCount === 1 ? t('membersOne') : t('members', memberCount)
  const isActive = state === 'active'
  return html`<button
    type="button"
    class="presence ${isActive && onlineCount > 1 ? 'online' : 'offline'}"
    title=${t('showMembers')}
    @click=${() => {
      post({ type: 'showMembers' })
    }}
  >
    ${icon('account')}<span>${count}</span>${
      isActive && memberCount > 1
        ? html`<span class="presence-online"
            ><span class="dot" aria-hidden="true"></span> ${t('membersOnline', onlineCount)}</span
          >`
        : nothing
    }
  </button>`
}

/** Who is writing stands where the topic does otherwise, so that nothing moves. */
function typing(view: View, state: ConversationState): TemplateResult | undefined {
  const words = typingWords(view, state)
  return words === undefined ? undefined : html`<span class="topic" dir="auto">${words}</span>`
}

const topic = ({ topic: text }: RoomDetails): TemplateResult | typeof nothing =>
  text === '' ? nothing : html`<span class="topic" dir="auto" title=${text}>${text}</span>`

/** How loudly this device tells of the room, where that is not as usual. */
function loudness(view: View, { conversation }: ConversationState): TemplateResult | typeof nothing {
  const { level, mutedUntil = 0 } = conversation.notify
  const key =
    mutedUntil > view.now()
      ? 'muted'
      : level === 'mentions'
        ? 'levelMentions'
        : level === 'nothing'
          ? 'levelNothing'
          : ''
  return key === ''
    ? nothing
    : html`<span class="loudness" title=${view.t(key)}
        >${icon('bell-slash')}<span class="hidden">${view.t(key)}</span></span
      >`
}

function pins(view: View, { pinned }: ConversationState, actions: RoomHeaderActions): TemplateResult | typeof nothing {
  if (pinned.length === 0) return nothing
  const label = pinned.length === 1 ? view.t('pinnedOne') : view.t('pinnedMany', pinned.length)
  return html`<button
    type="button"
    class="safety pins"
    title=${label}
    aria-label=${label}
    aria-expanded=${actions.arePinsOpen ? 'true' : 'false'}
    @click=${() => {
      actions.togglePins()
    }}
  >
    ${icon('pin')}<span class="count">${pinned.length}</span>
  </button>`
}
