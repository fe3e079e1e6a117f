import { html, nothing } from 'lit'
import type { PropertyValues, TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { RoomMember } from '../../shared/rooms.ts'
import type { ViewString } from '../../shared/viewStrings.ts'
import { maxTextBytes } from '../../shared/service.ts'
import { utf8Length } from '../../shared/utf8Length.ts'
import type { Attachment } from '../../shared/webviewProtocol.ts'
import { AttachmentBar } from '../attach/attachmentBar.ts'
import { icon } from '../icon.ts'
import { iconButton } from '../iconButton.ts'
import { LightElement } from '../lightElement.ts'
import { lifetimeButton } from './lifetimeButton.ts'
import { MentionPicker } from '../room/mentionPicker.ts'
import type { View } from '../view.ts'

/** The count of bytes left shows below this. */
const counterFromBytes = 1024

/** Where a message is written. It knows no drafts: its owner gives the text and hears of every change. */
export class Composer extends LightElement {
  static override readonly properties = {
    view: { attribute: false },
    recipient: { attribute: false },
    audience: { attribute: false },
    members: { attribute: false },
    text: { attribute: false },
    conversation: { attribute: false },
    attachments: { attribute: false },
    blocked: { attribute: false },
    composing: { attribute: false },
    thread: { attribute: false },
    lifetimeMs: { attribute: false },
    warning: { attribute: false },
    isSelf: { attribute: false },
  }
  declare view: View
  /** The person or the room that is written to. */
  declare recipient: string
  /** The sentence that says who can read what is written here. */
  declare audience: string
  /** Who can be mentioned. */
  declare members: readonly RoomMember[]
  declare text: string
  declare conversation: ConversationId
  /** What goes out with the text. */
  declare attachments: readonly Attachment[]
  /** Why nothing can be sent now; what is written stays. */
  declare blocked: string | undefined
  /** What is written is more than a new message: a line says so, and Escape ends it. */
  declare composing: string | undefined
  /** It is written for oneself. */
  declare isSelf: boolean
  /** What is written goes into this thread. */
  declare thread: MessageId | undefined
  /** What is written disappears after so long. */
  declare lifetimeMs: number | undefined
  /** Something changed while one wrote that one should know before sending. */
  declare warning: string | undefined
  /** Ends what `composing` says. */
  declare onCancel: () => void
  /** Escape where there is nothing to end. */
  declare onLeave: () => void
  /** The user wants to change what was said last. */
  declare onEditLast: () => void
  declare onText: (text: string) => void
  /** A text to send, within its bound: blank only where something is attached. */
  declare onSend: (text: string) => void

  readonly #mentions = new MentionPicker(this)
  readonly #attachments = new AttachmentBar(this)

  get textarea(): HTMLTextAreaElement | null {
    return this.querySelector('textarea')
  }

  /** Takes a text with the caret at a place in it. */
  replaceText(text: string, caret: number): void {
    this.onText(text)
    void this.updateComplete.then(() => {
      this.textarea?.focus()
      this.textarea?.setSelectionRange(caret, caret)
    })
  }

  /** Puts the keyboard into the field, behind its text. */
  focusField(): void {
    const field = this.textarea
    field?.focus()
    field?.setSelectionRange(field.value.length, field.value.length)
  }

  protected override render(): TemplateResult {
    const { t } = this.view
    const left = maxTextBytes - utf8Length(this.text)
    const isThread = this.thread !== undefined
    return html`<form
      class="composer"
      @submit=${this.#onSubmit}
      @dragover=${this.#attachments.onDragOver}
      @dragleave=${this.#attachments.onDragLeave}
      @drop=${this.#attachments.onDrop}
    >
      ${this.#mentions.render()}${this.#renderComposing()} ${this.#renderWarning()} ${this.#attachments.render()}
      <div class="field ${left < 0 ? 'invalid' : ''}">
        <textarea
          rows="1"
          dir="auto"
          .value=${live(this.text)}
          placeholder=${t(this.#placeholder, this.recipient)}
          aria-label=${t(isThread ? 'threadLabel' : 'composerLabel', this.recipient)}
          aria-describedby=${`${this.#audienceId} ${this.#audienceId}-warning`}
          aria-invalid=${left < 0 ? 'true' : 'false'}
          aria-autocomplete=${this.members.length > 0 ? 'list' : nothing}
          aria-controls=${this.#mentions.listId}
          aria-activedescendant=${this.#mentions.activeId}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          @keyup=${this.#onCaret}
          @click=${this.#onCaret}
          @blur=${this.#onBlur}
          @paste=${this.#attachments.onPaste}
        ></textarea>
        <div class="field-actions">
          ${iconButton({
            icon: 'attach',
            label: t('attachFiles'),
            onClick: () => {
              this.view.post({ type: 'pickFiles', conversation: this.conversation })
            },
          })}
          ${iconButton({
            icon: 'code',
            label: t('share'),
            hint: t('shareHint'),
            onClick: () => {
              this.view.post({ type: 'share' })
            },
          })}
          <button
            type="submit"
            class="icon-button send"
            title=${this.blocked ?? t('send')}
            aria-label=${t('send')}
            ?disabled=${!this.#isSendable()}
          >
            ${icon('send')}
          </button>
        </div>
      </div>
      <div class="composer-foot">
        <span id=${this.#audienceId} class="audience">${icon('lock')} <span>${this.audience}</span></span>
        ${lifetimeButton(this.view, this.conversation, this.lifetimeMs)}
        ${
          left < counterFromBytes
            ? html`<span class="counter ${left < 0 ? 'over' : ''}" role="status"
                >${left < 0 ? t('bytesOver', -left) : t('bytesLeft', left)}</span
              >`
            : nothing
        }
      </div>
    </form>`
  }

  #renderComposing(): TemplateResult | typeof nothing {
    if (this.composing === undefined) return nothing
    const { t } = this.view
    return html`<div class="composing">
      <span role="status">${this.composing}</span>
      ${iconButton({ icon: 'close', label: t('cancelComposing'), onClick: this.onCancel })}
    </div>`
  }

  #renderWarning(): TemplateResult {
    return html`<p id=${`${this.#audienceId}-warning`} class="composer-warning" role="alert">
      ${this.warning === undefined ? nothing : html`${icon('warning')} <span>${this.warning}</span>`}
    </p>`
  }

  get #placeholder(): ViewString {
    if (this.thread !== undefined) return 'threadPlaceholder'
    return this.isSelf ? 'notePlaceholder' : 'composerPlaceholder'
  }

  /** A thread's composer stands before another. */
  get #audienceId(): string {
    return this.thread === undefined ? 'audience' : 'thread-audience'
  }

  protected override updated(changed: PropertyValues<this>): void {
    const field = this.textarea
    if (changed.has('text') && this.text === '') this.#mentions.close()
    if (field === null || !changed.has('text')) return
    // Engines without `field-sizing` grow the field by hand.
    if (CSS.supports('field-sizing', 'content')) return
    field.style.height = 'auto'
    field.style.height = `${String(field.scrollHeight)}px`
  }

  #isSendable(): boolean {
    const isSomething = this.text.trim() !== '' || this.attachments.length > 0
    return this.blocked === undefined && isSomething && utf8Length(this.text) <= maxTextBytes
  }

  #send(): void {
    // Lone surrogates cannot travel.
    if (this.#isSendable()) this.onSend(this.text.replace(/\p{Surrogate}/gu, '\uFFFD'))
  }

  readonly #onInput = ({ target }: InputEvent): void => {
    if (!(target instanceof HTMLTextAreaElement)) return
    this.#attachments.forgetPaste()
    this.onText(target.value)
    this.#mentions.refresh()
  }

  readonly #onCaret = (): void => {
    this.#mentions.refresh()
  }

  readonly #onBlur = (): void => {
    this.#mentions.close()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (this.#mentions.handleKey(event) || this.#attachments.handleKey(event)) return
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault()
      if (this.composing === undefined) this.onLeave()
      else this.onCancel()
      return
    }
    const isBare = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey
    if (event.key === 'ArrowUp' && isBare && this.text === '' && this.composing === undefined) {
      event.preventDefault()
      this.onEditLast()
    }
    // Enter that ends a composition of an input method belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    this.#send()
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    this.#send()
    this.focusField()
  }
}

customElements.define('tincan-composer', Composer)
