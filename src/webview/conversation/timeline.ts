import { html } from 'lit'
import type { PropertyValues, TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { MessageId } from '../../shared/ids.ts'
import { LightElement } from '../lightElement.ts'
import { buildRows, type Row } from '../state/buildRows.ts'
import type { ConversationState, Jump } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { Edges } from './edges.ts'
import { focusWhenThere } from './focusWhenThere.ts'
import { FoundMarks } from './foundMarks.ts'
import { handleListKey, type ListKeyboard } from './handleListKey.ts'
import { jumpButton } from './jumpButton.ts'
import { MessageKeyboard } from './messageKeyboard.ts'
import { foldBlocked } from '../room/foldBlocked.ts'
import { renderChanges, type ChangesActions } from '../room/renderChanges.ts'
import { renderMessage, type MessageActions } from './renderMessage.ts'
import { renderNotice } from './renderNotice.ts'
import { renderPending } from './renderPending.ts'
import { renderTop } from './renderTop.ts'
import { RowList } from './rowList.ts'
import { holdsMessage, lastMessageOf } from './rowMessages.ts'
import { Selecting } from './selecting.ts'
import type { TimelineActions } from './timelineActions.ts'

/** The messages of a conversation, of which only those in sight are in the page. */
export class Timeline extends LightElement {
  static override readonly properties = {
    view: { attribute: false },
    state: { attribute: false },
    isCovered: { attribute: false },
  }
  declare view: View
  declare state: ConversationState
  /** Something else stands before it: nobody sees what is in sight. */
  declare isCovered: boolean
  declare actions: TimelineActions

  #rows: readonly Row[] = []
  #focusedKey: string | undefined
  /** What has the keyboard while the rows are being rendered. */
  #focusBefore: HTMLElement | undefined
  #isOpened = false
  /** The first scrolling is done: what is in sight is what the user sees. */
  #isSettled = false
  #jump: Jump | undefined
  readonly #edges = new Edges()
  readonly #marks = new FoundMarks()
  readonly #selecting = new Selecting(() => ({ rows: this.#rows, state: this.state, actions: this.actions }))
  /** What keys do with the message that has the keyboard. */
  readonly keys = new MessageKeyboard(this, () => this.#focusedRow)
  #disconnect: (() => void) | undefined
  readonly #list = new RowList(
    () => this.querySelector<HTMLElement>('.log'),
    () => {
      this.requestUpdate()
    },
  )

  /** The end of the conversation is in sight. */
  get isAtEnd(): boolean {
    return this.#list.isAtEnd
  }

  /** Shows the end, wherever the list is. */
  scrollToEnd(): void {
    if (!this.state.hasNewer) this.#list.scrollToEnd()
  }

  /** Shows a message, or a line about the room, and puts the keyboard on it; `false` where it is not among those here. */
  reveal(message: MessageId, align: 'start' | 'auto' = 'start'): boolean {
    const index = this.#rows.findIndex((row) => holdsMessage(row, message))
    const key = this.#rows[index]?.key
    if (key === undefined) return false
    this.#list.scrollToRow(index, align)
    void this.#focusRow(key)
    return true
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#disconnect = this.#list.connect()
    window.addEventListener('focus', this.#reportSeen)
    window.addEventListener('blur', this.keys.leave)
    document.addEventListener('visibilitychange', this.#reportSeen)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#disconnect?.()
    this.#marks.clear()
    window.removeEventListener('focus', this.#reportSeen)
    window.removeEventListener('blur', this.keys.leave)
    this.keys.leave()
    document.removeEventListener('visibilitychange', this.#reportSeen)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('state')) this.#rows = buildRows(this.state)
    this.#list.setRows(this.#rows, this.#focusedKey, this.state.hasNewer)
    const focused = document.activeElement
    this.#focusBefore = focused instanceof HTMLElement && this.contains(focused) ? focused : undefined
  }

  protected override render(): TemplateResult {
    const { t } = this.view
    const rows = this.#list.items.flatMap((item) => {
      const row = this.#rows[item.index]
      return row === undefined ? [] : [{ row, index: item.index }]
    })
    return html`<div
        class="log"
        role="log"
        aria-live="off"
        tabindex="0"
        aria-label=${t(this.state.conversation.kind === 'room' ? 'logRoom' : 'log', this.state.conversation.title)}
        aria-description=${t('logHint')}
        @keydown=${this.#onKey}
        @focusin=${this.#onFocusIn}
        @focusout=${this.#onFocusOut}
      >
        <div class="spacer">
          ${repeat(
            rows,
            ({ row }) => row.key,
            ({ row, index }) =>
              html`<div class="row" data-index=${index} data-key=${row.key}>${this.#renderRow(row)}</div>`,
          )}
        </div>
      </div>
      ${jumpButton(this.view, this.state, this.#list.isAtEnd || !this.#isOpened, this.#onJump)}`
  }

  protected override updated(): void {
    const spacer = this.querySelector<HTMLElement>('.spacer')
    if (spacer === null) return
    this.#keepFocus()
    this.#list.place(spacer)
    if (!this.#isOpened) this.#open()
    this.#follow()
    if (this.#isSettled) this.#edges.load(this.state, this.#list.range, this.#rows.length, this.actions)
    this.#reportSeen()
    this.#marks.apply(this)
  }

  /** Goes where the host says, once the rows of there are in the list. */
  #follow(): void {
    const { jump } = this.state
    if (jump === this.#jump || jump === undefined) return
    this.#jump = jump
    this.#isOpened = true
    this.#marks.set(jump)
    if (jump.message === undefined) this.#list.scrollToEnd()
    else this.reveal(jump.message)
  }

  #renderRow(row: Row): TemplateResult {
    const { view, state } = this
    const isReachable = row.key === this.#focusedKey
    switch (row.kind) {
      case 'top':
        return renderTop(view, state, () => {
          this.actions.loadOlder()
        })
      case 'day':
        return html`<div class="day"><span>${view.times.day(row.at, view.now())}</span></div>`
      case 'new':
        return html`<div class="new"><span>${view.t('newLine')}</span></div>`
      case 'notice':
        return row.message.body.kind === 'notice' ? renderNotice(view, state, row.message.body) : html``
      case 'changes':
        return renderChanges(view, state, row, isReachable, this.#changesActions)
      case 'message':
        return foldBlocked(view, state, row, isReachable, this.#changesActions, () =>
          renderMessage(view, state, row, isReachable, this.#messageActions),
        )
      case 'pending':
        return renderPending(view, state, row, this.actions)
    }
  }

  /** At the first unread message where there is one, and at the end otherwise. */
  #open(): void {
    if (this.querySelector('.log')?.clientHeight === 0) return
    this.#isOpened = true
    requestAnimationFrame(() => {
      this.#isSettled = true
      this.requestUpdate()
    })
    const firstNew = this.#rows.findIndex((row) => row.kind === 'new')
    if (firstNew < 0) this.#list.scrollToEnd()
    else this.#list.scrollToRow(firstNew, 'start')
  }

  /** Rendering may move the row that has the keyboard, which costs it the focus. */
  #keepFocus(): void {
    const focused = this.#focusBefore
    this.#focusBefore = undefined
    if (focused?.isConnected === true && focused !== document.activeElement) focused.focus({ preventScroll: true })
  }

  readonly #reportSeen = (): void => {
    const range = this.#list.range
    if (!this.#isSettled || range === null || this.isCovered || document.visibilityState !== 'visible') return
    if (this.state.isLineHeld && document.hasFocus() && this.#list.isAtEnd) this.actions.attend()
    for (let index = range.endIndex; index >= range.startIndex; index--) {
      const last = lastMessageOf(this.#rows[index])
      if (last === undefined) continue
      if (last > this.state.seenUpTo) this.actions.see(last)
      return
    }
  }

  readonly #messageActions: MessageActions = {
    reveal: (message) => {
      this.actions.reveal(message)
    },
    compose: (mode, message) => {
      this.actions.compose(mode, message)
    },
    toggle: this.#selecting.toggle,
  }

  readonly #changesActions: ChangesActions = {
    fold: (row, isFolded) => {
      this.#list.holdRow(row.key)
      this.actions.fold(row, isFolded)
    },
    reveal: (message) => {
      this.actions.reveal(message)
    },
  }

  readonly #onJump = (): void => {
    this.#showEnd()
    this.actions.leave()
  }

  #showEnd(): void {
    if (this.state.hasNewer) this.actions.showLatest()
    else this.#list.scrollToEnd()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (this.keys.handleKey(event)) return
    const list = this.#keyboard
    if (!this.#selecting.handleKey(event, this.#focusedRow, list)) handleListKey(event, list)
  }

  get #focusedRow(): Row | undefined {
    return this.#rows.find(({ key }) => key === this.#focusedKey)
  }

  get #keyboard(): ListKeyboard {
    return {
      rows: this.#rows,
      focusedKey: this.#focusedKey,
      range: this.#list.range,
      scrollToRow: (index, align) => {
        this.#list.scrollToRow(index, align)
      },
      scrollToEnd: () => {
        this.#showEnd()
      },
      focusRow: (key) => {
        void this.#focusRow(key)
      },
      leave: () => {
        this.#marks.clear()
        this.actions.leave()
      },
    }
  }

  async #focusRow(key: string): Promise<void> {
    this.#focusedKey = key
    this.requestUpdate()
    await focusWhenThere(this, key, () => this.#focusedKey === key)
  }

  readonly #onFocusIn = ({ target }: FocusEvent): void => {
    this.#list.noticeScroll()
    this.keys.noteFocus(target)
    const key = target instanceof Element ? target.closest<HTMLElement>('.row')?.dataset['key'] : undefined
    if (key === this.#focusedKey) return
    this.#focusedKey = key
    this.requestUpdate()
  }

  readonly #onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    this.keys.noteFocus(relatedTarget)
    if (relatedTarget instanceof Node && this.contains(relatedTarget)) return
    // The window lost the focus, or the row is being moved: the same element gets it back, and its row stays.
    if (!document.hasFocus() || this.#focusBefore !== undefined) return
    this.#focusedKey = undefined
    this.requestUpdate()
  }
}

customElements.define('tincan-timeline', Timeline)
