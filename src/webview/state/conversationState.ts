import { assertNever } from '../../shared/assertNever.ts'
import type { MessageId, PersonId } from '../../shared/ids.ts'
import type { RoomMember } from '../../shared/rooms.ts'
import type { Conversation, Message } from '../../shared/service.ts'
import type { ConversationPage, HostToWebview } from '../../shared/webviewProtocol.ts'
import { mergeMessages } from './mergeMessages.ts'
import { adopt, finishSend, landed } from './pendingSends.ts'
import type { PendingSend } from './pendingSends.ts'
import { changeSelection, shrinkSelection } from './selection.ts'
import type { SelectionChange } from './selection.ts'

/** Everything that an open conversation shows. */
export interface ConversationState {
  readonly conversation: Conversation
  readonly self: PersonId
  readonly selfName: string
  /** The message that the thread began with which is shown instead of the whole. */
  readonly thread: MessageId | undefined
  /** In order of their ids, each once. */
  readonly messages: readonly Message[]
  readonly hasMore: boolean
  /** The request for older messages that is under way. */
  readonly loading: number | undefined
  readonly olderFailed: boolean
  /** The end of the conversation is not among the messages: what is said meanwhile is not taken in. */
  readonly hasNewer: boolean
  /** The request for newer messages that is under way. */
  readonly loadingNewer: number | undefined
  /** Where to go, once; another object each time. */
  readonly jump: Jump | undefined
  /** The "new" line stands before the first message of others after this id; empty: before the very first. */
  readonly newAfter: MessageId | '' | undefined
  /** The user has not come back since the "new" line was drawn: what follows belongs under the same line. */
  readonly isLineHeld: boolean
  /** The user has seen everything up to here. */
  readonly seenUpTo: MessageId | ''
  readonly pending: readonly PendingSend[]
  /** Own messages that were first shown as pending keep that row: message id → its request. */
  readonly requests: ReadonlyMap<MessageId, number>
  /** Of a room, oneself included; empty in a direct conversation. */
  readonly members: readonly RoomMember[]
  readonly pinned: readonly Message[]
  /** Lines about the room that the user unfolded. */
  readonly unfolded: ReadonlySet<MessageId>
  /** What the user has selected, in the state of selecting. */
  readonly selected: ReadonlySet<MessageId> | undefined
  /** The most messages that were missing since the conversation was last whole: what its progress is measured by. */
  readonly mostMissing: number
}

/** A message to be shown, or the end, and what is marked there. */
export interface Jump {
  readonly message: MessageId | undefined
  readonly marks: readonly string[]
}

export type ConversationAction =
  /** `seen`: the user is here and looks at the end of the list, so that what comes is nothing new to be found later. */
  | { readonly type: 'added'; readonly messages: readonly Message[]; readonly seen: boolean }
  | { readonly type: 'changed'; readonly messages: readonly Message[] }
  | { readonly type: 'conversation'; readonly conversation: Conversation }
  | { readonly type: 'loadOlder'; readonly request: number }
  | {
      readonly type: 'older'
      readonly request: number
      readonly messages: readonly Message[]
      readonly hasMore: boolean
    }
  | { readonly type: 'loadNewer'; readonly request: number }
  | Extract<HostToWebview, { type: 'newer' | 'window' }>
  | { readonly type: 'failed' }
  | ({ readonly type: 'send' } & Pick<PendingSend, 'request' | 'text' | 'at' | 'replyTo'>)
  | { readonly type: 'removed'; readonly messages: readonly MessageId[] }
  | Extract<HostToWebview, { type: 'sendResult' }>
  | { readonly type: 'discard'; readonly request: number }
  | { readonly type: 'seen'; readonly upTo: MessageId }
  /** The user is here and looks at the end. */
  | { readonly type: 'attended' }
  | { readonly type: 'members'; readonly members: readonly RoomMember[] }
  | { readonly type: 'pinned'; readonly messages: readonly Message[] }
  | SelectionChange
  /** Folds or unfolds lines about the room that stand together. */
  | { readonly type: 'fold'; readonly messages: readonly MessageId[]; readonly isFolded: boolean }

/** Whether somebody else said this. */
export const isForeign = (state: Pick<ConversationState, 'self'>, message: Message): boolean =>
  message.author !== state.self && !isLine(message)

/** Whether this is a line about the conversation and nothing that somebody said. */
export const isLine = ({ body }: Message): boolean => body.kind === 'notice' || body.kind === 'room'

/**
 * The state of a conversation just opened, or of one of its threads. `previous` of the same conversation keeps what is
 * under way.
 */
export function openConversation(
  page: ConversationPage,
  previous: ConversationState | undefined,
  thread?: MessageId,
): ConversationState {
  const { conversation, self, selfName, hasMore } = page
  const same = previous?.conversation.id === conversation.id ? previous : undefined
  const messages = mergeMessages([], page.messages)
  const readUpTo = conversation.readUpTo ?? ''
  return {
    conversation,
    self,
    selfName,
    thread,
    messages,
    hasMore,
    loading: undefined,
    olderFailed: false,
    hasNewer: false,
    loadingNewer: undefined,
    jump: undefined,
    newAfter: conversation.unread > 0 ? readUpTo : same?.newAfter,
    isLineHeld: conversation.unread > 0,
    seenUpTo: readUpTo,
    pending: same === undefined ? [] : landed(same, messages),
    requests: same?.requests ?? new Map(),
    members: page.members,
    pinned: page.pinned,
    unfolded: same?.unfolded ?? new Set(),
    selected: undefined,
    mostMissing: mostMissing(same?.mostMissing ?? 0, conversation),
  }
}

