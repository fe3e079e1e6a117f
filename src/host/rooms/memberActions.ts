import * as vscode from 'vscode'
import type { PersonId } from '../../shared/ids.ts'
import type { RoomMember } from '../../shared/rooms.ts'
import { shortKey } from '../../shared/shortKey.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import type { Room } from './isRoom.ts'
import { roleDetail, roleName } from './roleWords.ts'
import { grantableRoles } from '../../shared/roomRights.ts'

/** A member as a sentence may name it: with part of the key where the name is not enough. */
export const memberName = ({ name, person, looksLikeAnother }: RoomMember): string =>
  looksLikeAnother ? `${safeName(name)} (${shortKey(person)})` : safeName(name)

/** Asks for another role. */
export async function changeRole(model: ChatModel, room: Room, member: RoomMember): Promise<void> {
  const items = grantableRoles(room.room.ownRole).map((role) => ({
    label: roleName(role, vscode.l10n),
    description: role === member.role ? vscode.l10n.t('now') : '',
    detail: roleDetail(role, vscode.l10n),
    role,
  }))
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Role of {0}', memberName(member)),
    placeHolder: vscode.l10n.t('What may {0} do?', memberName(member)),
  })
  if (picked === undefined || picked.role === member.role) return
  await model.request('room/setRole', { conversation: room.id, person: member.person, role: picked.role })
}

/** Removes a member, once the user has read what that does and what it cannot do. */
export async function removeMember(model: ChatModel, room: Room, member: RoomMember): Promise<void> {
  const name = memberName(member)
  const detail = [
    vscode.l10n.t('What is written from now on, {0} cannot read: the room gets a new key.', name),
    vscode.l10n.t('What {0} already has, {0} keeps: messages cannot be taken back from somebody’s computer.', name),
  ].join('\n\n')
  const remove = vscode.l10n.t('Remove')
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remove {0} from {1}?', name, safeName(room.title)),
    { modal: true, detail },
    remove,
  )
  if (answer === remove) await model.request('room/remove', { conversation: room.id, person: member.person })
}

/** Makes a member the owner, once the user has read that they are it no longer. */
export async function handOver(model: ChatModel, room: Room, member: RoomMember): Promise<void> {
  const give = vscode.l10n.t('Hand Over')
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Hand {0} over to {1}?', safeName(room.title), memberName(member)),
    {
      modal: true,
      detail: vscode.l10n.t('They own the room then, and you become an admin. Only they can give it back.'),
    },
    give,
  )
  if (answer !== give) return
  await model.request('room/setRole', { conversation: room.id, person: member.person, role: 'owner' })
}

/** Asks a member to become a contact. */
export async function askContact(model: ChatModel, member: RoomMember): Promise<void> {
  await model.request('contact/ask', { person: member.person })
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} is asked. You become contacts as soon as they accept.', memberName(member)),
  )
}

/** Introduces a contact to another one of the user's choice. */
export async function introduce(model: ChatModel, person: PersonId, name: string): Promise<void> {
  const contacts = (await model.request('conversation/list', {}))
    .filter(({ kind }) => kind === 'direct')
    .flatMap(({ members }) => members)
    .filter((contact) => contact.person !== person && contact.blocked !== true)
  if (contacts.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('You have no other contact to introduce {0} to.', name))
    return
  }
  const items = contacts
    .map((contact) => ({ label: safeName(contact.name), description: shortKey(contact.person), contact }))
    .sort((a, b) => a.label.localeCompare(b.label))
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Introduce {0} to…', name),
    placeHolder: vscode.l10n.t('Both are asked, and become contacts when both accept.'),
  })
  if (picked === undefined) return
  await model.request('contact/introduce', { person, to: picked.contact.person })
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} and {1} are asked whether they want to be contacts.', name, safeName(picked.contact.name)),
  )
}
