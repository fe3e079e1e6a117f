import type * as vscode from 'vscode'
import type { Conversation, OwnInvite, PendingJoin } from '../../shared/service.ts'
import type { RowLook } from './rowLook.ts'
import { unreadWords } from './unreadWords.ts'
import type { ChatSnapshot } from '../life/chatModel.ts'
import { shortKey } from '../../shared/shortKey.ts'
import { safeName } from '../text/safeName.ts'
import { joinFailureSentence } from '../invites/joinFailureSentence.ts'
import { isMuted, loudCount } from '../notify/loudness.ts'
import { isRoom } from '../rooms/isRoom.ts'
import { roomLook } from '../rooms/roomLook.ts'
import { ownNameWords } from '../contacts/ownNameWords.ts'
import { askedPeople, openProposals, proposalLook } from '../contacts/proposals.ts'
import type { Proposal } from '../contacts/proposals.ts'
import { needsAnswer } from '../view/waitingInvites.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** One row of the native tree. */
export type TreeRow =
  | { readonly kind: 'conversation'; readonly conversation: Conversation; readonly isMuted: boolean }
  | Proposal
  | { readonly kind: 'invite'; readonly invite: OwnInvite }
  | { readonly kind: 'join'; readonly join: PendingJoin }

/** The rows in order: who waits for an answer, the conversations, then what else is open. `now` is in ms since 1970. */
export function treeRows(snapshot: ChatSnapshot, now: number): readonly TreeRow[] {
  const asInvite = (invite: OwnInvite): TreeRow => ({ kind: 'invite', invite })
  const asConversation = (conversation: Conversation): TreeRow => ({
    kind: 'conversation',
    conversation,
    isMuted: isMuted(conversation, now),
  })
  return [
    ...snapshot.invites.filter(needsAnswer).map(asInvite),
    ...openProposals(snapshot),
    ...snapshot.conversations.map(asConversation),
    ...askedPeople(snapshot),
    ...snapshot.joins.filter(({ state }) => state !== 'joined').map((join): TreeRow => ({ kind: 'join', join })),
    ...snapshot.invites.filter(({ state }) => state === 'live').map(asInvite),
  ]
}

/** What wants the user's attention: messages they want to be told of, and people who wait for an answer. */
export function attentionCount(snapshot: ChatSnapshot, now: number): number {
  const messages = snapshot.conversations.reduce((sum, conversation) => sum + loudCount(conversation, now), 0)
  return messages + snapshot.invites.filter(needsAnswer).length + openProposals(snapshot).length
}

/** When the next conversation is muted no longer, where one is: the rows are others then. */
export function nextUnmute(snapshot: ChatSnapshot, now: number): number | undefined {
  const times = snapshot.conversations.map(({ notify }) => notify.mutedUntil ?? 0).filter((until) => until > now)
  return times.length === 0 ? undefined : Math.min(...times)
}

/** `formatTime` turns milliseconds since 1970 into a time in the user's language. */
export function rowLook(row: TreeRow, l10n: L10n, formatTime: (at: number) => string): RowLook {
  switch (row.kind) {
    case 'conversation':
      return isRoom(row.conversation)
        ? roomLook(row.conversation, row.isMuted, l10n)
        : conversationLook(row.conversation, row.isMuted, l10n)
    case 'offer':
    case 'request':
      return proposalLook(row, l10n, formatTime)
    case 'invite':
      return inviteLook(row.invite, l10n, formatTime)
    case 'join':
      return joinLook(row.join, l10n, formatTime)
  }
}

function conversationLook(conversation: Conversation, isQuiet: boolean, l10n: L10n): RowLook {
  const { online, unread } = conversation
  const [contact] = conversation.members
  const label = safeName(conversation.title)
  if (conversation.isSelf === true) return notesLook(conversation.id, label, l10n)
  const key = contact?.looksLikeAnother === true ? l10n.t('Key {0}', shortKey(contact.person)) : ''
  const likeness = key === '' ? '' : l10n.t('Another contact has a name that looks like this one.')
  const ownName = contact === undefined ? '' : ownNameWords(contact, l10n)
  const presence = online ? l10n.t('online') : l10n.t('offline')
  const muted = isQuiet ? l10n.t('muted') : ''
  const isVerified = conversation.members.every((member) => member.verified)
  const trust = isVerified ? l10n.t('verified') : l10n.t('not verified')
  const isBlocked = contact?.blocked === true
  const state = isBlocked ? l10n.t('blocked') : presence
  const twin = contact === undefined || key === '' ? '' : `⚠ ${shortKey(contact.person)}`
  const words = [twin, unreadWords(unread, l10n), state, muted].filter(isSaid).join(' · ')
  return {
    id: conversation.id,
    label,
    description: words,
    tooltip: [label, ownName, state, trust, likeness, key].filter(isSaid).join('\n'),
    icon: isBlocked ? 'circle-slash' : online ? 'circle-filled' : 'circle-outline',
    ...(online ? { color: 'testing.iconPassed' } : {}),
    context: isBlocked ? 'conversation.blocked' : isVerified ? 'conversation.verified' : 'conversation.unverified',
    spoken: [label, words, trust, likeness].filter(isSaid).join(', '),
  }
}

function notesLook(id: string, label: string, l10n: L10n): RowLook {
  const where = l10n.t('only on this computer')
  return {
    id,
    label,
    description: '',
    tooltip: [label, where].join('\n'),
    icon: 'note',
    context: 'notes',
    spoken: [label, where].join(', '),
  }
}

const isSaid = (part: string): boolean => part !== ''

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
