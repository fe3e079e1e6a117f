import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import type { RoomMember } from '../../shared/rooms.ts'
import type { Boundary } from '../boundary.ts'
import { conversationOf, personOf } from '../conversations/commandArguments.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { SafetyScreens } from '../safety/safetyScreens.ts'
import { isRoom } from './isRoom.ts'
import type { Room } from './isRoom.ts'
import { askContact, changeRole, handOver, introduce, memberName, removeMember } from './memberActions.ts'

/** The commands of the context menu in the list of members. */
export function registerMemberCommands(boundary: Boundary, model: ChatModel, safety: SafetyScreens): vscode.Disposable {
  const onMember = (id: string, work: (room: Room, member: RoomMember) => Promise<void>): vscode.Disposable =>
    boundary.command(id, async (argument) => {
      const { room, member } = await findMember(model, argument)
      await work(room, member)
    })
  return vscode.Disposable.from(
    onMember('tincan.changeRole', (room, member) => changeRole(model, room, member)),
    onMember('tincan.removeMember', (room, member) => removeMember(model, room, member)),
    onMember('tincan.handOver', (room, member) => handOver(model, room, member)),
    onMember('tincan.askContact', (_room, member) => askContact(model, member)),
    onMember('tincan.introduce', (_room, member) => introduce(model, member.person, memberName(member))),
    onMember('tincan.showMemberSafetyNumber', (_room, { person }) => safety.open({ person })),
    onMember('tincan.verifyMember', (_room, { person }) => safety.open({ person })),
    onMember('tincan.unverifyMember', async (_room, { person }) => {
      await model.request('safety/verify', { person, verified: false })
    }),
  )
}

/** The member that a row is about, as the core knows it now. */
async function findMember(
  model: ChatModel,
  argument: unknown,
): Promise<{ readonly room: Room; readonly member: RoomMember }> {
  const conversation = conversationOf(argument)
  const person = personOf(argument)
  if (conversation === undefined || person === undefined) throw chatError('unknown-person')
  const room = (await model.request('conversation/list', {})).filter(isRoom).find(({ id }) => id === conversation)
  if (room === undefined) throw chatError('unknown-conversation')
  const members = await model.request('room/members', { conversation })
  const member = members.find((one) => one.person === person)
  if (member === undefined) throw chatError('not-a-member')
  return { room, member }
}
