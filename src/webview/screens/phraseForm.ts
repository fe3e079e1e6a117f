import type { TemplateResult } from 'lit'
import { maxPhraseLength } from '../../shared/parseWebviewMessage.ts'
import { LightElement } from '../lightElement.ts'
import { phraseWords } from '../text/phraseWords.ts'
import type { View } from '../view.ts'
import { phraseField, phraseLength } from './phraseField.ts'

/** A form with a field for the 24 words: Enter sends it, and whatever is typed takes a refusal back. */
export abstract class PhraseForm extends LightElement {
  static override readonly properties = {
    view: { attribute: false },
    failure: { attribute: false },
    busy: { attribute: false },
    refusal: { state: true },
    words: { state: true },
  }
  declare view: View
  /** Why it was not taken, said by the host. */
  declare failure: string | undefined
  declare busy: boolean
  declare onBusy: () => void
  declare refusal: string | undefined
  declare words: readonly string[]

  constructor() {
    super()
    this.words = []
  }

  /** Sends what was entered, or says what is wrong with it. */
  protected abstract submit(): void

  protected renderPhrase(isFocused: boolean): TemplateResult {
    const { view, words } = this
    const problem = this.refusal ?? this.failure
    return phraseField({ view, words, problem, isFocused, onInput: this.#onInput, onKey: this.#onKey })
  }

  /** The phrase; `undefined` where words are missing, which the form then says. */
  protected readPhrase(): string | undefined {
    const phrase = this.words.join(' ')
    if (this.words.length === phraseLength && phrase.length <= maxPhraseLength) return phrase
    this.refusal = this.view.t('lockedNeedWords', this.words.length)
    this.querySelector('textarea')?.focus()
    return undefined
  }

  protected readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    this.submit()
  }

  readonly #onInput = ({ target }: InputEvent): void => {
    this.refusal = undefined
    if (target instanceof HTMLTextAreaElement) this.words = phraseWords(target.value)
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    this.submit()
  }
}
