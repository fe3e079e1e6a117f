import type { Disposable } from '../../shared/disposable.ts'
import type { Attention, Standing } from './windowMessages.ts'

/** A window's place on the board. */
export interface Seat extends Disposable {
  report(attention: Attention): void
}

interface Sitter {
  attention: Attention
  standing: Standing
  readonly tell: (standing: Standing) => void
}

/**
 * Decides which of a person's windows speaks: the one used last. The leader keeps it, and tells each window over the
 * same ordered stream that carries the service's notifications, so that of each notification all windows know alike who
 * speaks, and exactly one does.
 */
export class AttentionBoard {
  readonly #sitters = new Set<Sitter>()

  /** Adds a window. `tell` is called now and at each change. */
  join(tell: (standing: Standing) => void): Seat {
    const sitter: Sitter = {
      attention: { isFocused: false, usedAt: 0 },
      standing: { speaks: false, isAnyFocused: false },
      tell,
    }
    this.#sitters.add(sitter)
    tell(sitter.standing)
    this.#settle()
    return {
      report: (attention) => {
        sitter.attention = attention
        this.#settle()
      },
      dispose: () => {
        if (this.#sitters.delete(sitter)) this.#settle()
      },
    }
  }

  #settle(): void {
    const isAnyFocused = [...this.#sitters].some(({ attention }) => attention.isFocused)
    let speaker: Sitter | undefined
    for (const sitter of this.#sitters) {
      // Among those never used, the first: the leader.
      if (speaker === undefined || sitter.attention.usedAt > speaker.attention.usedAt) speaker = sitter
    }
    // Whoever falls silent hears of it first.
    const inOrder = [...this.#sitters].sort((a, b) => Number(a === speaker) - Number(b === speaker))
    for (const sitter of inOrder) {
      const standing = { speaks: sitter === speaker, isAnyFocused }
      if (standing.speaks === sitter.standing.speaks && isAnyFocused === sitter.standing.isAnyFocused) continue
      sitter.standing = standing
      sitter.tell(standing)
    }
  }
}
