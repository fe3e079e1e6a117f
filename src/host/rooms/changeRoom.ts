import * as vscode from 'vscode'
import { askChoice, askText } from '../input/stepInputs.ts'
import type { StepFrame } from '../input/steps.ts'
import type { Message } from '../../shared/service.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { hitItem } from '../search/hitItem.ts'
import { safeName } from '../text/safeName.ts'
import type { Room } from './isRoom.ts'
import { titleQuestion, topicQuestion, whoInvitesChoices } from './roomTexts.ts'

const alone = (title: string): StepFrame => ({ title, step: 1, totalSteps: 1 })

/** Asks for another title. */
export async function renameRoom(model: ChatModel, { id, title }: Room): Promise<void> {
  const answer = await askText(alone(vscode.l10n.t('Rename {0}', safeName(title))), titleQuestion(title))
  if (typeof answer === 'object' && answer.value !== title) {
    await model.request('room/set', { conversation: id, title: answer.value })
  }
}

/** Asks for another topic, or none. */
export async function setTopic(model: ChatModel, { id, title, room }: Room): Promise<void> {
  const answer = await askText(alone(vscode.l10n.t('Topic of {0}', safeName(title))), topicQuestion(room.topic))
  if (typeof answer === 'object' && answer.value !== room.topic) {
    await model.request('room/set', { conversation: id, topic: answer.value })
  }
}

/** Asks who may invite. */
export async function setWhoInvites(model: ChatModel, { id, title, room }: Room): Promise<void> {
  const frame = alone(vscode.l10n.t('Who may invite people to {0}?', safeName(title)))
  const answer = await askChoice(frame, '', whoInvitesChoices(), room.whoInvites)
  if (typeof answer === 'object' && answer.value !== room.whoInvites) {
    await model.request('room/set', { conversation: id, whoInvites: answer.value })
  }
}

/** Lets the user choose pinned messages that are pinned no longer: the one pinned last on top, as the room shows them. */
export async function unpinMessages(model: ChatModel, { id, title, room }: Room): Promise<void> {
  if (room.pinned.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is pinned here.'))
    return
  }
  const found = await Promise.all(
    room.pinned.map((message) => model.request('message/get', { conversation: id, message })),
  )
  const look = (message: Message | null): vscode.QuickPickItem =>
    message === null
      ? { label: vscode.l10n.t('This message is not here yet.') }
      : { ...hitItem({ conversation: id, message, ranges: [] }, model.snapshot, Date.now()), alwaysShow: false }
  const items = room.pinned.map((pinned, index) => ({ ...look(found[index] ?? null), pinned })).reverse()
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Pinned in {0}', safeName(title)),
    placeHolder: vscode.l10n.t('Unpin which messages?'),
    canPickMany: true,
  })
  for (const { pinned } of chosen ?? []) await model.request('room/set', { conversation: id, unpin: pinned })
}
