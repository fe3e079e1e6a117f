import * as vscode from 'vscode'
import { safeName } from '../text/safeName.ts'
import type { Room } from './isRoom.ts'
import { canInvite, isAdmin } from '../../shared/roomRights.ts'

interface Action {
  readonly label: string
  readonly command: string
  readonly isOffered: boolean
}

/** Offers what can be done with a room: the same as its context menu in the tree. */
export async function showRoomActions(conversation: Room): Promise<void> {
  const { id, title, room } = conversation
  const isActive = room.state === 'active'
  const actions: readonly Action[] = [
    { label: `$(person-add) ${vscode.l10n.t('Invite…')}`, command: 'tincan.inviteToRoom', isOffered: canInvite(room) },
    { label: `$(organization) ${vscode.l10n.t('Show Members')}`, command: 'tincan.showMembers', isOffered: true },
    { label: `$(bell) ${vscode.l10n.t('Notifications…')}`, command: 'tincan.setNotifications', isOffered: true },
    { label: `$(bell-slash) ${vscode.l10n.t('Mute…')}`, command: 'tincan.mute', isOffered: true },
    { label: `$(edit) ${vscode.l10n.t('Rename…')}`, command: 'tincan.renameRoom', isOffered: isAdmin(room) },
    { label: `$(note) ${vscode.l10n.t('Set the Topic…')}`, command: 'tincan.setTopic', isOffered: isAdmin(room) },
    {
      label: `$(clockface) ${vscode.l10n.t('Disappearing Messages…')}`,
      command: 'tincan.setLifetime',
      isOffered: isAdmin(room),
    },
    {
      label: `$(mail) ${vscode.l10n.t('Who May Invite…')}`,
      command: 'tincan.setWhoInvites',
      isOffered: isAdmin(room),
    },
    {
      label: `$(pinned) ${vscode.l10n.t('Unpin Messages…')}`,
      command: 'tincan.unpinMessages',
      isOffered: isAdmin(room) && room.pinned.length > 0,
    },
    { label: `$(sign-out) ${vscode.l10n.t('Leave…')}`, command: 'tincan.leaveRoom', isOffered: isActive },
    {
      label: `$(trash) ${vscode.l10n.t('Dissolve…')}`,
      command: 'tincan.dissolveRoom',
      isOffered: isActive && room.ownRole === 'owner',
    },
  ]
  const picked = await vscode.window.showQuickPick(
    actions.filter(({ isOffered }) => isOffered),
    { title: safeName(title), placeHolder: vscode.l10n.t('What would you like to do with this room?') },
  )
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command, id)
}
