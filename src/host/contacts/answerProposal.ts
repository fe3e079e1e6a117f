import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { askedPeople, openProposals, proposalId, proposalQuestion } from './proposals.ts'
import type { Proposal } from './proposals.ts'
import { safeName } from '../text/safeName.ts'

/** The user's side of what others propose: rooms they offer, people who want to be contacts. */
export interface ProposalDesk {
  /** Whether something of this id waits for an answer. */
  has(id: string): boolean
  /** Puts the question, and answers as the user does. */
  open(id: string): Promise<void>
  answer(id: string, accept: boolean): Promise<void>
}

export function createProposalDesk(model: ChatModel, shown: OpenConversation): ProposalDesk {
  const find = (id: string): Proposal | undefined => openProposals(model.snapshot).find((one) => proposalId(one) === id)
  const send = (proposal: Proposal, accept: boolean): Promise<{ conversation?: ConversationId }> =>
    proposal.kind === 'offer'
      ? model.request('room/answer', { offer: proposal.offer.offer, accept })
      : model.request('contact/answer', { request: proposal.request.request, accept })

  const answer = async (id: string, accept: boolean): Promise<void> => {
    const proposal = find(id)
    if (proposal === undefined) throw chatError('unknown-offer')
    const { conversation } = await send(proposal, accept)
    if (conversation !== undefined) await shown.reveal(conversation)
    else if (accept && proposal.kind === 'request') {
      void vscode.window.showInformationMessage(vscode.l10n.t('You become contacts as soon as the other side agrees.'))
    }
  }
  /** A row of somebody whom the user asked has nothing to answer. */
  const tellOfAsked = (id: string): void => {
    const asked = askedPeople(model.snapshot).find((one) => proposalId(one) === id)
    if (asked?.kind !== 'request') return
    const name = safeName(asked.request.name)
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} was asked, and has not answered yet.', name))
  }
  return {
    has: (id) => find(id) !== undefined,
    answer,
    async open(id) {
      const proposal = find(id)
      if (proposal === undefined) {
        tellOfAsked(id)
        return
      }
      const { question, detail } = proposalQuestion(proposal, vscode.l10n)
      const accept = vscode.l10n.t('Accept')
      const decline = vscode.l10n.t('Decline')
      const choice = await vscode.window.showInformationMessage(question, { modal: true, detail }, accept, decline)
      if (choice !== undefined) await answer(id, choice === accept)
    },
  }
}
