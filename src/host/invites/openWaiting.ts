import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import { parseInviteId } from '../../shared/ids.ts'
import type { OwnInvite, PendingJoin } from '../../shared/service.ts'
import type { ProposalDesk } from '../contacts/answerProposal.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { formatTime } from '../text/formatTime.ts'
import { safeName } from '../text/safeName.ts'
import { needsAnswer, waitingInvites } from '../view/waitingInvites.ts'
import { answerJoiner, joinerQuestion } from './answerJoiner.ts'
import { copyInviteLink } from './inviteFlow.ts'

/** What can be done with invites and joins that are still open. */
export interface WaitingRoom {
  /** Opens one by its id: answer it, copy its link again, or give it up. */
  open(id: string): Promise<void>
  answer(id: string, accept: boolean): Promise<void>
  /** Whether this window let somebody in with this invite: the conversation is in sight then. */
  hasLetIn(id: OwnInvite['invite']): boolean
  revoke(id: string): Promise<void>
  abandon(join: string): Promise<void>
  copyLink(id: string): Promise<void>
  /** Lists everything open and opens what is chosen. */
  manage(): Promise<void>
}

export function createWaitingRoom(model: ChatModel, shown: OpenConversation, proposals: ProposalDesk): WaitingRoom {
  const inviteId = (id: string): OwnInvite['invite'] => {
    const parsed = parseInviteId(id)
    if (parsed === undefined) throw chatError('unknown-invite')
    return parsed
  }
  const letIn = new Set<OwnInvite['invite']>()
  const answer = async (id: string, accept: boolean): Promise<void> => {
    const invite = inviteId(id)
    if (accept) letIn.add(invite)
    const conversation = await answerJoiner(model, invite, accept)
    if (conversation !== undefined) await shown.reveal(conversation)
  }
  const revoke = async (id: string): Promise<void> => {
    await model.request('invite/revoke', { invite: inviteId(id) })
  }
  const abandon = async (join: string): Promise<void> => {
    await model.request('invite/abandon', { join })
  }
  const copyLink = async (id: string): Promise<void> => {
    const { link } = await model.request('invite/link', { invite: inviteId(id) })
    await copyInviteLink(link)
  }

  const openInvite = async (invite: OwnInvite): Promise<void> => {
    if (needsAnswer(invite)) {
      const accept = vscode.l10n.t('Accept')
      const decline = vscode.l10n.t('Decline')
      const choice = await vscode.window.showInformationMessage(
        joinerQuestion(model, invite),
        { modal: true },
        accept,
        decline,
      )
      if (choice !== undefined) await answer(invite.invite, choice === accept)
      return
    }
    const run = (command: string) => async (): Promise<void> => {
      await vscode.commands.executeCommand(command, invite.invite)
    }
    const show = { label: `$(device-camera) ${vscode.l10n.t('Show QR Code')}`, act: run('tincan.showInvite') }
    const copy = { label: `$(copy) ${vscode.l10n.t('Copy the Link Again')}`, act: () => copyLink(invite.invite) }
    const message = {
      label: `$(mail) ${vscode.l10n.t('Copy Invitation Message')}`,
      act: run('tincan.copyInvitationMessage'),
    }
    const take = { label: `$(trash) ${vscode.l10n.t('Take the Invite Back')}`, act: () => revoke(invite.invite) }
    const title = vscode.l10n.t('Invite, until {0}', formatTime(invite.expiresAt, vscode.env.language, Date.now()))
    const choice = await vscode.window.showQuickPick([show, copy, message, take], {
      title,
    })
    await choice?.act()
  }
  const openJoin = async (join: PendingJoin): Promise<void> => {
    const isOver = join.state === 'failed'
    const label = isOver ? vscode.l10n.t('Remove from the List') : vscode.l10n.t('Stop Joining')
    const title = vscode.l10n.t('Invited by {0}', safeName(join.inviter))
    const choice = await vscode.window.showQuickPick([`$(close) ${label}`], { title })
    if (choice !== undefined) await abandon(join.join)
  }

  const open = async (id: string): Promise<void> => {
    const { own, joins } = await model.request('invite/list', {})
    const invite = own.find((one) => one.invite === id)
    const join = joins.find((one) => one.join === id)
    if (invite !== undefined) await openInvite(invite)
    else if (join !== undefined) await openJoin(join)
    else throw chatError('unknown-invite')
  }

  return {
    open,
    answer,
    hasLetIn: (invite) => letIn.has(invite),
    revoke,
    abandon,
    copyLink,
    async manage() {
      const { own, joins } = await model.request('invite/list', {})
      const items = waitingInvites({ ...model.snapshot, invites: own, joins }, vscode.l10n).map((one) => ({
        label: one.sentence,
        description: untilWords(one.expiresAt),
        act: () => (proposals.has(one.id) ? proposals.open(one.id) : open(one.id)),
      }))
      const invite = {
        label: `$(add) ${vscode.l10n.t('Invite Somebody…')}`,
        description: '',
        act: async () => {
          await vscode.commands.executeCommand('tincan.invite')
        },
      }
      const choice = await vscode.window.showQuickPick([...items, invite], {
        title: vscode.l10n.t('Invites'),
        placeHolder:
          items.length === 0
            ? vscode.l10n.t('No invite is open.')
            : vscode.l10n.t('Choose an invite to answer it or take it back.'),
      })
      await choice?.act()
    },
  }
}

const untilWords = (at: number | undefined): string =>
  at === undefined ? '' : vscode.l10n.t('until {0}', formatTime(at, vscode.env.language, Date.now()))
