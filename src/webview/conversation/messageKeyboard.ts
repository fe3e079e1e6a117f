import type { MessageDeed } from '../../shared/messageOffers.ts'
import type { Row } from '../state/buildRows.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { doWithMessage, type Compose } from './doWithMessage.ts'

/** The list of messages. */
interface List {
  readonly view: View
  readonly state: ConversationState
  readonly actions: Compose
}

/**
 * Which keys a message obeys while it has the keyboard itself, and no button in it. Nearly all are the editor's, so that the
 * user can change them: the host hears when they count. Two are of the view: which key makes a plus differs from keyboard to
 * keyboard, and the menu key is everywhere the same.
 */
export class MessageKeyboard {
  readonly #list: List
  readonly #focusedRow: () => Row | undefined
  #isOn = false

  /** `focusedRow`: the row that has the keyboard, or something in it. */
  constructor(list: List, focusedRow: () => Row | undefined) {
    this.#list = list
    this.#focusedRow = focusedRow
  }

  /** The keyboard went to an element, or (`null`) away from the messages. */
  noteFocus(target: EventTarget | null): void {
    const isOn = isMessage(target)
    if (isOn === this.#isOn) return
    this.#isOn = isOn
    this.#list.view.post({ type: 'messageFocus', isOn })
  }

  /** No message has the keyboard. What had it may have gone from the page, which tells nobody that it lost it. */
  readonly leave = (): void => {
    this.noteFocus(null)
  }

  /** Does what a key stands for with the message that has the keyboard; nothing where none has. */
  press(deed: MessageDeed): void {
    const { view, state, actions } = this.#list
    const row = this.#focusedRow()
    if (row?.kind === 'message' && document.hasFocus() && isMessage(document.activeElement))
      doWithMessage(deed, view, state, row.message, actions)
  }

  /** `true`: the key was one of the view, and meant for the message. */
  handleKey(event: KeyboardEvent): boolean {
    const deed = event.key === '+' ? 'react' : event.key === 'ContextMenu' ? 'more' : undefined
    if (deed === undefined || event.altKey || event.ctrlKey || event.metaKey || !isMessage(event.target)) return false
    event.preventDefault()
    this.press(deed)
    return true
  }
}

/** Whether an element is a message itself. */
const isMessage = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.matches('article')
