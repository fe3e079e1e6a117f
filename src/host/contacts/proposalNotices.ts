import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import type { Boundary } from '../boundary.ts'
import type { ChatLife } from '../life/chatLife.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { notificationSetting } from '../settings.ts'
import type { ProposalDesk } from './answerProposal.ts'
import { openProposals, proposalId, proposalQuestion } from './proposals.ts'

/** At most so many questions at once: the rest waits in the tree. */
const maxAsked = 3

/**
 * Tells of proposals as they come, each once, in the one of a person's windows that was used last. Those that were there
 * when the window opened wait in the tree.
 */
export function registerProposalNotices(
  model: ChatModel,
  life: Pick<ChatLife, 'standing'>,
  boundary: Boundary,
  desk: ProposalDesk,
): Disposable {
  const known = new Set<string>()
  let isFirst = true
  let asked = 0

  const ask = async (id: string, question: string): Promise<void> => {
    asked += 1
    try {
      const [accept, decline] = [vscode.l10n.t('Accept'), vscode.l10n.t('Decline')]
      const more = vscode.l10n.t('More…')
      const choice = await vscode.window.showInformationMessage(question, accept, decline, more)
      if (choice === undefined || !desk.has(id)) return
      if (choice === more) await desk.open(id)
      else await desk.answer(id, choice === accept)
    } finally {
      asked -= 1
    }
  }

  const refresh = (): void => {
    if (model.snapshot.identity?.kind !== 'ready') return
    for (const proposal of openProposals(model.snapshot)) {
      const id = proposalId(proposal)
      if (known.has(id)) continue
      known.add(id)
      if (isFirst || !life.standing.speaks || asked >= maxAsked || notificationSetting() === 'none') continue
      void boundary.run('a proposal', () => ask(id, proposalQuestion(proposal, vscode.l10n).question))
    }
    isFirst = false
  }
  refresh()
  return model.onDidChange(refresh)
}
