import { assertNever } from '../../shared/assertNever.ts'
import type { Attachment, HostToWebview, Screen, StoreNotice } from '../../shared/webviewProtocol.ts'
import { openConversation, reduceConversation } from './conversationState.ts'
import type { ConversationAction, ConversationState } from './conversationState.ts'
import { openThread, reduceThread } from './openThread.ts'
import type { OpenThread } from './openThread.ts'

/** Everything that the view shows. */
export interface AppState {
  readonly screen: Screen
  readonly strings: Readonly<Record<string, string>>
  readonly locale: string
  /** A request failed: one sentence, until dismissed or overtaken. */
  readonly failure: string | undefined
  /** A button was pressed and its answer is awaited. */
  readonly busy: boolean
  /** What is said of the store. */
  readonly store: StoreNotice
  /** What is attached to the message that is being written. */
  readonly attachments: readonly Attachment[]
  /** There while `screen` is a conversation. */
  readonly conversation: ConversationState | undefined
  /** The thread of it that stands before it. */
  readonly thread: OpenThread | undefined
}

export type AppAction =
  | { readonly type: 'host'; readonly message: HostToWebview; readonly seen: boolean }
  | { readonly type: 'conversation'; readonly action: ConversationAction }
  /** Of the thread that is open. */
  | { readonly type: 'thread'; readonly action: ConversationAction }
  | { readonly type: 'closeThread' }
  | { readonly type: 'busy' }
  | { readonly type: 'dismiss' }

export const initialState: AppState = {
  screen: { kind: 'loading' },
  strings: {},
  locale: 'en',
  failure: undefined,
  busy: false,
  store: {},
  attachments: [],
  conversation: undefined,
  thread: undefined,
}

/** The next state. Pure. */
export function reduceApp(state: AppState, action: AppAction): AppState {
  switch (action.type) {
    case 'host':
      return reduceHost(state, action.message, action.seen)
    case 'conversation':
      return inConversation(state, action.action)
    case 'thread':
      return { ...state, thread: reduceThread(state.thread, action.action) }
    case 'closeThread':
      return { ...state, thread: undefined }
    case 'busy':
      return { ...state, busy: true, failure: undefined }
    case 'dismiss':
      return { ...state, failure: undefined }
    default:
      return assertNever(action)
  }
}

function reduceHost(state: AppState, message: HostToWebview, seen: boolean): AppState {
  switch (message.type) {
    case 'screen': {
      const { screen, strings, locale } = message
      const conversation =
        screen.kind === 'conversation' ? openConversation(screen.page, state.conversation) : undefined
      // A failure is about what one tried on that screen, and stays until one leaves it.
      const failure = screen.kind === state.screen.kind ? state.failure : undefined
      const isSame = conversation?.conversation.id === state.conversation?.conversation.id
      const attachments = isSame ? state.attachments : []
      const thread = isSame && conversation !== undefined ? state.thread : undefined
      return { ...state, screen, strings, locale, failure, busy: false, attachments, conversation, thread }
    }
    case 'attachments': {
      const isShown = message.conversation === state.conversation?.conversation.id
      return isShown ? { ...state, attachments: message.attachments } : state
    }
    case 'store':
      return { ...state, store: message.notice }
    case 'failed':
      return { ...inBoth(state, { type: 'failed' }), failure: message.sentence, busy: false }
    case 'added':
      return inConversation(state, { type: 'added', messages: message.messages, seen })
    case 'conversation':
    case 'sendResult':
    case 'members':
    case 'pinned':
    case 'unselect':
      return inBoth(state, message)
    case 'changed':
    case 'older':
    case 'newer':
    case 'window':
    case 'removed':
      return inConversation(state, message)
    case 'thread':
      return { ...state, thread: openThread(state, message) }
    case 'inThread': {
      const { event } = message
      if (message.root !== state.thread?.root) return state
      const action = event.type === 'added' ? { ...event, seen } : event
      return { ...state, thread: reduceThread(state.thread, action) }
    }
    case 'clones':
    case 'snippetPlace':
    case 'patchTried':
    case 'highlighted':
    case 'themeChanged':
    case 'focusComposer':
    case 'compose':
    case 'messageKey':
    case 'fileState':
    case 'fileContent':
    case 'uploadNext':
    case 'makeThumbnail':
      return state
    default:
      return assertNever(message)
  }
}

function inConversation(state: AppState, action: ConversationAction): AppState {
  return state.conversation === undefined
    ? state
    : { ...state, conversation: reduceConversation(state.conversation, action) }
}

/** What is about the conversation is about its thread as well. */
function inBoth(state: AppState, action: ConversationAction): AppState {
  return { ...inConversation(state, action), thread: reduceThread(state.thread, action) }
}
