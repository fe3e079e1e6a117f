import { html } from 'lit'
import type { PropertyValues, TemplateResult } from 'lit'
import type { MessageId } from '../../shared/ids.ts'
import type { MessageDeed } from '../../shared/messageOffers.ts'
import { maxDraftBytes } from '../../shared/parseWebviewMessage.ts'
import { utf8Length } from '../../shared/utf8Length.ts'
import type { Attachment } from '../../shared/webviewProtocol.ts'
import { Debounced } from '../debounced.ts'
import { LightElement } from '../lightElement.ts'
import { roomHeader } from '../room/roomHeader.ts'
import { whySilent } from '../../shared/roomRights.ts'
import { silentComposer } from '../room/silentComposer.ts'
import type { ConversationAction, ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { audienceOf } from './audienceOf.ts'
import { Composing, type ComposingMode } from './composing.ts'
import './composer.ts'
import type { Composer } from './composer.ts'
import { conversationHeader } from './conversationHeader.ts'
import { LifetimeWatch } from './lifetimeWatch.ts'
import { Paging } from './paging.ts'
import { selectionBar } from './selectionBar.ts'
import { Sending } from './sending.ts'
import { threadHeader } from './threadHeader.ts'
import { TypingTeller } from './typingTeller.ts'
import { failedCount, leaving, unsentText } from './unsentText.ts'
import './timeline.ts'
import type { Timeline } from './timeline.ts'
import type { TimelineActions } from './timelineActions.ts'

const draftDelayMs = 250
const readDelayMs = 150

/** One open conversation, or a thread of one: who it is with, its messages, and where one writes. */
export class ConversationScreen extends LightElement {
  static override readonly properties = {
    view: { attribute: false },
    state: { attribute: false },
    blocked: { attribute: false },
    attachments: { attribute: false },
    isCovered: { attribute: false },
    text: { state: true },
    arePinsOpen: { state: true },
  }
  declare view: View
  declare state: ConversationState
  /** Why nothing can be sent now. */
  declare blocked: string | undefined
  /** What goes out with the message that is being written. */
  declare attachments: readonly Attachment[]
  /** Something else stands before it: nobody sees what comes. */
  declare isCovered: boolean
  /** The host's draft when the conversation was opened. */
  declare draft: string
  declare dispatch: (action: ConversationAction) => void
  declare openThread: (root: MessageId) => void
  /** Leaves the thread; `message`: goes to this one in the conversation. */
  declare closeThread: (message?: MessageId) => void
  declare text: string
  declare arePinsOpen: boolean

  readonly #composing = new Composing(this)
  readonly #sending = new Sending(this)
  readonly #paging = new Paging(this)
  readonly #lifetime = new LifetimeWatch()

  /** The host keeps what is unsent, sealed like all else: the browser's own storage is in clear. */
  readonly #postDraft = new Debounced(draftDelayMs, () => {
    const text = unsentText(this.state.pending, this.text)
    if (utf8Length(text) > maxDraftBytes) return
    const { conversation, thread } = this.state
    this.view.post({ type: 'draft', conversation: conversation.id, text, ...(thread !== undefined && { thread }) })
  })
  readonly #typing = new TypingTeller(
    (isTyping) => {
      this.view.post({ type: 'typing', conversation: this.state.conversation.id, isTyping })
    },
    () => performance.now(),
  )
  readonly #postRead = new Debounced(readDelayMs, () => {
    const { seenUpTo, conversation, thread } = this.state
    if (thread !== undefined || seenUpTo === '' || seenUpTo <= (conversation.readUpTo ?? '')) return
    this.view.post({ type: 'read', conversation: conversation.id, upTo: seenUpTo })
  })

  /** The user is here and looks at the end: what comes now is nothing new to be found later. */
  get isAttentive(): boolean {
    const isSeen = document.hasFocus() && document.visibilityState === 'visible' && !this.isCovered
    return isSeen && (this.#timeline?.isAtEnd ?? false)
  }

  constructor() {
    super()
    this.arePinsOpen = false
    this.isCovered = false
  }

  focusComposer(): void {
    this.querySelector<Composer>('tincan-composer')?.focusField()
    this.querySelector<HTMLElement>('.silent-reason, .selection-bar button')?.focus()
  }

  /** Begins to answer, to change or to select a message, or opens its thread. */
  compose(mode: ComposingMode | 'select' | 'thread', message: MessageId): void {
    if (mode === 'thread') this.openThread(message)
    else if (mode === 'select') this.#select(message, true)
    else this.#composing.begin(mode, message)
  }

  /** Does what a key stands for with the message that has the keyboard. */
  press(deed: MessageDeed): void {
    this.#timeline?.keys.press(deed)
  }

  /** Takes a text with the keyboard behind it. */
  take(text: string): void {
    this.#onText(text)
    void this.updateComplete.then(() => {
      this.focusComposer()
    })
  }

  /** Shows what was sent last. */
  showSent(): void {
    if (this.state.hasNewer) this.#paging.showLatest()
    void this.updateComplete.then(() => {
      this.#timeline?.scrollToEnd()
    })
  }

  /** Shows a message, however far back it is: what is not among the messages here is brought by the host. */
  readonly reveal = (message: MessageId): void => {
    if (this.#timeline?.reveal(message) === true) return
    if (this.state.thread === undefined) this.#paging.reveal(message)
    else this.closeThread(message)
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
    if (!this.hasUpdated) this.text = this.draft
    const before = changed.get('state')
    if (before !== undefined && before.seenUpTo !== this.state.seenUpTo) this.#postRead.start()
  }

  protected override render(): TemplateResult {
    return html`${this.#renderHeader()}
      <tincan-timeline
        .view=${this.view}
        .state=${this.state}
        .isCovered=${this.isCovered}
        .actions=${this.#actions}
      ></tincan-timeline>
      ${this.state.selected === undefined ? this.#renderComposer() : this.#renderSelection(this.state.selected)}`
  }

  #renderHeader(): TemplateResult {
    const { thread, conversation, pinned } = this.state
    if (thread !== undefined)
      return threadHeader(this.view, this.state, () => {
        this.closeThread()
      })
    if (conversation.room === undefined) return conversationHeader(this.view, this.state)
    return roomHeader(this.view, this.state, conversation.room, {
      arePinsOpen: this.arePinsOpen && pinned.length > 0,
      togglePins: () => {
        this.arePinsOpen = !this.arePinsOpen
      },
      reveal: this.reveal,
    })
  }

  #renderSelection(selected: ReadonlySet<MessageId>): TemplateResult {
    return selectionBar(this.view, this.state, selected, () => {
      this.dispatch({ type: 'unselect' })
      void this.updateComplete.then(() => {
        this.focusComposer()
      })
    })
  }

  #renderComposer(): TemplateResult {
    const { conversation, members, thread } = this.state
    const why = whySilent(conversation)
    if (why !== undefined) return silentComposer(this.view, why)
    return html`<tincan-composer
      .view=${this.view}
      .recipient=${conversation.title}
      .audience=${audienceOf(this.view, conversation)}
      .members=${members}
      .text=${this.text}
      .blocked=${this.blocked}
      .conversation=${conversation.id}
      .thread=${thread}
      .isSelf=${conversation.isSelf === true}
      .lifetimeMs=${conversation.lifetimeMs}
      .warning=${this.#lifetime.warn(this.view, this.text, conversation.lifetimeMs)}
      .attachments=${this.attachments}
      .composing=${this.#composing.line}
      .onCancel=${this.#composing.end}
      .onLeave=${this.#onLeaveComposer}
      .onEditLast=${this.#composing.editLast}
      .onText=${this.#onText}
      .onSend=${this.#onSend}
    ></tincan-composer>`
  }

  get #timeline(): Timeline | null {
    return this.querySelector<Timeline>('tincan-timeline')
  }

  readonly #actions: TimelineActions = {
    ...this.#sending.actions,
    loadOlder: () => {
      this.#paging.loadOlder()
    },
    loadNewer: () => {
      this.#paging.loadNewer()
    },
    showLatest: () => {
      this.#paging.showLatest()
    },
    see: (upTo) => {
      this.dispatch({ type: 'seen', upTo })
    },
    attend: () => {
      this.dispatch({ type: 'attended' })
    },
    leave: () => {
      if (this.state.selected === undefined) this.focusComposer()
      else this.dispatch({ type: 'unselect' })
    },
    fold: (row, isFolded) => {
      this.dispatch({ type: 'fold', messages: row.messages.map(({ id }) => id), isFolded })
    },
    reveal: this.reveal,
    compose: (mode, message) => {
      this.compose(mode, message)
    },
    select: (messages, isOn) => {
      this.dispatch({ type: 'select', messages, isOn })
    },
  }

  #select(message: MessageId, isOn: boolean): void {
    this.dispatch({ type: 'select', messages: [message], isOn })
    void this.updateComplete.then(() => this.#timeline?.reveal(message, 'auto'))
  }

  /** Escape where nothing else is to be ended: out of the thread, or back to the editor. */
  readonly #onLeaveComposer = (): void => {
    if (this.state.thread === undefined) this.view.post({ type: 'focusEditor' })
    else this.closeThread()
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
    if (text.trim() !== '') this.#sending.send(text, finished.replyTo)
    const { conversation, thread } = this.state
    if (this.attachments.length > 0) {
      const place = { conversation: conversation.id, ...(thread !== undefined && { thread }) }
      this.view.post({ type: 'sendAttachments', ...place })
    }
    this.#onText('')
    this.#postDraft.flush()
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state')
    if (before === undefined || before.pending === this.state.pending) return
    // A text that could not be sent is kept with the draft: after a reload it is in the field again.
    if (failedCount(before.pending) > 0 || failedCount(this.state.pending) > 0) this.#postDraft.begin()
  }
}

customElements.define('tincan-conversation', ConversationScreen)
