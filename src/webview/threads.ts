import { parseConversationId, parseMessageId } from '../shared/ids.ts'
import type { MessageId } from '../shared/ids.ts'
import type { HostToWebview } from '../shared/webviewProtocol.ts'
import type { ConversationScreen } from './conversation/conversationScreen.ts'
import type { AppAction, AppState } from './state/appState.ts'
import type { ConversationAction } from './state/conversationState.ts'
import { seenThrough } from './state/openThread.ts'
import type { View } from './view.ts'
import type { VsCodeApi } from './vscodeApi.ts'

/** The view as far as threads need it. */
export interface ThreadsPlace {
  readonly view: View
  readonly api: VsCodeApi
  readonly state: AppState
  readonly updateComplete: Promise<unknown>
  readonly whole: ConversationScreen | null
  readonly pane: ConversationScreen | null
  act(action: AppAction): void
}

/**
 * Opens a thread before its conversation and goes back to the same place of that. Which one is open is kept over a
 * reload, and no word of it.
 */
export class Threads {
  readonly #place: ThreadsPlace
  /** Where the keyboard was before. */
  #from: HTMLElement | undefined

  constructor(place: ThreadsPlace) {
    this.#place = place
  }

  readonly open = (root: MessageId): void => {
    const { state, view } = this.#place
    if (state.conversation === undefined) return
    const focused = document.activeElement
    if (state.thread === undefined && focused instanceof HTMLElement) this.#from = focused
    view.post({ type: 'openThread', conversation: state.conversation.conversation.id, message: root })
  }

  readonly close = (message?: MessageId): void => {
    const { view } = this.#place
    view.post({ type: 'closeThread' })
    this.#place.act({ type: 'closeThread' })
    this.#remember()
    void this.#return(message)
  }

  /** What is done in the thread. Who has seen it has seen its messages in the conversation, too. */
  readonly dispatch = (action: ConversationAction): void => {
    const { act, state } = { act: this.#place.act.bind(this.#place), state: this.#place.state }
    act({ type: 'thread', action })
    if (action.type !== 'seen' || state.thread === undefined || state.conversation === undefined) return
    const upTo = seenThrough(state.conversation, state.thread.root, action.upTo)
    if (upTo !== '') act({ type: 'conversation', action: { type: 'seen', upTo } })
  }

  /** Takes what the host says of anything that may be a thread. */
  receive(message: HostToWebview): void {
    const { state, view } = this.#place
    const wasOpen = state.thread !== undefined
    this.#place.act({ type: 'host', message, seen: this.#isSeen(message) })
    if (message.type === 'screen') {
      this.#remember(this.#place.state.thread?.root ?? this.#remembered())
      this.#restore()
    }
    if (message.type !== 'thread') return
    this.#remember()
    if (message.page === undefined) {
      view.say(view.t('threadGone'))
      if (wasOpen) void this.#return()
    } else if (!wasOpen && document.hasFocus()) void this.#enter()
  }

  /** Whether the user sees what comes: in the conversation, or in the thread that stands before it. */
  #isSeen(message: HostToWebview): boolean {
    const { state, whole, pane } = this.#place
    const root = state.thread?.root
    if (root === undefined) return whole?.isAttentive ?? false
    if (message.type !== 'added') return pane?.isAttentive ?? false
    const isInThread = message.messages.every(({ body }) => 'thread' in body && body.thread === root)
    return isInThread && (pane?.isAttentive ?? false)
  }

  async #enter(): Promise<void> {
    await this.#place.updateComplete
    await this.#place.pane?.updateComplete
    this.#place.pane?.focusComposer()
  }

  async #return(message?: MessageId): Promise<void> {
    const from = this.#from
    this.#from = undefined
    await this.#place.updateComplete
    const { whole } = this.#place
    if (message !== undefined) whole?.reveal(message)
    else if (from?.isConnected === true && from !== document.body) from.focus({ preventScroll: true })
    else whole?.focusComposer()
  }

  /** Which conversation is shown, and which thread: an editor tab is found again by it. */
  #remember(root = this.#place.state.thread?.root): void {
    const { state, api } = this.#place
    if (state.conversation === undefined) return
    const { id } = state.conversation.conversation
    api.setState({ conversation: id, ...(root !== undefined && { thread: root }) })
  }

  /** The thread that was open before a reload of this conversation. */
  #remembered(): MessageId | undefined {
    const { state, api } = this.#place
    const saved = api.getState()
    if (typeof saved !== 'object' || saved === null || state.conversation === undefined) return undefined
    const fields = saved as Readonly<Record<string, unknown>>
    const isSame = parseConversationId(fields['conversation']) === state.conversation.conversation.id
    return isSame ? parseMessageId(fields['thread']) : undefined
  }

  /** After a reload, and whenever the host begins anew with what it shows. */
  #restore(): void {
    const { state, view } = this.#place
    const root = this.#remembered()
    if (state.conversation === undefined || root === undefined) return
    view.post({ type: 'openThread', conversation: state.conversation.conversation.id, message: root })
  }
}
