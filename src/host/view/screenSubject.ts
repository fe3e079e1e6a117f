import type * as vscode from 'vscode'
import { assertNever } from '../../shared/assertNever.ts'
import { chatError } from '../../shared/chatError.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { Screen } from '../../shared/webviewProtocol.ts'
import { errorSentence } from '../errorSentence.ts'
import type { ChatSnapshot } from '../life/chatModel.ts'
import { obstacleSentence } from '../life/obstacleSentence.ts'
import { waitingInvites } from './waitingInvites.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** What a view is to show: a screen that is complete, or a conversation whose page has yet to be read. */
export type ScreenSubject =
  | { readonly kind: 'screen'; readonly screen: Screen }
  | { readonly kind: 'conversation'; readonly conversation: ConversationId }

/** What the view itself remembers. */
export interface ViewMemory {
  /** The user pressed the welcome screen's primary action. */
  readonly hasBegun: boolean
  /** The user pressed its secondary one: there is a recovery phrase. */
  readonly isRestoring: boolean
  /** The recovery phrase, while it is being shown. */
  readonly words?: readonly string[]
  readonly conversation?: ConversationId
}

export function screenSubject(snapshot: ChatSnapshot, memory: ViewMemory, l10n: L10n): ScreenSubject {
  switch (snapshot.phase) {
    case 'starting':
    case 'ended':
      return screen({ kind: 'loading' })
    case 'elsewhere':
      return screen({ kind: 'elsewhere', sentence: obstacleSentence(snapshot.obstacle ?? 'unreachable', l10n) })
    case 'broken':
      return screen({ kind: 'broken', sentence: errorSentence(chatError(snapshot.brokenBy ?? 'internal'), l10n) })
    case 'running':
      return runningSubject(snapshot, memory, l10n)
    default:
      return assertNever(snapshot.phase)
  }
}

function runningSubject(snapshot: ChatSnapshot, memory: ViewMemory, l10n: L10n): ScreenSubject {
  const { identity, conversations } = snapshot
  if (identity === undefined) return screen({ kind: 'loading' })
  if (identity.kind === 'none') {
    if (memory.isRestoring) return screen({ kind: 'restore' })
    return screen({ kind: memory.hasBegun ? 'name' : 'welcome' })
  }
  if (identity.kind === 'locked') return screen({ kind: 'locked', reason: identity.reason })
  if (memory.words !== undefined) return screen({ kind: 'phrase', words: memory.words })
  const { conversation } = memory
  if (conversation !== undefined && conversations.some(({ id }) => id === conversation)) {
    return { kind: 'conversation', conversation }
  }
  return screen({
    kind: 'start',
    name: identity.identity.name,
    hasConversations: conversations.length > 0,
    ...(isReuniting(identity.reunionSince) && { isReuniting: true }),
    waiting: waitingInvites(snapshot, l10n),
  })
}

/** Later than that whoever is to come back without being asked has done so. */
const reunionHintMs = 14 * 24 * 60 * 60 * 1000

const isReuniting = (since: number | undefined): boolean => since !== undefined && Date.now() - since < reunionHintMs

const screen = (value: Screen): ScreenSubject => ({ kind: 'screen', screen: value })
