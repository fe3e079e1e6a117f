import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import { isRoom } from './isRoom.ts'
import type { Room } from './isRoom.ts'
import { presenceWords } from './roomLook.ts'

/**
 * The room that a command is about: the one given, the one shown, or one that the user picks. `undefined`: none picked,
 * or there is none (the user has been told). Throws `unknown-conversation` where the given one is no room.
 */
export async function chooseRoom(
  model: ChatModel,
  given: ConversationId | undefined,
  placeHolder: string,
): Promise<Room | undefined> {
  const rooms = (await model.request('conversation/list', {})).filter(isRoom)
  if (given !== undefined) {
    const found = rooms.find(({ id }) => id === given)
    if (found === undefined) throw chatError('unknown-conversation')
    return found
  }
  const active = rooms.filter(({ room }) => room.state === 'active')
  if (active.length === 0) {
    const create = vscode.l10n.t('Create a Room…')
    const answer = await vscode.window.showInformationMessage(vscode.l10n.t('You are in no room yet.'), create)
    if (answer === create) await vscode.commands.executeCommand('tincan.createRoom')
    return undefined
  }
  const items = active.map((room) => ({
    label: `$(organization) ${safeName(room.title)}`,
    description: presenceWords(room.room, vscode.l10n),
    room,
  }))
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.room
}
