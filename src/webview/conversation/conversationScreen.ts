import { html } from 'lit'
import type { PropertyValues, TemplateResult } from 'lit'
import type { MessageId } from '../../shared/ids.ts'
import { maxDraftBytes } from '../../shared/parseWebviewMessage.ts'
import { redactSecrets } from '../../shared/secrets.ts'
import { utf8Length } from '../../shared/utf8Length.ts'
import type { Attachment } from '../../shared/webviewProtocol.ts'
import { Debounced } from '../debounced.ts'
import { LightElement } from '../lightElement.ts'
import { roomHeader } from '../room/roomHeader.ts'
import { whySilent } from '../room/roomRights.ts'
import { silentComposer } from '../room/silentComposer.ts'
import type { ConversationAction, ConversationState, PendingSend } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { mentionedIn } from '../text/mentions.ts'
import type { VsCodeApi } from '../vscodeApi.ts'
import { audienceOf } from './audienceOf.ts'
import { Composing, type ComposingMode } from './composing.ts'
import './composer.ts'
import type { Composer } from './composer.ts'
import { conversationHeader } from './conversationHeader.ts'
import { TypingTeller } from './typingTeller.ts'
import { failedCount, leaving, unsentText } from './unsentText.ts'
import './timeline.ts'
import type { Timeline, TimelineActions } from './timeline.ts'

const draftDelayMs = 250
const readDelayMs = 150

/** Numbers of this webview's requests; an answer names the one it answers. */
let lastRequest = 0

/** One open conversation: who it is with, its messages, and where one writes. */
export class ConversationScreen extends LightElement {
  static override readonly properties = {
    view: { attribute: false },
    state: { attribute: false },
    blocked: { attribute: false },
    attachments: { attribute: false },
    text: { state: true },
    arePinsOpen: { state: true },
  }
  declare view: View
  declare state: ConversationState
  /** Why nothing can be sent now. */
  declare blocked: string | undefined
  /** What goes out with the message that is being written. */
  declare attachments: readonly Attachment[]
  declare api: VsCodeApi
  /** The host's draft when the conversation was opened. */
  declare draft: string
  declare dispatch: (action: ConversationAction) => void
  declare text: string
  declare arePinsOpen: boolean

  readonly #composing = new Composing(this)

