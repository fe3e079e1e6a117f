import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Message } from '../shared/service.ts'
import { Debounced } from './debounced.ts'
import { LightElement } from './lightElement.ts'

const batchMs = 900

/**
 * The voice of the view: a hidden polite region. What comes close together is said together, so that a screen reader
 * hears of a batch and not of every change on the screen.
 */
export class Announcer extends LightElement {
  static override readonly properties = { spoken: { state: true } }
  declare spoken: string
  /** Turns messages into what is said about them. */
  declare describe: (messages: readonly Message[]) => string

  #sentences: string[] = []
  #messages: Message[] = []
  readonly #batch = new Debounced(batchMs, () => {
    const parts = [...this.#sentences, this.#messages.length === 0 ? '' : this.describe(this.#messages)]
    this.#sentences = []
    this.#messages = []
    const next = parts.filter((part) => part !== '').join(' ')
    // The same words twice in a row are a change only with something unheard added.
    this.spoken = next === this.spoken ? `${next}\u00A0` : next
  })

  constructor() {
    super()
    this.spoken = ''
  }

  say(sentence: string): void {
    this.#sentences.push(sentence)
    this.#batch.start()
  }

  announce(messages: readonly Message[]): void {
    if (messages.length === 0) return
    this.#messages.push(...messages)
    // Not started anew by each message: a lively conversation would never be heard.
    this.#batch.begin()
  }

  protected override render(): TemplateResult {
    return html`<div class="hidden" role="status" aria-live="polite">${this.spoken}</div>`
  }
}

customElements.define('tincan-announcer', Announcer)
