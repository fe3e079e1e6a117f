import { html } from 'lit'
import type { PropertyValues, TemplateResult } from 'lit'
import { maxDraftBytes } from '../../shared/parseWebviewMessage.ts'
import { utf8Length } from '../../shared/utf8Length.ts'
import { Debounced } from '../debounced.ts'
import { LightElement } from '../lightElement.ts'
import type { ConversationAction, ConversationState, PendingSend } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import type { VsCodeApi } from '../vscodeApi.ts'
import './composer.ts'
import type { Composer } from './composer.ts'
import { conversationHeader } from './conversationHeader.ts'
import { unsentText } from './unsentText.ts'
import './timeline.ts'
import type { Timeline, TimelineActions } from './timeline.ts'

const draftDelayMs = 250
const readDelayMs = 150

/** The page may be about to go: what is unsent is handed over at once. */
const leaving: readonly (readonly [EventTarget, string])[] = [
  [document, 'visibilitychange'],
  [window, 'pagehide'],
  [window, 'blur'],
]

/** Numbers of this webview's requests; an answer names the one it answers. */
let lastRequest = 0

/** One open conversation: who it is with, its messages, and where one writes. */
export class ConversationScreen extends LightElement {
  static override readonly properties = {
    view: { attribute: false },
    state: { attribute: false },
    text: { state: true },
  }
  declare view: View
  declare state: ConversationState
  declare api: VsCodeApi
  /** The host's draft when the conversation was opened. */
  declare draft: string
  declare dispatch: (action: ConversationAction) => void
  declare text: string

  /** The host keeps what is unsent, sealed like all else: the browser's own storage is in clear. */
  readonly #postDraft = new Debounced(draftDelayMs, () => {
    const text = unsentText(this.state.pending, this.text)
    if (utf8Length(text) > maxDraftBytes) return
    this.view.post({ type: 'draft', conversation: this.state.conversation.id, text })
  })
  readonly #postRead = new Debounced(readDelayMs, () => {
    const { seenUpTo, conversation } = this.state
    if (seenUpTo === '' || seenUpTo <= (conversation.readUpTo ?? '')) return
    this.view.post({ type: 'read', conversation: conversation.id, upTo: seenUpTo })
  })

  /** The user is here and looks at the end: what comes now is nothing new to be found later. */
  get isAttentive(): boolean {
    return document.hasFocus() && document.visibilityState === 'visible' && (this.#timeline?.isAtEnd ?? false)
  }

  focusComposer(): void {
    this.querySelector<Composer>('tincan-composer')?.focusField()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    for (const [target, type] of leaving) target.addEventListener(type, this.#onLeave)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const [target, type] of leaving) target.removeEventListener(type, this.#onLeave)
    this.#postDraft.flush()
    this.#postRead.flush()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) {
      this.text = this.draft
      // Which conversation this is, and no word of it: an editor tab is found again by it.
      this.api.setState({ conversation: this.state.conversation.id })
    }
    const before = changed.get('state')
    if (before !== undefined && before.seenUpTo !== this.state.seenUpTo) this.#postRead.start()
  }

  protected override render(): TemplateResult {
    return html`${conversationHeader(this.view, this.state)}
      <tincan-timeline .view=${this.view} .state=${this.state} .actions=${this.#actions}></tincan-timeline>
      <tincan-composer
        .view=${this.view}
        .recipient=${this.state.conversation.title}
        .text=${this.text}
        .onText=${this.#onText}
        .onSend=${this.#onSend}
      ></tincan-composer>`
  }

  get #timeline(): Timeline | null {
    return this.querySelector<Timeline>('tincan-timeline')
  }

  readonly #actions: TimelineActions = {
    loadOlder: () => {
      const before = this.state.messages[0]?.id
      if (before === undefined) return
      const request = ++lastRequest
      this.dispatch({ type: 'loadOlder', request })
      this.view.post({ type: 'loadOlder', request, conversation: this.state.conversation.id, before })
    },
    see: (upTo) => {
      this.dispatch({ type: 'seen', upTo })
    },
    attend: () => {
      this.dispatch({ type: 'attended' })
    },
    leave: () => {
      this.focusComposer()
    },
    retry: (send) => {
      this.dispatch({ type: 'discard', request: send.request })
      this.#send(send.text)
    },
    edit: (send) => {
      this.dispatch({ type: 'discard', request: send.request })
      this.#onText(this.text.trim() === '' ? send.text : `${send.text}\n\n${this.text}`)
      this.focusComposer()
    },
    discard: (send: PendingSend) => {
      this.dispatch({ type: 'discard', request: send.request })
      this.focusComposer()
    },
  }

  readonly #onLeave = (): void => {
    this.#postDraft.flush()
  }

  readonly #onText = (text: string): void => {
    this.text = text
    this.#keepDraft()
  }

  readonly #onSend = (text: string): void => {
    // First what is sent, then the empty draft: in between there are two of it, and never none.
    this.#send(text)
    this.#onText('')
    this.#postDraft.flush()
  }

  #send(text: string): void {
    const request = ++lastRequest
    this.dispatch({ type: 'send', request, text, at: this.view.now() })
    this.view.post({ type: 'send', request, conversation: this.state.conversation.id, text })
    void this.updateComplete.then(() => {
      this.#timeline?.scrollToEnd()
    })
  }

  /** Hands the draft over a moment after the first change, however long the typing goes on. */
  #keepDraft(): void {
    if (!this.#postDraft.isPending) this.#postDraft.start()
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state')
    if (before === undefined || before.pending === this.state.pending) return
    // A text that could not be sent is kept with the draft: after a reload it is in the field again.
    if (failedCount(before.pending) > 0 || failedCount(this.state.pending) > 0) this.#keepDraft()
  }
}

const failedCount = (pending: readonly PendingSend[]): number =>
  pending.filter(({ sentence }) => sentence !== undefined).length

customElements.define('tincan-conversation', ConversationScreen)