  /** The host keeps what is unsent, sealed like all else: the browser's own storage is in clear. */
  readonly #postDraft = new Debounced(draftDelayMs, () => {
    const text = unsentText(this.state.pending, this.text)
    if (utf8Length(text) > maxDraftBytes) return
    this.view.post({ type: 'draft', conversation: this.state.conversation.id, text })
  })
  readonly #typing = new TypingTeller(
    (isTyping) => {
      this.view.post({ type: 'typing', conversation: this.state.conversation.id, isTyping })
    },
    () => performance.now(),
  )
  readonly #postRead = new Debounced(readDelayMs, () => {
    const { seenUpTo, conversation } = this.state
    if (seenUpTo === '' || seenUpTo <= (conversation.readUpTo ?? '')) return
    this.view.post({ type: 'read', conversation: conversation.id, upTo: seenUpTo })
  })

  /** The user is here and looks at the end: what comes now is nothing new to be found later. */
  get isAttentive(): boolean {
    return document.hasFocus() && document.visibilityState === 'visible' && (this.#timeline?.isAtEnd ?? false)
  }

  constructor() {
    super()
    this.arePinsOpen = false
  }

  focusComposer(): void {
    this.querySelector<Composer>('tincan-composer')?.focusField()
    this.querySelector<HTMLElement>('.silent-reason')?.focus()
  }

  /** Begins to answer or to change a message. */
  compose(mode: ComposingMode, message: MessageId): void {
    this.#composing.begin(mode, message)
  }

  /** Takes a text with the keyboard behind it. */
  take(text: string): void {
    this.#onText(text)
    void this.updateComplete.then(() => {
      this.focusComposer()
    })
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
    this.#typing.stop()
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
    return html`${this.#renderHeader()}
      <tincan-timeline .view=${this.view} .state=${this.state} .actions=${this.#actions}></tincan-timeline>
      ${this.#renderComposer()}`
  }

  #renderHeader(): TemplateResult {
    const { room } = this.state.conversation
    if (room === undefined) return conversationHeader(this.view, this.state)
    return roomHeader(this.view, this.state, room, {
      arePinsOpen: this.arePinsOpen && this.state.pinned.length > 0,
      togglePins: () => {
        this.arePinsOpen = !this.arePinsOpen
      },
      reveal: this.#reveal,
    })
  }

  #renderComposer(): TemplateResult {
    const { conversation, members } = this.state
    const why = whySilent(conversation.room)
    if (why !== undefined) return silentComposer(this.view, why)
    return html`<tincan-composer
      .view=${this.view}
      .recipient=${conversation.title}
      .audience=${audienceOf(this.view, conversation)}
      .members=${members}
      .text=${this.text}
      .blocked=${this.blocked}
      .conversation=${conversation.id}
      .attachments=${this.attachments}
      .composing=${this.#composing.line}
      .onCancel=${this.#composing.end}
      .onEditLast=${this.#composing.editLast}
      .onText=${this.#onText}
      .onSend=${this.#onSend}
    ></tincan-composer>`
  }

  get #timeline(): Timeline | null {
    return this.querySelector<Timeline>('tincan-timeline')
  }

  readonly #actions: TimelineActions = {
    loadOlder: () => {
      this.#loadOlder()
    },
    loadNewer: () => {
      this.#loadNewer()
    },
    showLatest: () => {
      this.#showLatest()
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
    redact: (send) => {
      this.dispatch({ type: 'discard', request: send.request })
      this.#send(redactSecrets(send.text, send.findings ?? []), send.replyTo)
    },
    sendAnyway: (send) => {
      this.dispatch({ type: 'discard', request: send.request })
      this.#send(send.text, send.replyTo, true)
    },
    retry: (send) => {
      this.dispatch({ type: 'discard', request: send.request })
      this.#send(send.text, send.replyTo)
    },
    edit: (send) => {
      this.dispatch({ type: 'discard', request: send.request })
      this.take(this.text.trim() === '' ? send.text : `${send.text}\n\n${this.text}`)
    },
    fold: (row, isFolded) => {
      this.dispatch({ type: 'fold', messages: row.messages.map(({ id }) => id), isFolded })
    },
    reveal: (message) => {
      this.#reveal(message)
    },
    compose: this.#composing.begin,
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
    this.#typing.changed(text)
    // Another wording of what was said is no draft.
    if (!this.#composing.isEdit) this.#postDraft.begin()
  }

  readonly #onSend = (text: string): void => {
    const finished = this.#composing.finish(text)
    if (finished === true) return
    // First what is sent, then the empty draft: in between there are two of it, and never none.
    if (text.trim() !== '') this.#send(text, finished.replyTo)
    if (this.attachments.length > 0) {
      this.view.post({ type: 'sendAttachments', conversation: this.state.conversation.id })
    }
    this.#onText('')
    this.#postDraft.flush()
  }

  /** Asks for the page before the oldest message. */
  #loadOlder(): void {
    const before = this.state.messages[0]?.id
    if (before === undefined) return
    const request = ++lastRequest
    const conversation = this.state.conversation.id
    this.dispatch({ type: 'loadOlder', request })
    this.view.post({ type: 'loadOlder', request, conversation, before })
  }

  #loadNewer(): void {
    const after = this.state.messages.at(-1)?.id
    if (after === undefined) return
    const request = ++lastRequest
    this.dispatch({ type: 'loadNewer', request })
    this.view.post({ type: 'loadNewer', request, conversation: this.state.conversation.id, after })
  }

  /** Back to the end of the conversation, where that is not among the messages. */
  #showLatest(): void {
    this.view.post({ type: 'latest', conversation: this.state.conversation.id })
  }

  /** Shows a message, however far back it is: what is not among the messages here is brought by the host. */
  readonly #reveal = (message: MessageId): void => {
    if (this.#timeline?.reveal(message) === true) return
    this.view.post({ type: 'reveal', conversation: this.state.conversation.id, message })
  }

  /** `anyway`: whatever was found in it. */
  #send(text: string, replyTo?: MessageId, anyway = false): void {
    const request = ++lastRequest
    const mentions = mentionedIn(text, this.state.members)
    const answer = replyTo === undefined ? {} : { replyTo }
    this.dispatch({ type: 'send', request, text, at: this.view.now(), ...answer })
    this.view.post({
      type: 'send',
      request,
      conversation: this.state.conversation.id,
      text,
      ...(mentions.length === 0 ? {} : { mentions }),
      ...(anyway && { anyway }),
      ...answer,
    })
    if (this.state.hasNewer) this.#showLatest()
    void this.updateComplete.then(() => {
      this.#timeline?.scrollToEnd()
    })
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state')
    if (before === undefined || before.pending === this.state.pending) return
    // A text that could not be sent is kept with the draft: after a reload it is in the field again.
    if (failedCount(before.pending) > 0 || failedCount(this.state.pending) > 0) this.#postDraft.begin()
  }
}

customElements.define('tincan-conversation', ConversationScreen)