/** The next state. Pure. */
export function reduceConversation(state: ConversationState, action: ConversationAction): ConversationState {
  switch (action.type) {
    case 'added':
      return add(state, action.messages, action.seen)
    case 'changed': {
      const known = new Set(state.messages.map((message) => message.id))
      return {
        ...state,
        messages: mergeMessages(
          state.messages,
          action.messages.filter((message) => known.has(message.id)),
        ),
      }
    }
    case 'removed': {
      const gone = new Set(action.messages)
      const selected = shrinkSelection(state.selected, gone)
      return { ...state, messages: state.messages.filter(({ id }) => !gone.has(id)), selected }
    }
    case 'conversation':
      if (action.conversation.id !== state.conversation.id) return state
      return {
        ...state,
        conversation: action.conversation,
        mostMissing: mostMissing(state.mostMissing, action.conversation),
      }
    case 'loadOlder':
      return { ...state, loading: action.request, olderFailed: false }
    case 'older':
      if (action.request !== state.loading) return state
      return {
        ...state,
        messages: mergeMessages(state.messages, action.messages),
        hasMore: action.hasMore,
        loading: undefined,
      }
    case 'loadNewer':
      return { ...state, loadingNewer: action.request }
    case 'newer':
      if (action.request !== state.loadingNewer) return state
      return {
        ...state,
        messages: mergeMessages(state.messages, action.messages),
        hasNewer: action.hasNewer,
        loadingNewer: undefined,
      }
    case 'window':
      return showWindow(state, action)
    case 'failed':
      if (state.loading === undefined) return { ...state, loadingNewer: undefined }
      return { ...state, loading: undefined, olderFailed: true }
    case 'send': {
      const { type: _, ...send } = action
      return { ...state, pending: [...state.pending, send], newAfter: undefined, isLineHeld: false }
    }
    case 'sendResult':
      return finishSend(state, action)
    case 'discard':
      return { ...state, pending: state.pending.filter((send) => send.request !== action.request) }
    case 'seen':
      return action.upTo > state.seenUpTo ? { ...state, seenUpTo: action.upTo } : state
    case 'attended':
      return state.isLineHeld ? { ...state, isLineHeld: false } : state
    case 'members':
      return { ...state, members: action.members }
    case 'pinned':
      return { ...state, pinned: action.messages }
    case 'select':
    case 'unselect':
      return { ...state, selected: changeSelection(state.selected, action) }
    case 'fold':
      return { ...state, unfolded: folded(state.unfolded, action.messages, action.isFolded) }
    default:
      return assertNever(action)
  }
}

/** How many messages of others the user has not seen. */
export function countUnseen(state: ConversationState): number {
  let count = 0
  for (let i = state.messages.length - 1; i >= 0; i--) {
    const message = state.messages[i]
    if (message === undefined || message.id <= state.seenUpTo) break
    if (isForeign(state, message)) count++
  }
  return count
}

/** Other messages, with nothing under way for those of before. */
function showWindow(
  state: ConversationState,
  { messages, hasMore, hasNewer, reveal, marks }: Extract<ConversationAction, { type: 'window' }>,
): ConversationState {
  const shown = mergeMessages([], messages)
  return {
    ...state,
    ...adopt(state, shown),
    messages: shown,
    hasMore,
    hasNewer,
    loading: undefined,
    loadingNewer: undefined,
    olderFailed: false,
    jump: { message: reveal, marks },
  }
}

function add(state: ConversationState, incoming: readonly Message[], seen: boolean): ConversationState {
  if (state.hasNewer) return state
  const oldest = state.messages[0]
  // What is older than the oldest one shown comes with its page; taken now it would leave a gap.
  const fitting =
    state.hasMore && oldest !== undefined ? incoming.filter((message) => message.id > oldest.id) : incoming
  const known = new Set(state.messages.map((message) => message.id))
  const messages = mergeMessages(state.messages, fitting)
  const next = { ...state, messages, ...adopt(state, fitting) }
  const firstNew = messages.findIndex((message) => !known.has(message.id) && isForeign(state, message))
  if (seen || firstNew < 0 || state.isLineHeld) return next
  return { ...next, newAfter: messages[firstNew - 1]?.id ?? '', isLineHeld: true }
}

const mostMissing = (before: number, { missing }: Conversation): number =>
  missing === 0 ? 0 : Math.max(before, missing)

function folded(
  unfolded: ReadonlySet<MessageId>,
  messages: readonly MessageId[],
  isFolded: boolean,
): ReadonlySet<MessageId> {
  const next = new Set(unfolded)
  for (const id of messages) {
    if (isFolded) next.delete(id)
    else next.add(id)
  }
  return next
}
