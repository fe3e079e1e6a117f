import type { MessageId } from '../../shared/ids.ts'
import type { ConversationAction, ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { nextRequest } from './nextRequest.ts'

/** Where messages are shown that go on beyond what is here. */
export interface PagingPlace {
  readonly view: View
  readonly state: ConversationState
  dispatch(action: ConversationAction): void
}

/** Asks the host for the messages before, after and around those that are here. */
export class Paging {
  readonly #place: PagingPlace

  constructor(place: PagingPlace) {
    this.#place = place
  }

  /** The page before the oldest message; in a thread, before its oldest answer. */
  loadOlder(): void {
    const { view, state } = this.#place
    const { thread, conversation } = state
    const before = state.messages.find(({ id }) => id !== thread)?.id
    if (before === undefined) return
    const request = nextRequest()
    this.#place.dispatch({ type: 'loadOlder', request })
    const page = { request, conversation: conversation.id, before }
    view.post(thread === undefined ? { type: 'loadOlder', ...page } : { type: 'loadThread', ...page, message: thread })
  }

  loadNewer(): void {
    const { view, state } = this.#place
    const after = state.messages.at(-1)?.id
    if (after === undefined) return
    const request = nextRequest()
    this.#place.dispatch({ type: 'loadNewer', request })
    view.post({ type: 'loadNewer', request, conversation: state.conversation.id, after })
  }

  /** Back to the end of the conversation, where that is not among the messages. */
  showLatest(): void {
    const { view, state } = this.#place
    view.post({ type: 'latest', conversation: state.conversation.id })
  }

  /** Brings a message that is not among those here. */
  reveal(message: MessageId): void {
    const { view, state } = this.#place
    view.post({ type: 'reveal', conversation: state.conversation.id, message })
  }
}
