import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import type { ConversationState } from '../state/conversationState.ts'
import { mentionedIn } from '../text/mentions.ts'
import type { View } from '../view.ts'
import { nameOf } from './nameOf.ts'

export type ComposingMode = 'reply' | 'edit'

/** Where what is being written is written. */
export interface ComposingPlace {
  readonly view: View
  readonly state: ConversationState
  readonly text: string
  requestUpdate(): void
  /** Takes a text with the keyboard behind it. */
  take(text: string): void
}

/** What is being written, where it is more than a new message: an answer, or another wording of an own text. */
export class Composing {
  readonly #place: ComposingPlace
  #present: { readonly mode: ComposingMode; readonly message: Message; readonly kept: string } | undefined

  constructor(place: ComposingPlace) {
    this.#place = place
  }

  get isEdit(): boolean {
    return this.#present?.mode === 'edit'
  }

  /** The line that says what it is. */
  get line(): string | undefined {
    const { view, state } = this.#place
    if (this.#present === undefined) return undefined
    if (this.isEdit) return view.t(this.#isGone ? 'editingDeleted' : 'editingMessage')
    const { author } = this.#present.message
    return view.t('replyingTo', author === state.self ? view.t('you') : nameOf(view, state, author))
  }

  readonly begin = (mode: ComposingMode, id: MessageId): void => {
    const { state, text } = this.#place
    const message = state.messages.find((one) => one.id === id)
    if (message === undefined || (mode === 'edit' && message.body.kind !== 'text')) return
    const kept = this.isEdit ? (this.#present?.kept ?? '') : text
    this.#present = { mode, message, kept }
    this.#place.take(mode === 'edit' && message.body.kind === 'text' ? message.body.text : kept)
    this.#place.requestUpdate()
  }

  /** Changes the last text that this person wrote and that is still there. */
  readonly editLast = (): void => {
    const { messages, self } = this.#place.state
    const last = messages.findLast(({ author, body }) => author === self && body.kind === 'text')
    if (last !== undefined) this.begin('edit', last.id)
  }

  /** Back to a new message, with what stood in the field before. */
  readonly end = (): void => {
    const present = this.#present
    this.#present = undefined
    this.#place.take(present?.mode === 'edit' ? present.kept : this.#place.text)
    this.#place.requestUpdate()
  }

  /** What is being changed was deleted meanwhile, or has disappeared. */
  get #isGone(): boolean {
    const { messages, hasNewer } = this.#place.state
    const id = this.#present?.message.id
    if (id === undefined) return false
    const message = messages.find((one) => one.id === id)
    // What is on another page may still be there.
    const isOnPage = id >= (messages[0]?.id ?? id) && !hasNewer
    return message === undefined ? isOnPage : message.erasedBy !== undefined
  }

  /** `true`: the text is another wording, and was handed over, or stays where there is nothing to change any more. Otherwise it is to be sent, as an answer to `replyTo`. */
  finish(text: string): true | { readonly replyTo?: MessageId } {
    const { view, state } = this.#place
    const present = this.#present
    if (present?.mode !== 'edit') {
      this.#present = undefined
      return present === undefined ? {} : { replyTo: present.message.id }
    }
    if (this.#isGone) {
      view.say(view.t('editingDeleted'))
      return true
    }
    const mentions = mentionedIn(text, state.members)
    const named = mentions.length === 0 ? {} : { mentions }
    view.post({ type: 'edit', conversation: state.conversation.id, message: present.message.id, text, ...named })
    this.end()
    return true
  }
}
