import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { assertNever } from '../../shared/assertNever.ts'
import type { RoomDetails } from '../../shared/rooms.ts'
import type { Message } from '../../shared/service.ts'
import { icon } from '../icon.ts'
import type { ConversationState } from '../state/conversationState.ts'
import { readBy } from '../state/readBy.ts'
import type { View } from '../view.ts'

/** How far an own message has come, in words; out of sight, for screen readers only, where its neighbour says the same. */
export function renderState(
  view: View,
  state: ConversationState,
  message: Message,
  isVisible: boolean,
): TemplateResult {
  return html`<div class=${isVisible ? `state ${message.state}` : 'hidden'}>
    ${message.state === 'queued' && isVisible ? icon('clockface') : ''}<span>${words(view, state, message)}</span>
  </div>`
}

function words(view: View, { conversation }: ConversationState, message: Message): string {
  const { t } = view
  if (conversation.isSelf === true) return ''
  const readers = readBy(conversation, message)
  if (conversation.room !== undefined) return roomWords(view, conversation.room, message, readers)
  switch (message.state) {
    case 'queued':
      return conversation.online ? t('queued') : t('queuedOffline', conversation.title)
    case 'sent':
      return t('sent')
    case 'delivered':
      return t(readers > 0 ? 'read' : 'delivered')
    case 'received':
      return ''
    default:
      return assertNever(message.state)
  }
}

/** In a room: how many of the others have it, and have read it. */
function roomWords(view: View, room: RoomDetails, message: Message, readers: number): string {
  const others = room.memberCount - 1
  if (others <= 0) return view.t('savedAlone')
  if (readers >= others) return view.t('readByAll')
  const reach = roomReach(view, room, message, others)
  return readers > 0 ? view.t('readBySome', reach, readers) : reach
}

function roomReach({ t }: View, room: RoomDetails, { state, deliveredTo = 0 }: Message, others: number): string {
  switch (state) {
    case 'queued':
      return room.onlineCount > 1 ? t('queued') : t('queuedAlone')
    case 'sent':
      return deliveredTo > 0 ? t('deliveredTo', Math.min(deliveredTo, others), others) : t('sent')
    case 'delivered':
      return t('deliveredAll')
    case 'received':
      return ''
    default:
      return assertNever(state)
  }
}
