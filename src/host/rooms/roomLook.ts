import type * as vscode from 'vscode'
import type { RoomDetails } from '../../shared/rooms.ts'
import { unreadWords } from '../conversations/unreadWords.ts'
import type { RowLook } from '../conversations/rowLook.ts'
import { safeName } from '../text/safeName.ts'
import type { Room } from './isRoom.ts'
import { canInvite, isAdmin } from '../../shared/roomRights.ts'
import { roleName } from './roleWords.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** How a room looks among the conversations. */
export function roomLook(conversation: Room, isMuted: boolean, l10n: L10n): RowLook {
  const { room, unread } = conversation
  const label = safeName(conversation.title)
  const mentions =
    room.mentions === 0 ? '' : room.mentions === 1 ? l10n.t('1 mention') : l10n.t('{0} mentions', room.mentions)
  const standing = standingWords(room, l10n)
  const words = [mentions, unreadWords(unread, l10n), standing, isMuted ? l10n.t('muted') : ''].filter(isSaid)
  const isLive = room.state === 'active' && room.onlineCount > 1
  return {
    id: conversation.id,
    label,
    description: words.join(' · '),
    tooltip: [label, safeTopic(room), standing, l10n.t('Your role: {0}', roleName(room.ownRole, l10n))]
      .filter(isSaid)
      .join('\n'),
    icon: room.state === 'active' ? 'organization' : 'circle-slash',
    ...(isLive ? { color: 'testing.iconPassed' } : {}),
    context: roomContext(room, isMuted),
    spoken: [l10n.t('Room {0}', label), ...words].join(', '),
  }
}

/** How many of a room are online. */
export function presenceWords({ onlineCount, memberCount }: RoomDetails, l10n: L10n): string {
  return memberCount === 1 ? l10n.t('only you') : l10n.t('{0} of {1} online', onlineCount, memberCount)
}

/** How many are there, or why one is there no longer. */
function standingWords(room: RoomDetails, l10n: L10n): string {
  switch (room.state) {
    case 'active':
      return presenceWords(room, l10n)
    case 'left':
      return l10n.t('you left')
    case 'removed':
      return l10n.t('you were removed')
    case 'dissolved':
      return l10n.t('dissolved')
  }
}

/** Words that the menus look for: what may be done here. */
function roomContext(room: RoomDetails, isMuted: boolean): string {
  const words = [
    'room',
    room.state,
    room.ownRole,
    ...(canInvite(room) ? ['inviting'] : []),
    ...(isAdmin(room) ? ['managing'] : []),
    ...(isMuted ? ['muted'] : []),
  ]
  return words.join('.')
}

const safeTopic = ({ topic }: RoomDetails): string => (topic === '' ? '' : safeName(topic))

const isSaid = (text: string): boolean => text !== ''
