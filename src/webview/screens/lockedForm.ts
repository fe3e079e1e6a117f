import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { maxPhraseLength } from '../../shared/parseWebviewMessage.ts'
import type { LockedReason } from '../../shared/service.ts'
import type { ViewString } from '../../shared/viewStrings.ts'
import { LightElement } from '../lightElement.ts'
import { phraseWords } from '../text/phraseWords.ts'
import type { View } from '../view.ts'
import { phraseField, phraseLength, promiseLine } from './phraseField.ts'

const reasons: Readonly<Record<LockedReason, ViewString>> = {
  'secret-missing': 'lockedMissing',
  'secret-wrong': 'lockedWrong',
  damaged: 'lockedDamaged',
}

/** Asks for the recovery phrase of an identity whose secret is gone. */
export class LockedForm extends LightElement {
  static override readonly properties = {
    view: { attribute: false },
    reason: { attribute: false },
    failure: { attribute: false },
    busy: { attribute: false },
    refusal: { state: true },
    words: { state: true },
  }
  declare view: View
  declare reason: LockedReason
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
      <h1>${t('lockedTitle')}</h1>
      <p class="lead">${t(reasons[this.reason])}</p>
      ${promiseLine(t('lockedPromise'))}
      ${phraseField({
        view: this.view,
        words: this.words,
        problem,
        isFocused: true,
        onInput: this.#onInput,
        onKey: this.#onKey,
      })}
      <div class="buttons">
        <button type="submit" class="primary" ?disabled=${this.busy}>
          ${this.busy ? t('working') : t('lockedUnlock')}
        </button>
      </div>
    </form>`
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
    if (this.busy) return
    const phrase = this.words.join(' ')
    if (this.words.length !== phraseLength || phrase.length > maxPhraseLength) {
      this.refusal = this.view.t('lockedNeedWords', this.words.length)
      this.querySelector('textarea')?.focus()
      return
    }
    this.onBusy()
    this.view.post({ type: 'recover', phrase })
  }
}

customElements.define('tincan-locked', LockedForm)
