import type { MessageId } from '../../shared/ids.ts'
import type { Row } from '../state/buildRows.ts'
import type { ConversationState } from '../state/conversationState.ts'
import { moveFocus, type ListKeyboard } from './handleListKey.ts'

interface SelectingPlace {
  readonly rows: readonly Row[]
  readonly state: ConversationState
  readonly actions: { select(messages: readonly MessageId[], isOn: boolean): void }
}

/** Selects messages by mouse and by keyboard: one by one, or all from the one that was chosen before. */
export class Selecting {
  readonly #place: () => SelectingPlace
  /** Where a range begins. */
  #anchor: MessageId | undefined

  constructor(place: () => SelectingPlace) {
    this.#place = place
  }

  readonly toggle = (message: MessageId, isRange: boolean): void => {
    const { state, actions } = this.#place()
    const isOn = state.selected?.has(message) !== true
    if (isRange && this.#anchor !== undefined) actions.select(this.#between(this.#anchor, message), true)
    else actions.select([message], isOn)
    this.#anchor = message
  }

  /** While selecting, Space selects the message that has the keyboard, Shift with an arrow key the next as well. */
  handleKey(event: KeyboardEvent, row: Row | undefined, list: ListKeyboard): boolean {
    if (this.#place().state.selected === undefined) {
      this.#anchor = undefined
      return false
    }
    if (event.altKey || event.ctrlKey || event.metaKey || row?.kind !== 'message') return false
    if (event.key === ' ') {
      event.preventDefault()
      this.toggle(row.message.id, event.shiftKey)
      return true
    }
    if (!event.shiftKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return false
    const next = moveFocus(event, list, event.key === 'ArrowUp' ? -1 : 1)
    if (next?.kind === 'message') this.#place().actions.select([row.message.id, next.message.id], true)
    return true
  }

  #between(one: MessageId, other: MessageId): MessageId[] {
    const [first, last] = one < other ? [one, other] : [other, one]
    const ids = this.#place().rows.flatMap((row) => (row.kind === 'message' ? [row.message.id] : []))
    return ids.filter((id) => id >= first && id <= last)
  }
}
