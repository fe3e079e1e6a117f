import * as vscode from 'vscode'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import type { Room } from './isRoom.ts'

/** Leaves a room, once the user has read what that means. An owner is told to hand it over or dissolve it first. */
export async function leaveRoom(model: ChatModel, room: Room): Promise<void> {
  const name = safeName(room.title)
  if (room.room.ownRole === 'owner' && room.room.memberCount > 1) {
    const dissolve = vscode.l10n.t('Dissolve…')
    const members = vscode.l10n.t('Show Members')
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('You own {0}.', name),
      {
        modal: true,
        detail: vscode.l10n.t(
          'Hand it over to another member first, in the context menu of the members. Or dissolve it for everybody.',
        ),
      },
      members,
      dissolve,
    )
    if (answer === members) await vscode.commands.executeCommand('tincan.showMembers', room.id)
    if (answer === dissolve) await dissolveRoom(model, room)
    return
  }
  if (room.room.ownRole === 'owner') return dissolveRoom(model, room)
  const leave = vscode.l10n.t('Leave')
  const detail = vscode.l10n.t(
    'You can neither read nor write what comes after. What you have of it stays on this computer. You come back only with a new invite.',
  )
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Leave {0}?', name),
    { modal: true, detail },
    leave,
  )
  if (answer === leave) await model.request('room/leave', { conversation: room.id })
}

/** Ends a room for everybody, once the user has read what that means. */
export async function dissolveRoom(model: ChatModel, room: Room): Promise<void> {
  const dissolve = vscode.l10n.t('Dissolve')
  const detail = vscode.l10n.t(
    'Nobody can write in it any more, and that cannot be undone. What each member has of it stays on their computers.',
  )
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Dissolve {0} for everybody?', safeName(room.title)),
    { modal: true, detail },
    dissolve,
  )
  if (answer === dissolve) await model.request('room/dissolve', { conversation: room.id })
}
