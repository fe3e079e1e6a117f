import * as vscode from 'vscode'
import type { Boundary } from '../boundary.ts'
import { waitingIdOf } from '../conversations/commandArguments.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { inviteSomebody } from './inviteFlow.ts'
import type { InviteLinks } from './inviteFlow.ts'
import type { JoinFlow } from './joinFlow.ts'
import type { WaitingRoom } from './openWaiting.ts'

/** The commands about invites, and their places in the tree. */
export function registerInviteCommands(init: {
  readonly boundary: Boundary
  readonly model: ChatModel
  readonly links: InviteLinks
  readonly join: JoinFlow
  readonly room: WaitingRoom
}): vscode.Disposable {
  const { boundary, model, room } = init
  const onRow = (id: string, work: (waiting: string) => Promise<void>): vscode.Disposable =>
    boundary.command(id, (argument) => {
      const waiting = waitingIdOf(argument)
      return waiting === undefined ? room.manage() : work(waiting)
    })
  return vscode.Disposable.from(
    boundary.command('tincan.invite', () => inviteSomebody(model, init.links)),
    boundary.command('tincan.join', () => init.join.askForLink()),
    boundary.command('tincan.manageInvites', () => room.manage()),
    onRow('tincan.openWaiting', (id) => room.open(id)),
    onRow('tincan.acceptInvite', (id) => room.answer(id, true)),
    onRow('tincan.declineInvite', (id) => room.answer(id, false)),
    onRow('tincan.revokeInvite', (id) => room.revoke(id)),
    onRow('tincan.copyInvite', (id) => room.copyLink(id)),
    onRow('tincan.abandonJoin', (id) => room.abandon(id)),
  )
}
