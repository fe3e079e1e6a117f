import type { View } from '../view.ts'

/** Notices that how long messages are kept changed while somebody was writing one. */
export class LifetimeWatch {
  #before: number | undefined
  #isWriting = false

  /** The sentence that warns, if one is due. To be asked whenever the text or the setting may be another. */
  warn({ t, times }: View, text: string, lifetimeMs: number | undefined): string | undefined {
    const isWriting = text.trim() !== ''
    if (!isWriting || !this.#isWriting) this.#before = lifetimeMs
    this.#isWriting = isWriting
    if (this.#before === lifetimeMs) return undefined
    return lifetimeMs === undefined ? t('lifetimeChangedOff') : t('lifetimeChanged', times.span(lifetimeMs))
  }
}
