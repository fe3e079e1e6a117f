import type * as vscode from 'vscode'
import type { OwnInvite, PendingJoin } from '../../shared/service.ts'
import { shortKey } from '../../shared/shortKey.ts'
import { askedPeople, openProposals, proposalLook } from '../contacts/proposals.ts'
import type { Proposal } from '../contacts/proposals.ts'
import type { RowLook } from '../conversations/rowLook.ts'
import { joinFailureSentence } from '../invites/joinFailureSentence.ts'
import type { ChatSnapshot } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import { needsAnswer } from '../view/waitingInvites.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** One row of what is asked for and not answered. */
export type RequestRow =
  | Proposal
  | { readonly kind: 'invite'; readonly invite: OwnInvite }
  | { readonly kind: 'join'; readonly join: PendingJoin }

/** Who waits for an answer of the user, then whom the user waits for, then invites that nobody has used yet. */
export function requestRows(snapshot: ChatSnapshot): readonly RequestRow[] {
  const asInvite = (invite: OwnInvite): RequestRow => ({ kind: 'invite', invite })
  const asJoin = (join: PendingJoin): RequestRow => ({ kind: 'join', join })
  const joins = snapshot.joins.filter(({ state }) => state !== 'joined')
  return [
    ...snapshot.invites.filter(needsAnswer).map(asInvite),
    ...openProposals(snapshot),
    ...askedPeople(snapshot),
    ...joins.filter(hasFailed).map(asJoin),
    ...joins.filter((join) => !hasFailed(join)).map(asJoin),
    ...snapshot.invites.filter(({ state }) => state === 'live').map(asInvite),
  ]
}

const hasFailed = ({ state }: PendingJoin): boolean => state === 'failed'

/** How many wait for an answer of the user. */
export function answerCount(snapshot: ChatSnapshot): number {
  return snapshot.invites.filter(needsAnswer).length + openProposals(snapshot).length
}

/** How many wait for an answer of the user, in words; empty where nobody does. */
export const answerWords = (count: number, l10n: L10n): string =>
  count === 0 ? '' : count === 1 ? l10n.t('1 waits for your answer') : l10n.t('{0} wait for your answer', String(count))

/** The row above the requests. */
export function requestsLook(snapshot: ChatSnapshot, l10n: L10n): RowLook {
  const label = l10n.t('Requests')
  const waiting = answerWords(answerCount(snapshot), l10n)
  return {
    id: 'requests',
    label,
    description: waiting,
    tooltip: l10n.t('Who waits for you, whom you wait for, and your open invites'),
    icon: 'inbox',
    context: 'requests',
    spoken: [label, waiting].filter((part) => part !== '').join(', '),
  }
}

/** `formatTime` turns milliseconds since 1970 into a time in the user's language. */
export function requestLook(row: RequestRow, l10n: L10n, formatTime: (at: number) => string): RowLook {
  switch (row.kind) {
    case 'offer':
    case 'request':
      return proposalLook(row, l10n, formatTime)
    case 'invite':
      return inviteLook(row.invite, l10n, formatTime)
    case 'join':
      return joinLook(row.join, l10n, formatTime)
  }
}

function inviteLook(invite: OwnInvite, l10n: L10n, formatTime: (at: number) => string): RowLook {
  const until = l10n.t('until {0}', formatTime(invite.expiresAt))
  if (needsAnswer(invite)) {
    const name = safeName(invite.joiner?.name ?? '')
    const description = l10n.t('wants to talk to you')
    const key = invite.joiner === undefined ? '' : l10n.t('Key {0}', shortKey(invite.joiner.person))
    return {
      id: invite.invite,
      label: name,
      description,
      tooltip: [l10n.t('{0} uses an invite of yours. Accept or decline.', name), key, until].join('\n'),
      icon: 'person-add',
      color: 'charts.yellow',
      context: 'invite.joining',
      spoken: l10n.t('{0} wants to talk to you', name),
    }
  }
  const label = invite.room === undefined ? l10n.t('Invite') : l10n.t('Invite to a room')
  return {
    id: invite.invite,
    label,
    description: until,
    tooltip: invite.autoAccept
      ? invite.room === undefined
        ? l10n.t('Whoever uses this link first becomes a contact.')
        : l10n.t('Whoever uses this link first joins the room.')
      : l10n.t('Whoever uses this link first is shown to you, and you accept or decline.'),
    icon: 'mail',
    context: 'invite.live',
    spoken: `${label}, ${until}`,
  }
}

function joinLook(join: PendingJoin, l10n: L10n, formatTime: (at: number) => string): RowLook {
  const isOver = hasFailed(join)
  const label = isOver ? l10n.t('Joining failed') : l10n.t('Joining')
  const description = isOver
    ? joinFailureSentence(join.reason, l10n)
    : join.state === 'unreachable'
      ? l10n.t('inviter is offline')
      : l10n.t('waiting for an answer')
  return {
    id: join.join,
    label,
    description,
    tooltip: [
      description,
      l10n.t('Invited by {0}', safeName(join.inviter)),
      ...(isOver ? [] : [l10n.t('until {0}', formatTime(join.expiresAt))]),
    ].join('\n'),
    icon: isOver ? 'warning' : 'sync',
    context: isOver ? 'join.failed' : 'join.waiting',
    spoken: `${label}, ${description}`,
  }
}
