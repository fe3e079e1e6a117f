import * as vscode from 'vscode'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import type { Room } from './isRoom.ts'
import { handOver, memberName } from './memberActions.ts'
import { roleName } from './roleWords.ts'

/** Leaves a room, once the user has read what that means. An owner is told to hand it over or dissolve it first. */
export async function leaveRoom(model: ChatModel, room: Room): Promise<void> {
  const name = safeName(room.title)
  if (room.room.ownRole === 'owner' && room.room.memberCount > 1) {
    const [give, dissolve] = [vscode.l10n.t('Hand Over…'), vscode.l10n.t('Dissolve…')]
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('You own {0}.', name),
      {
        modal: true,
        detail: vscode.l10n.t('Hand it over to another member before you leave. Or dissolve it for everybody.'),
      },
      give,
      dissolve,
    )
    if (answer === give) await handOverToSomebody(model, room)
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

/**
 * Ends a room for everybody, once the user has read what that means. Where others are in it, handing it over comes first
 * among the answers, because the editor gives the first one the keyboard: an Enter that comes too soon ends nothing.
 */
export async function dissolveRoom(model: ChatModel, room: Room): Promise<void> {
  const [give, dissolve] = [vscode.l10n.t('Hand Over…'), vscode.l10n.t('Dissolve')]
  const hasOthers = room.room.memberCount > 1
  const detail = [
    vscode.l10n.t(
      'Nobody can write in it any more, and that cannot be undone. What each member has of it stays on their computers.',
    ),
    ...(hasOthers ? [vscode.l10n.t('If you only want to leave, hand it over: the others go on without you.')] : []),
  ].join('\n\n')
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Dissolve {0} for everybody?', safeName(room.title)),
    { modal: true, detail },
    ...(hasOthers ? [give] : []),
    dissolve,
  )
  if (answer === give) await handOverToSomebody(model, room)
  if (answer === dissolve) await model.request('room/dissolve', { conversation: room.id })
}

/** Asks which member is to own the room from now on. */
async function handOverToSomebody(model: ChatModel, room: Room): Promise<void> {
  const members = await model.request('room/members', { conversation: room.id })
  const items = members
    .filter(({ isSelf }) => !isSelf)
    .map((member) => ({ label: memberName(member), description: roleName(member.role, vscode.l10n), member }))
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Hand {0} Over', safeName(room.title)),
    placeHolder: vscode.l10n.t('Who is to own the room?'),
  })
  if (picked !== undefined) await handOver(model, room, picked.member)
}
