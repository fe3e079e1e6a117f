/** Something to be released once. Releasing it again does nothing. */
export interface Disposable {
  dispose(): void
}

/** Subscribes a listener; the result ends the subscription. */
export type Event<T> = (listener: (value: T) => void) => Disposable

/**
 * A list of listeners. A listener that throws does not keep the others from hearing: the error goes to `onError`.
 */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>()
  readonly #onError: (error: unknown) => void

  constructor(onError: (error: unknown) => void = () => undefined) {
    this.#onError = onError
  }

  readonly event: Event<T> = (listener) => {
    const own = (value: T): void => {
      listener(value)
    }
    this.#listeners.add(own)
    return { dispose: () => this.#listeners.delete(own) }
  }

  /** Whether anybody would hear. */
  get isHeard(): boolean {
    return this.#listeners.size > 0
  }

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value)
      } catch (error) {
        this.#onError(error)
      }
    }
  }

  dispose(): void {
    this.#listeners.clear()
  }
}

/** Releases everything added to it, last in first out, and finishes even when one part throws (the first error is rethrown). */
export class DisposableStore implements Disposable {
  #parts: Disposable[] | undefined = []

  get isDisposed(): boolean {
    return this.#parts === undefined
  }

  /** Keeps `part` until `dispose`; releases it at once when already disposed. */
  add<T extends Disposable>(part: T): T {
    if (this.#parts === undefined) part.dispose()
    else this.#parts.push(part)
    return part
  }

  dispose(): void {
    const parts = this.#parts ?? []
    this.#parts = undefined
    let failure: { error: unknown } | undefined
    for (const part of parts.reverse()) {
      try {
        part.dispose()
      } catch (error) {
        failure ??= { error }
      }
    }
    if (failure !== undefined) throw failure.error
  }
}
