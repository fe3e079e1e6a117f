import type * as vscode from 'vscode'
import type { Conversation } from '../../shared/service.ts'
import type { RowLook } from './rowLook.ts'
import { unreadWords } from './unreadWords.ts'
import type { ChatSnapshot } from '../life/chatModel.ts'
import { shortKey } from '../../shared/shortKey.ts'
import { safeName } from '../text/safeName.ts'
import { isMuted, loudCount } from '../notify/loudness.ts'
import { answerWords } from '../requests/requestRows.ts'
import { isRoom } from '../rooms/isRoom.ts'
import { roomLook } from '../rooms/roomLook.ts'
import { ownNameWords } from '../contacts/ownNameWords.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** One row of the native tree of conversations. */
export interface TreeRow {
  readonly conversation: Conversation
  readonly isMuted: boolean
}

/** The conversations, as they are at `now`, in ms since 1970. */
export function treeRows({ conversations }: ChatSnapshot, now: number): readonly TreeRow[] {
  return conversations.map((conversation) => ({ conversation, isMuted: isMuted(conversation, now) }))
}

/** How many messages the user wants to be told of. */
export function attentionCount({ conversations }: ChatSnapshot, now: number): number {
  return conversations.reduce((sum, conversation) => sum + loudCount(conversation, now), 0)
}

/** What a badge stands for: new messages, and people who wait for an answer. */
export function badgeWords(messages: number, answers: number, l10n: L10n): string {
  const fresh =
    messages === 0 ? '' : messages === 1 ? l10n.t('1 new message') : l10n.t('{0} new messages', String(messages))
  return [fresh, answerWords(answers, l10n)].filter(isSaid).join(', ')
}

/** When the next conversation is muted no longer, where one is: the rows are others then. */
export function nextUnmute(snapshot: ChatSnapshot, now: number): number | undefined {
  const times = snapshot.conversations.map(({ notify }) => notify.mutedUntil ?? 0).filter((until) => until > now)
  return times.length === 0 ? undefined : Math.min(...times)
}

export function rowLook({ conversation, isMuted }: TreeRow, l10n: L10n): RowLook {
  return isRoom(conversation) ? roomLook(conversation, isMuted, l10n) : conversationLook(conversation, isMuted, l10n)
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
