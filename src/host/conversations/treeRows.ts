import type * as vscode from 'vscode'
import type { Conversation, OwnInvite, PendingJoin } from '../../shared/service.ts'
import type { ChatSnapshot } from '../life/chatModel.ts'
import { shortKey } from '../../shared/shortKey.ts'
import { safeName } from '../text/safeName.ts'
import { joinFailureSentence } from '../invites/joinFailureSentence.ts'
import { needsAnswer } from '../view/waitingInvites.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** One row of the native tree. */
export type TreeRow =
  | { readonly kind: 'conversation'; readonly conversation: Conversation }
  | { readonly kind: 'invite'; readonly invite: OwnInvite }
  | { readonly kind: 'join'; readonly join: PendingJoin }

/** How a row looks. Icons are product icon ids, colours theme colour ids. */
export interface RowLook {
  readonly id: string
  readonly label: string
  readonly description: string
  readonly tooltip: string
  readonly icon: string
  readonly color?: string
  /** For the `when` clauses of menus. */
  readonly context: string
  /** What a screen reader says. */
  readonly spoken: string
}

/** The rows in order: who waits for an answer, the conversations, then what else is open. */
export function treeRows(snapshot: ChatSnapshot): readonly TreeRow[] {
  const asInvite = (invite: OwnInvite): TreeRow => ({ kind: 'invite', invite })
  return [
    ...snapshot.invites.filter(needsAnswer).map(asInvite),
    ...snapshot.conversations.map((conversation): TreeRow => ({ kind: 'conversation', conversation })),
    ...snapshot.joins.filter(({ state }) => state !== 'joined').map((join): TreeRow => ({ kind: 'join', join })),
    ...snapshot.invites.filter(({ state }) => state === 'live').map(asInvite),
  ]
}

/** What wants the user's attention: unread messages, and people who wait for an answer. */
export function attentionCount(snapshot: ChatSnapshot): number {
  const unread = snapshot.conversations.reduce((sum, conversation) => sum + conversation.unread, 0)
  return unread + snapshot.invites.filter(needsAnswer).length
}

/** `formatTime` turns milliseconds since 1970 into a time in the user's language. */
export function rowLook(row: TreeRow, l10n: L10n, formatTime: (at: number) => string): RowLook {
  switch (row.kind) {
    case 'conversation':
      return conversationLook(row.conversation, l10n)
    case 'invite':
      return inviteLook(row.invite, l10n, formatTime)
    case 'join':
      return joinLook(row.join, l10n, formatTime)
  }
}

function conversationLook(conversation: Conversation, l10n: L10n): RowLook {
  const { online, unread } = conversation
  const label = safeName(conversation.title)
  const presence = online ? l10n.t('online') : l10n.t('offline')
  const unreadWords = unread === 0 ? '' : unread === 1 ? l10n.t('1 unread') : l10n.t('{0} unread', unread)
  const isVerified = conversation.members.every((member) => member.verified)
  const trust = isVerified ? l10n.t('verified') : l10n.t('not verified')
  const words = [unreadWords, presence].filter((part) => part !== '').join(' · ')
  return {
    id: conversation.id,
    label,
    description: words,
    tooltip: [label, presence, trust].join('\n'),
    icon: online ? 'circle-filled' : 'circle-outline',
    ...(online ? { color: 'testing.iconPassed' } : {}),
    context: isVerified ? 'conversation.verified' : 'conversation.unverified',
    spoken: [label, words, trust].join(', '),
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
  const label = l10n.t('Invite')
  return {
    id: invite.invite,
    label,
    description: until,
    tooltip: invite.autoAccept
      ? l10n.t('Whoever uses this link first becomes a contact.')
      : l10n.t('Whoever uses this link first is shown to you, and you accept or decline.'),
    icon: 'mail',
    context: 'invite.live',
    spoken: `${label}, ${until}`,
  }
}

function joinLook(join: PendingJoin, l10n: L10n, formatTime: (at: number) => string): RowLook {
  const until = l10n.t('until {0}', formatTime(join.expiresAt))
  const hasFailed = join.state === 'failed'
  const label = hasFailed ? l10n.t('Joining failed') : l10n.t('Joining')
  const description = hasFailed
    ? joinFailureSentence(join.reason, l10n)
    : join.state === 'unreachable'
      ? l10n.t('inviter is offline, {0}', until)
      : l10n.t('waiting for an answer')
  return {
    id: join.join,
    label,
    description,
    tooltip: [description, l10n.t('Invited by {0}', safeName(join.inviter)), until].join('\n'),
    icon: hasFailed ? 'warning' : 'sync',
    context: hasFailed ? 'join.failed' : 'join.waiting',
    spoken: `${label}, ${description}`,
  }
}
