import type * as vscode from 'vscode'
import { assertNever } from '../../shared/assertNever.ts'
import type { OwnInvite, PendingJoin } from '../../shared/service.ts'
import type { WaitingInvite } from '../../shared/webviewProtocol.ts'
import { openProposals, proposalId, proposalQuestion } from '../contacts/proposals.ts'
import type { Proposal } from '../contacts/proposals.ts'
import type { ChatSnapshot } from '../life/chatModel.ts'
import { joinFailureSentence } from '../invites/joinFailureSentence.ts'
import { safeName } from '../text/safeName.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** The invites, joins and proposals that are still open, the ones that need an answer first. */
export function waitingInvites(snapshot: ChatSnapshot, l10n: L10n): readonly WaitingInvite[] {
  const { invites, joins } = snapshot
  const proposals = openProposals(snapshot).map((proposal) => waitingProposal(proposal, l10n))
  const own = invites.map((invite) => waitingOwn(invite, l10n))
  const others = joins.map((join) => waitingJoin(join, l10n))
  const open = [...proposals, ...own, ...others].filter((one) => one !== undefined)
  const rank = { confirming: 0, failed: 1, joining: 2, inviting: 3 } as const
  return open.sort((a, b) => rank[a.kind] - rank[b.kind] || (a.expiresAt ?? 0) - (b.expiresAt ?? 0))
}

/** Somebody waits for an answer of this user. */
export const needsAnswer = (invite: OwnInvite): boolean => invite.state === 'joining' && !invite.autoAccept

function waitingProposal(proposal: Proposal, l10n: L10n): WaitingInvite {
  const sentence = proposalQuestion(proposal, l10n).question
  const expiry = proposal.kind === 'offer' ? { expiresAt: proposal.offer.expiresAt } : {}
  return { kind: 'confirming', id: proposalId(proposal), sentence, ...expiry }
}

function waitingOwn(invite: OwnInvite, l10n: L10n): WaitingInvite | undefined {
  const base = { id: invite.invite, expiresAt: invite.expiresAt }
  if (needsAnswer(invite)) {
    const name = safeName(invite.joiner?.name ?? '')
    return { ...base, kind: 'confirming', sentence: l10n.t('{0} wants to talk to you', name) }
  }
  if (invite.state !== 'live') return undefined
  return { ...base, kind: 'inviting', sentence: l10n.t('Your invite waits for somebody to use it') }
}

function waitingJoin(join: PendingJoin, l10n: L10n): WaitingInvite | undefined {
  const base = { kind: 'joining', id: join.join, expiresAt: join.expiresAt } as const
  switch (join.state) {
    case 'unreachable':
      return { ...base, sentence: l10n.t('Whoever invited you is offline; Tincan keeps trying') }
    case 'waiting-for-answer':
      return { ...base, sentence: l10n.t('Whoever invited you has been asked to let you in') }
    case 'failed':
      return { ...base, kind: 'failed', sentence: joinFailureSentence(join.reason, l10n) }
    case 'joined':
    case 'abandoned':
      return undefined
    default:
      return assertNever(join.state)
  }
}
