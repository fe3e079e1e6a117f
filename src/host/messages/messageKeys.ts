import type { MessageDeed } from '../../shared/messageOffers.ts'

/** A view, as far as keys go: it does what they stand for with its message that has the keyboard, if one still has. */
export type KeyTarget = (deed: MessageDeed) => void

/**
 * Where the keys of the editor go that stand for something to be done with a message: into the view in which a message has
 * the keyboard. There is one at most, and the view itself judges once more.
 */
export class MessageKeys {
  readonly #onDidChange: (hasTarget: boolean) => void
  #target: KeyTarget | undefined

  /** `onDidChange` is told when a message has the keyboard, and when none has any more. */
  constructor(onDidChange: (hasTarget: boolean) => void) {
    this.#onDidChange = onDidChange
  }

  /** A message of this view has the keyboard, or none of it has. */
  setFocused(target: KeyTarget, isFocused: boolean): void {
    const had = this.#target !== undefined
    if (isFocused) this.#target = target
    else if (this.#target === target) this.#target = undefined
    const has = this.#target !== undefined
    if (has !== had) this.#onDidChange(has)
  }

  /** Hands on what a key stands for. */
  press(deed: MessageDeed): void {
    this.#target?.(deed)
  }
}
