import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import type { Conversation } from '../../shared/service.ts'
import type { Boundary } from '../boundary.ts'
import { conversationOf } from '../conversations/commandArguments.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import { pickConversation } from '../conversations/pickConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { chooseLevel, chooseMute } from '../notify/notificationLevel.ts'
import { renameRoom, setTopic, setWhoInvites, unpinMessages } from './changeRoom.ts'
import { createRoom } from './createRoom.ts'
import { dissolveRoom, leaveRoom } from './endRoom.ts'
import { inviteToRoom } from './inviteToRoom.ts'
import type { Room } from './isRoom.ts'
import type { MembersView } from './membersView.ts'
import { chooseRoom } from './pickRoom.ts'
import { showRoomActions } from './roomActions.ts'

/** The commands about rooms, and about how loudly conversations are told of. */
export function registerRoomCommands(init: {
  readonly boundary: Boundary
  readonly model: ChatModel
  readonly shown: OpenConversation
  readonly members: MembersView
}): vscode.Disposable {
  const { boundary, model, shown } = init
  const onRoom = (id: string, question: string, work: (room: Room) => Promise<void>): vscode.Disposable =>
    boundary.command(id, async (argument) => {
      const room = await chooseRoom(model, conversationOf(argument) ?? shownRoom(), question)
      if (room !== undefined) await work(room)
    })
  /** A command of the palette is about the room that is open. */
  const shownRoom = (): Conversation['id'] | undefined =>
    model.snapshot.conversations.find(({ id, room }) => id === shown.current && room?.state === 'active')?.id
  const onConversation = (
    id: string,
    question: string,
    work: (conversation: Conversation) => Promise<void>,
  ): vscode.Disposable =>
    boundary.command(id, async (argument) => {
      const given = conversationOf(argument)
      const conversation = given === undefined ? await pickConversation(model, question) : await find(model, given)
      if (conversation !== undefined) await work(conversation)
    })

  const { t } = vscode.l10n
  return vscode.Disposable.from(
    boundary.command('tincan.createRoom', () =>
      createRoom(model, shown, async (id) => inviteToRoom(model, await findRoom(model, id))),
    ),
    onRoom('tincan.inviteToRoom', t('Invite to which room?'), (room) => inviteToRoom(model, room)),
    onRoom('tincan.showMembers', t('Show the members of which room?'), ({ id }) => init.members.show(id)),
    onRoom('tincan.renameRoom', t('Rename which room?'), (room) => renameRoom(model, room)),
    onRoom('tincan.setTopic', t('Set the topic of which room?'), (room) => setTopic(model, room)),
    onRoom('tincan.setWhoInvites', t('Of which room?'), (room) => setWhoInvites(model, room)),
    onRoom('tincan.unpinMessages', t('Of which room?'), (room) => unpinMessages(model, room)),
    onRoom('tincan.leaveRoom', t('Leave which room?'), (room) => leaveRoom(model, room)),
    onRoom('tincan.dissolveRoom', t('Dissolve which room?'), (room) => dissolveRoom(model, room)),
    onRoom('tincan.showRoomActions', t('Which room?'), (room) => showRoomActions(room)),
    onConversation('tincan.setNotifications', t('Notifications of which conversation?'), (conversation) =>
      chooseLevel(model, conversation),
    ),
    onConversation('tincan.mute', t('Mute which conversation?'), (conversation) => chooseMute(model, conversation)),
  )
}

async function find(model: ChatModel, id: Conversation['id']): Promise<Conversation> {
  const found = (await model.request('conversation/list', {})).find((conversation) => conversation.id === id)
  if (found === undefined) throw chatError('unknown-conversation')
  return found
}

async function findRoom(model: ChatModel, id: Conversation['id']): Promise<Room> {
  const found = await find(model, id)
  if (found.room === undefined) throw chatError('unknown-conversation')
  return { ...found, room: found.room }
}
