import type * as vscode from 'vscode'
import { summarize } from '../../core/body/summarize.ts'
import type { Conversation, Message } from '../../shared/service.ts'
import { safeName } from '../text/safeName.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** New messages of one conversation. */
export interface Notice {
  readonly conversation: Conversation
  readonly messages: readonly Message[]
}

/** The names of so many conversations stand in one sentence. */
const maxNamed = 3

/** One sentence for everything that came; with `hasText` the beginning of the last message, where there is one conversation. */
export function noticeSentence(notices: readonly Notice[], hasText: boolean, l10n: L10n): string {
  const [only, ...more] = notices
  if (only === undefined) return ''
  if (more.length === 0) return withText(only, oneSentence(only, l10n), hasText, l10n)
  const mention = notices.find(({ messages }) => messages.some(({ mentionsSelf }) => mentionsSelf === true))
  if (mention !== undefined) {
    const others = notices.length - 1
    return others === 1
      ? l10n.t('{0}, and new messages in 1 other conversation', oneSentence(mention, l10n))
      : l10n.t('{0}, and new messages in {1} other conversations', oneSentence(mention, l10n), others)
  }
  const names = notices.slice(0, maxNamed).map(({ conversation }) => safeName(conversation.title))
  const rest = notices.length - names.length
  return rest === 0
    ? l10n.t('New messages: {0}', names.join(', '))
    : l10n.t('New messages: {0} and {1} more', names.join(', '), rest)
}

function oneSentence({ conversation, messages }: Notice, l10n: L10n): string {
  const { title, room, members } = conversation
  const mention = messages.find(({ mentionsSelf }) => mentionsSelf === true)
  const count = messages.length
  if (room === undefined)
    return count === 1
      ? l10n.t('New message from {0}', safeName(title))
      : l10n.t('{0} new messages from {1}', count, safeName(title))
  const authors = [...new Set(messages.map(({ author }) => author))]
  const nameOf = (author: string | undefined): string =>
    safeName(members.find(({ person }) => person === author)?.name ?? '')
  if (mention !== undefined) return l10n.t('{0} mentioned you in {1}', nameOf(mention.author), safeName(title))
  if (count === 1) return l10n.t('New message from {0} in {1}', nameOf(authors[0]), safeName(title))
  return authors.length === 1
    ? l10n.t('{0} new messages from {1} in {2}', count, nameOf(authors[0]), safeName(title))
    : l10n.t('{0} new messages in {1}', count, safeName(title))
}

function withText({ messages }: Notice, sentence: string, hasText: boolean, l10n: L10n): string {
  const last = messages.at(-1)
  const text = hasText && last !== undefined ? summarize(last.body) : ''
  // Fit for a sentence of ours, as a name is.
  return text === '' ? sentence : l10n.t('{0}: {1}', sentence, safeName(text))
}
