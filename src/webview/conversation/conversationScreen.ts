import { html } from 'lit'
import type { PropertyValues, TemplateResult } from 'lit'
import { maxTextBytes } from '../../shared/service.ts'
import { utf8Length } from '../../shared/utf8Length.ts'
import { Debounced } from '../debounced.ts'
import { LightElement } from '../lightElement.ts'
import type { ConversationAction, ConversationState, PendingSend } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import type { VsCodeApi } from '../vscodeApi.ts'
import './composer.ts'
import type { Composer } from './composer.ts'
import { conversationHeader } from './conversationHeader.ts'
import { initialDraft, parseSavedDraft } from './draft.ts'
import './timeline.ts'
import type { Timeline, TimelineActions } from './timeline.ts'

const draftDelayMs = 400
const readDelayMs = 150

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

  readonly #postDraft = new Debounced(draftDelayMs, () => {
    if (utf8Length(this.text) > maxTextBytes) return
    this.view.post({ type: 'draft', text: this.text.replace(/\p{Surrogate}/gu, '\uFFFD') })
    this.#save(true)
  })
  readonly #postRead = new Debounced(readDelayMs, () => {
    const { seenUpTo, conversation } = this.state
    if (seenUpTo !== '' && seenUpTo > (conversation.readUpTo ?? '')) this.view.post({ type: 'read', upTo: seenUpTo })
  })

  /** The user is here and looks at the end: what comes now is nothing new to be found later. */
  get isAttentive(): boolean {
    return document.hasFocus() && document.visibilityState === 'visible' && (this.#timeline?.isAtEnd ?? false)
  }

  focusComposer(): void {
    this.querySelector<Composer>('tincan-composer')?.focusField()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#postDraft.flush()
    this.#postRead.flush()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) {
      this.text = initialDraft(this.state.conversation.id, this.draft, parseSavedDraft(this.api.getState()))
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
      this.view.post({ type: 'loadOlder', request, before })
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
      this.#save(false)
      this.focusComposer()
    },
  }

  readonly #onText = (text: string): void => {
    this.text = text
    this.#save(false)
    this.#postDraft.start()
  }

  readonly #onSend = (text: string): void => {
    this.#onText('')
    this.#postDraft.flush()
    this.#send(text)
  }

  #send(text: string): void {
    const request = ++lastRequest
    this.dispatch({ type: 'send', request, text, at: this.view.now() })
    this.view.post({ type: 'send', request, text })
    void this.updateComplete.then(() => {
      this.#timeline?.scrollToEnd()
    })
  }

  /** A text that could not be sent is kept with the draft: after a reload it is in the field again. */
  #save(isPosted: boolean): void {
    const failed = this.state.pending.filter((send) => send.sentence !== undefined).map((send) => send.text)
    const text = [...failed, this.text].filter((part) => part !== '').join('\n\n')
    this.api.setState({
      conversation: this.state.conversation.id,
      text,
      isPosted: isPosted && failed.length === 0,
    })
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state')
    if (before !== undefined && before.pending !== this.state.pending) this.#save(!this.#postDraft.isPending)
  }
}

customElements.define('tincan-conversation', ConversationScreen)
