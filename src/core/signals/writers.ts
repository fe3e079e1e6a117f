import type { Disposable } from '../../shared/disposable.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Clock } from '../ports/clock.ts'

/** Whoever said to be writing, and says nothing more, is so for this long. */
export const typingLastsMs = 6_000

/** Who is writing in each conversation. Nothing of it is kept on disk. */
export class Writers<Place extends object> implements Disposable {
  readonly #clock: Clock
  readonly #changed: (place: Place) => void
  readonly #timers = new Map<Place, Map<PersonId, Disposable>>()

  /** `changed`: others are writing there than before. */
  constructor(clock: Clock, changed: (place: Place) => void) {
    this.#clock = clock
    this.#changed = changed
  }

  at(place: Place): readonly PersonId[] {
    return [...(this.#timers.get(place)?.keys() ?? [])]
  }

  note(place: Place, person: PersonId): void {
    const timers = this.#timers.get(place) ?? new Map<PersonId, Disposable>()
    this.#timers.set(place, timers)
    const isKnown = timers.has(person)
    timers.get(person)?.dispose()
    const timer = this.#clock.after(typingLastsMs, () => {
      this.end(place, person)
    })
    timers.set(person, timer)
    if (!isKnown) this.#changed(place)
  }

  end(place: Place, person: PersonId): void {
    const timers = this.#timers.get(place)
    const timer = timers?.get(person)
    if (timers === undefined || timer === undefined) return
    timer.dispose()
    timers.delete(person)
    if (timers.size === 0) this.#timers.delete(place)
    this.#changed(place)
  }

  /** Somebody is gone, wherever they were writing. */
  endAll(person: PersonId): void {
    for (const place of [...this.#timers.keys()]) this.end(place, person)
  }

  /** Nobody is, anywhere. */
  clear(): void {
    for (const [place, timers] of [...this.#timers]) for (const person of [...timers.keys()]) this.end(place, person)
  }

  dispose(): void {
    for (const timers of this.#timers.values()) for (const timer of timers.values()) timer.dispose()
    this.#timers.clear()
  }
}
