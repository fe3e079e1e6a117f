import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import type { InviteId } from '../../shared/ids.ts'
import { parseInviteId } from '../../shared/ids.ts'
import type { Boundary } from '../boundary.ts'
import { waitingIdOf } from '../conversations/commandArguments.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { inviteSomebody } from './inviteFlow.ts'
import type { InviteScreens } from './inviteScreens.ts'
import type { JoinFlow } from './joinFlow.ts'
import type { WaitingRoom } from './openWaiting.ts'

/** The commands about invites, and their places in the tree. */
export function registerInviteCommands(init: {
  readonly boundary: Boundary
  readonly model: ChatModel
  readonly join: JoinFlow
  readonly room: WaitingRoom
  readonly invites: InviteScreens
}): vscode.Disposable {
  const { boundary, model, room } = init
  const onRow = (id: string, work: (waiting: string) => Promise<void>): vscode.Disposable =>
    boundary.command(id, (argument) => {
      const waiting = waitingIdOf(argument)
      return waiting === undefined ? room.manage() : work(waiting)
    })
  const onLink = (id: string, work: (invite: InviteId) => Promise<void>): vscode.Disposable =>
    onRow(id, async (waiting) => {
      const invite = parseInviteId(waiting)
      if (invite === undefined) throw chatError('unknown-invite')
      await work(invite)
    })
  return vscode.Disposable.from(
    boundary.command('tincan.invite', () => inviteSomebody(model)),
    boundary.command('tincan.join', () => init.join.askForLink()),
    boundary.command('tincan.manageInvites', () => room.manage()),
    onRow('tincan.openWaiting', (id) => room.open(id)),
    onRow('tincan.acceptInvite', (id) => room.answer(id, true)),
    onRow('tincan.declineInvite', (id) => room.answer(id, false)),
    onRow('tincan.revokeInvite', (id) => room.revoke(id)),
    onRow('tincan.copyInvite', (id) => room.copyLink(id)),
    onLink('tincan.showInvite', (invite) => init.invites.open(invite)),
    onLink('tincan.copyInvitationMessage', (invite) => init.invites.copyMessage(invite)),
    onRow('tincan.abandonJoin', (id) => room.abandon(id)),
    onRow('tincan.forgetJoin', (id) => room.abandon(id)),
  )
}
