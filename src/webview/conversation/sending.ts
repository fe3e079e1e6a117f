import type { MessageId } from '../../shared/ids.ts'
import { redactSecrets } from '../../shared/secrets.ts'
import type { ConversationAction, ConversationState } from '../state/conversationState.ts'
import type { PendingSend } from '../state/pendingSends.ts'
import { mentionedIn } from '../text/mentions.ts'
import type { View } from '../view.ts'
import { nextRequest } from './nextRequest.ts'
import type { PendingActions } from './renderPending.ts'

/** Where messages are sent from. */
export interface SendingPlace {
  readonly view: View
  readonly state: ConversationState
  readonly text: string
  dispatch(action: ConversationAction): void
  /** Takes a text with the keyboard behind it. */
  take(text: string): void
  focusComposer(): void
  /** Something was sent: it stands at the end. */
  showSent(): void
}

/** Hands texts to the host, and does what can be done with those that did not go out. */
export class Sending {
  readonly #place: SendingPlace

  constructor(place: SendingPlace) {
    this.#place = place
  }

  /** `anyway`: whatever was found in it. In a thread everything answers what that began with, at the least. */
  send(text: string, replyTo?: MessageId, anyway = false): void {
    const { view, state } = this.#place
    const request = nextRequest()
    const mentions = mentionedIn(text, state.members)
    const answered = replyTo ?? state.thread
    const answer = answered === undefined ? {} : { replyTo: answered }
    this.#place.dispatch({ type: 'send', request, text, at: view.now(), ...answer })
    view.post({
      type: 'send',
      request,
      conversation: state.conversation.id,
      text,
      ...(mentions.length === 0 ? {} : { mentions }),
      ...(anyway && { anyway }),
      ...answer,
      ...(state.thread === undefined ? {} : { thread: state.thread }),
    })
    this.#place.showSent()
  }

  readonly actions: PendingActions = {
    redact: (send) => {
      this.#again(send, redactSecrets(send.text, send.findings ?? []))
    },
    sendAnyway: (send) => {
      this.#again(send, send.text, true)
    },
    retry: (send) => {
      this.#again(send, send.text)
    },
    edit: (send) => {
      this.#drop(send)
      const { text } = this.#place
      this.#place.take(text.trim() === '' ? send.text : `${send.text}\n\n${text}`)
    },
    discard: (send) => {
      this.#drop(send)
      this.#place.focusComposer()
    },
  }

  #drop({ request }: PendingSend): void {
    this.#place.dispatch({ type: 'discard', request })
  }

  #again(send: PendingSend, text: string, anyway = false): void {
    this.#drop(send)
    this.send(text, send.replyTo, anyway)
  }
}
