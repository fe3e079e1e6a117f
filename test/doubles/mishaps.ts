import type { SeededRandom } from './seededRandom.ts'

/**
 * What may become of a message on its way; `none` leaves it alone. None of them puts words into anybody's mouth: whoever
 * could do that inside a Noise stream is the other side itself.
 */
export const mishaps = ['none', 'drop', 'duplicate', 'swap', 'replay', 'scramble', 'cut-short'] as const
export type Mishap = (typeof mishaps)[number]

/** How many of the messages that passed are remembered, to come again later. */
const maxRemembered = 64

/** Somebody between two ends who does to a share of their messages what no honest network would. */
export class Meddler {
  kind: Mishap = 'none'
  /** From 0 to 1. */
  share = 0
  /** How many messages it has done something to. */
  happened = 0
  readonly #random: SeededRandom
  readonly #remembered: Uint8Array[] = []

  constructor(random: SeededRandom) {
    this.#random = random
  }

  /** What arrives in place of `message`, in this order. `held` keeps one back for each direction of a connection. */
  pass(message: Uint8Array, held: { message?: Uint8Array }): readonly Uint8Array[] {
    const waiting = held.message === undefined ? [] : [held.message]
    delete held.message
    if (this.kind === 'none') return [...waiting, message]
    this.#remembered[this.#random.below(maxRemembered)] = message
    if (this.#random.fraction() >= this.share) return [message, ...waiting]
    this.happened++
    switch (this.kind) {
      case 'drop':
        return waiting
      case 'duplicate':
        return [message, message, ...waiting]
      case 'swap':
        held.message = message
        return waiting
      case 'replay':
        return [message, this.#random.pick(Object.values(this.#remembered)), ...waiting]
      case 'scramble':
        return [this.#random.bytes(message.length), ...waiting]
      case 'cut-short':
        return [message.slice(0, this.#random.below(message.length + 1)), ...waiting]
    }
  }
}
