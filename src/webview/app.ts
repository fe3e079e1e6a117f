import { html, nothing } from 'lit'
import type { PropertyValues, TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { assertNever } from '../shared/assertNever.ts'
import type { MessageId } from '../shared/ids.ts'
import type { Message } from '../shared/service.ts'
import type { PatchTrial } from '../shared/patch/patchTrial.ts'
import type { HostToWebview } from '../shared/webviewProtocol.ts'
import './announcer.ts'
import type { Announcer } from './announcer.ts'
import { CloneKnowledge } from './code/cloneKnowledge.ts'
import { Highlighter } from './code/highlighter.ts'
import './conversation/conversationScreen.ts'
import type { ConversationScreen } from './conversation/conversationScreen.ts'
import { distinctName } from './conversation/distinctName.ts'
import { FileKnowledge } from './files/fileKnowledge.ts'
import { Uploads } from './files/uploads.ts'
import { iconButton } from './iconButton.ts'
import { LightElement } from './lightElement.ts'
import { isBlockedHere } from './room/foldBlocked.ts'
import { failureLine } from './screens/failureLine.ts'
import { phraseScreen } from './screens/phraseScreen.ts'
import './screens/lockedForm.ts'
import './screens/nameForm.ts'
import { brokenScreen, elsewhereScreen, loadingScreen, welcomeScreen } from './screens/plainScreens.ts'
import './screens/restoreForm.ts'
import { startScreen } from './screens/startScreen.ts'
import { storeNotices } from './screens/storeNotices.ts'
import { announce } from './state/announce.ts'
import { initialState, reduceApp } from './state/appState.ts'
import type { AppAction, AppState } from './state/appState.ts'
import { isForeign } from './state/conversationState.ts'
import type { ConversationAction, ConversationState } from './state/conversationState.ts'
import { createTranslate } from './text/strings.ts'
import { createSizes } from './text/sizes.ts'
import { createTimes } from './text/times.ts'
import { Threads } from './threads.ts'
import type { View } from './view.ts'
import type { VsCodeApi } from './vscodeApi.ts'

/** The whole view: the state, what the host says, and the screen that stands for it. */
export class App extends LightElement {
  static override readonly properties = { state: { state: true }, view: { state: true } }
  declare api: VsCodeApi
  declare state: AppState
  declare view: View

  readonly #highlighter = new Highlighter({
    ask: (key, language, text) => {
      this.api.post({ type: 'highlight', key, language, text })
    },
    onDidChange: () => {
      this.#learn(() => undefined)
    },
  })

  readonly #clones = new CloneKnowledge()
  readonly #trials = new Map<MessageId, PatchTrial>()
  readonly #threads = new Threads(this)
  readonly #files = new FileKnowledge()
  readonly #uploads = new Uploads((message) => {
    this.api.post(message)
  })

  constructor() {
    super()
    this.state = initialState
    this.view = this.#createView(initialState)
  }

  /** Takes what the host says. */
  receive(message: HostToWebview): void {
    if (message.type === 'highlighted') this.#highlighter.accept(message.key, message.lines, message.isTooMuch)
    else if (message.type === 'themeChanged') this.#highlighter.expire()
    else if (message.type === 'clones') this.#learn(() => this.#clones.setIdentities(message.identities))
    else if (message.type === 'snippetPlace') this.#showPlace(message)
    else if (message.type === 'patchTried') this.#noteTrial(message.message, message.trial)
    else if (message.type === 'fileState') this.#files.setState(message.message, message.state)
    else if (message.type === 'fileContent') this.#files.setPicture(message.message, message.data)
    else if (message.type === 'uploadNext') void this.#uploads.next(message.upload, message.isOver)
    else if (message.type === 'makeThumbnail') void this.#uploads.makeThumbnail(message.id, message.data)
    else if (message.type === 'focusComposer') void this.#focusComposer()
    else if (message.type === 'compose') this.#front?.compose(message.mode, message.message)
    else if (message.type === 'messageKey') this.#front?.press(message.deed)
    else this.#threads.receive(message)
    if (message.type === 'added') this.#announce(message.messages)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state')
    if (before === undefined) return
    if (before.strings !== this.state.strings || before.locale !== this.state.locale) {
      this.view = this.#createView(this.state)
    }
  }

  protected override render(): TemplateResult {
    return html`<main>
        ${storeNotices(this.view, this.state.store)} ${this.#renderFailure()} ${this.#renderScreen()}
      </main>
      <tincan-announcer .describe=${this.#describe}></tincan-announcer>`
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state')
    if (before === undefined || before.screen.kind === this.state.screen.kind) return
    document.documentElement.lang = this.state.locale
    // The focus goes on to the new screen where it was in the old one; it is never taken from the editor.
    if (document.hasFocus()) void this.#focusScreen()
  }

  #renderScreen(): TemplateResult {
    const { view, state } = this
    const { screen, failure, busy } = state
    switch (screen.kind) {
      case 'loading':
        return loadingScreen(view)
      case 'welcome':
        return welcomeScreen(view)
      case 'name':
        return html`<tincan-name .view=${view} .failure=${failure} .busy=${busy} .onBusy=${this.#onBusy}></tincan-name>`
      case 'phrase':
        return phraseScreen(view, screen.words)
      case 'start':
        return startScreen(view, screen)
      case 'conversation':
        return state.conversation === undefined
          ? html``
          : this.#renderConversation(state.conversation, screen.page.draft)
      case 'locked':
        return html`<tincan-locked
          .view=${view}
          .reason=${screen.reason}
          .failure=${failure}
          .busy=${busy}
          .onBusy=${this.#onBusy}
        ></tincan-locked>`
      case 'restore':
        return html`<tincan-restore
          .view=${view}
          .failure=${failure}
          .busy=${busy}
          .onBusy=${this.#onBusy}
        ></tincan-restore>`
      case 'elsewhere':
        return elsewhereScreen(view, screen.sentence)
      case 'broken':
        return brokenScreen(view, screen.sentence)
      default:
        return assertNever(screen)
    }
  }

  #renderConversation(conversation: ConversationState, draft: string): TemplateResult {
    const { thread, attachments, store } = this.state
    const pane = (
      name: string,
      shown: ConversationState,
      text: string,
      dispatch: ConversationScreen['dispatch'],
    ): unknown => {
      const isCovered = thread !== undefined && shown.thread === undefined
      return keyed(
        name,
        html`<tincan-conversation
          class=${shown.thread === undefined ? 'whole' : 'thread'}
          ?inert=${isCovered}
          .view=${this.view}
          .state=${shown}
          .draft=${text}
          .blocked=${store.trouble}
          .attachments=${isCovered ? [] : attachments}
          .isCovered=${isCovered}
          .dispatch=${dispatch}
          .openThread=${this.#threads.open}
          .closeThread=${this.#threads.close}
        ></tincan-conversation>`,
      )
    }
    const { id } = conversation.conversation
    return html`<div class="panes">
      ${pane(id, conversation, draft, this.#dispatch)}
      ${thread === undefined ? nothing : pane(thread.root, thread.state, thread.draft, this.#threads.dispatch)}
    </div>`
  }

  /** Forms say beside their field what went wrong; everything else says it in a line on top. */
  #renderFailure(): TemplateResult {
    const { screen, failure } = this.state
    const isBeside = screen.kind === 'name' || screen.kind === 'locked' || screen.kind === 'restore'
    return html`<div class="alert" role="alert">
      ${
        failure === undefined || isBeside
          ? nothing
          : html`${failureLine(failure)}
            ${iconButton({
              icon: 'close',
              label: this.view.t('dismiss'),
              onClick: () => {
                this.act({ type: 'dismiss' })
              },
            })}`
      }
    </div>`
  }

  #createView({ strings, locale }: AppState): View {
    return {
      t: createTranslate(strings),
      times: createTimes(locale),
      sizes: createSizes(locale),
      files: this.#files,
      uploads: this.#uploads,
      highlighter: this.#highlighter,
      clones: this.#clones,
      trials: this.#trials,
      post: (message) => {
        this.api.post(message)
      },
      say: (sentence) => {
        this.querySelector<Announcer>('tincan-announcer')?.say(sentence)
      },
      now: () => Date.now(),
    }
  }

  #learn(learn: () => void): void {
    learn()
    // A new `view` is what tells every part to render again.
    this.view = { ...this.view }
  }

  #showPlace({ message, place }: Extract<HostToWebview, { type: 'snippetPlace' }>): void {
    this.#learn(() => this.#clones.setPlace(message, place))
    this.view.say(place.sentence)
  }

  /** The whole conversation. */
  get whole(): ConversationScreen | null {
    return this.querySelector<ConversationScreen>('tincan-conversation.whole')
  }

  /** The thread that stands before it. */
  get pane(): ConversationScreen | null {
    return this.querySelector<ConversationScreen>('tincan-conversation.thread')
  }

  get #front(): ConversationScreen | null {
    return this.pane ?? this.whole
  }

  act(action: AppAction): void {
    this.state = reduceApp(this.state, action)
  }

  readonly #dispatch = (action: ConversationAction): void => {
    this.act({ type: 'conversation', action })
  }

  #noteTrial(message: MessageId, trial: PatchTrial): void {
    this.#trials.set(message, trial)
    this.view = { ...this.view }
  }

  readonly #onBusy = (): void => {
    this.act({ type: 'busy' })
  }

  #announce(messages: readonly Message[]): void {
    const { conversation } = this.state
    if (conversation === undefined) return
    this.querySelector<Announcer>('tincan-announcer')?.announce(
      messages.filter((message) => isForeign(conversation, message) && !isBlockedHere(conversation, message.author)),
    )
  }

  readonly #describe = (messages: readonly Message[]): string => {
    const { conversation } = this.state
    if (conversation === undefined) return ''
    return announce(messages, (message) => distinctName(this.view, conversation, message.author), this.view.t)
  }

  async #focusComposer(): Promise<void> {
    await this.updateComplete
    await this.#front?.updateComplete
    this.#front?.focusComposer()
  }

  async #focusScreen(): Promise<void> {
    await this.updateComplete
    await Promise.resolve()
    this.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  }
}

customElements.define('tincan-app', App)
