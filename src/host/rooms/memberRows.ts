import type * as vscode from 'vscode'
import { roles } from '../../shared/rooms.ts'
import type { RoomMember } from '../../shared/rooms.ts'
import { shortKey } from '../../shared/shortKey.ts'
import type { RowLook } from '../conversations/rowLook.ts'
import { safeName } from '../text/safeName.ts'
import type { Room } from './isRoom.ts'
import { ownNameWords } from '../contacts/ownNameWords.ts'
import { roleIcons, roleName } from './roleWords.ts'
import { canManage } from '../../shared/roomRights.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** One row of the list of members. */
export interface MemberRow {
  readonly conversation: Room
  readonly member: RoomMember
}

/** The members by role and name, so that a row stays where it is when somebody comes or goes. */
export function memberRows(conversation: Room, members: readonly RoomMember[]): readonly MemberRow[] {
  const rank = ({ role }: RoomMember): number => roles.indexOf(role)
  return [...members]
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || (a.person < b.person ? -1 : 1))
    .map((member) => ({ conversation, member }))
}

export function memberLook({ conversation, member }: MemberRow, l10n: L10n): RowLook {
  const name = safeName(member.name)
  const key = shortKey(member.person)
  const role = roleName(member.role, l10n)
  const presence = member.online ? l10n.t('online') : l10n.t('offline')
  const trust = member.isSelf ? '' : member.verified ? l10n.t('verified') : l10n.t('not verified')
  const self = member.isSelf ? l10n.t('you') : ''
  const shownRole = member.role === 'member' ? '' : role
  const blocked = member.blocked === true ? l10n.t('blocked') : ''
  const shown = [
    member.looksLikeAnother ? `⚠ ${key}` : '',
    self,
    blocked,
    shownRole,
    member.isSelf ? '' : presence,
    trust,
  ]
  const relation = member.isSelf ? '' : member.isContact ? l10n.t('contact of yours') : l10n.t('no contact of yours')
  const likeness = member.looksLikeAnother ? l10n.t('Somebody else here has a name that looks like this one.') : ''
  return {
    id: `${conversation.id} ${member.person}`,
    label: name,
    description: shown.filter(isSaid).join(' · '),
    tooltip: [
      name,
      ownNameWords(member, l10n),
      blocked,
      role,
      presence,
      trust,
      relation,
      likeness,
      l10n.t('Key {0}', key),
    ]
      .filter(isSaid)
      .join('\n'),
    icon: roleIcons[member.role],
    ...(member.online ? { color: 'testing.iconPassed' } : {}),
    context: memberContext(conversation, member),
    spoken: [
      name,
      self,
      blocked,
      role,
      presence,
      trust,
      likeness,
      member.looksLikeAnother ? l10n.t('Key {0}', key) : '',
    ]
      .filter(isSaid)
      .join(', '),
  }
}

/** Words that the menus look for: whose row this is, and what may be done. */
function memberContext({ room }: Room, member: RoomMember): string {
  const words = [
    'member',
    member.isSelf ? 'self' : 'other',
    ...(member.isSelf ? [] : [member.isContact ? 'contact' : 'stranger']),
    ...(member.blocked === true ? ['blocked'] : []),
    ...(member.isSelf ? [] : [member.verified ? 'verified' : 'unverified']),
    ...(canManage(room, member) ? ['manageable'] : []),
    ...(room.state === 'active' && room.ownRole === 'owner' && !member.isSelf ? ['heir'] : []),
  ]
  return words.join('.')
}

const isSaid = (text: string): boolean => text !== ''
