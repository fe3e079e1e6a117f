import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { maxPhraseLength } from '../../shared/parseWebviewMessage.ts'
import { maxNameBytes } from '../../shared/service.ts'
import { LightElement } from '../lightElement.ts'
import { parseName } from '../text/parseName.ts'
import { phraseWords } from '../text/phraseWords.ts'
import type { View } from '../view.ts'
import { phraseField, phraseLength, promiseLine } from './phraseField.ts'

/** Asks for the recovery phrase of somebody who has nothing else: a new machine, or an old one that lost everything. */
export class RestoreForm extends LightElement {
  static override readonly properties = {
    view: { attribute: false },
    failure: { attribute: false },
    busy: { attribute: false },
    refusal: { state: true },
    words: { state: true },
  }
  declare view: View
  declare failure: string | undefined
  declare busy: boolean
  declare onBusy: () => void
  declare refusal: string | undefined
  declare words: readonly string[]

  constructor() {
    super()
    this.words = []
  }

  protected override render(): TemplateResult {
    const { t } = this.view
    const problem = this.refusal ?? this.failure
    return html`<form class="screen form" @submit=${this.#onSubmit} novalidate>
      <h1>${t('restoreTitle')}</h1>
      <p class="lead">${t('restoreLead')}</p>
      <label for="name">${t('nameLabel')}</label>
      <input
        id="name"
        type="text"
        dir="auto"
        autocomplete="off"
        spellcheck="false"
        data-autofocus
        @input=${this.#onName}
      />
      ${phraseField({
        view: this.view,
        words: this.words,
        problem,
        isFocused: false,
        onInput: this.#onInput,
        onKey: this.#onKey,
      })}
      ${promiseLine(t('restorePromise'))}
      <div class="buttons">
        <button type="submit" class="primary" ?disabled=${this.busy}>
          ${this.busy ? t('working') : t('restoreBegin')}
        </button>
        <button
          type="button"
          class="link"
          @click=${() => {
            this.view.post({ type: 'begin' })
          }}
        >
          ${t('restoreNot')}
        </button>
      </div>
    </form>`
  }

  readonly #onName = (): void => {
    this.refusal = undefined
  }

  readonly #onInput = ({ target }: InputEvent): void => {
    this.refusal = undefined
    if (target instanceof HTMLTextAreaElement) this.words = phraseWords(target.value)
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    this.#submit()
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    this.#submit()
  }

  #submit(): void {
    const field = this.querySelector('input')
    if (this.busy || field === null) return
    const name = parseName(field.value)
    if (name.kind === 'refused') {
      this.refusal = this.view.t(name.why, maxNameBytes)
      field.focus()
      return
    }
    const phrase = this.words.join(' ')
    if (this.words.length !== phraseLength || phrase.length > maxPhraseLength) {
      this.refusal = this.view.t('lockedNeedWords', this.words.length)
      this.querySelector('textarea')?.focus()
      return
    }
    this.onBusy()
    this.view.post({ type: 'restore', phrase, name: name.name })
  }
}

customElements.define('tincan-restore', RestoreForm)
