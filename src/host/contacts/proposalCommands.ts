import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import type { Boundary } from '../boundary.ts'
import { conversationOf, proposalIdOf } from '../conversations/commandArguments.ts'
import { pickConversation } from '../conversations/pickConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { introduce } from '../rooms/memberActions.ts'
import { safeName } from '../text/safeName.ts'
import type { ProposalDesk } from './answerProposal.ts'

/** The commands about what others propose, and about introducing contacts to each other. */
export function registerProposalCommands(boundary: Boundary, model: ChatModel, desk: ProposalDesk): vscode.Disposable {
  const onRow = (id: string, work: (proposal: string) => Promise<void>): vscode.Disposable =>
    boundary.command(id, async (argument) => {
      const proposal = proposalIdOf(argument)
      if (proposal === undefined) throw chatError('unknown-offer')
      await work(proposal)
    })
  return vscode.Disposable.from(
    onRow('tincan.openProposal', (id) => desk.open(id)),
    onRow('tincan.acceptProposal', (id) => desk.answer(id, true)),
    onRow('tincan.declineProposal', (id) => desk.answer(id, false)),
    boundary.command('tincan.introduceContact', async (argument) => {
      const given = conversationOf(argument)
      const known = model.snapshot.conversations.find(({ id }) => id === given)
      const question = vscode.l10n.t('Introduce whom?')
      const conversation = known ?? (await pickConversation(model, question, ({ kind }) => kind === 'direct'))
      const [contact] = conversation?.kind === 'direct' ? conversation.members : []
      if (contact !== undefined) await introduce(model, contact.person, safeName(contact.name))
    }),
  )
}
