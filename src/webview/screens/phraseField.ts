import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { icon } from '../icon.ts'
import type { View } from '../view.ts'
import { failureLine } from './failureLine.ts'

/** The words of a recovery phrase. */
export const phraseLength = 24

export interface PhraseField {
  readonly view: View
  readonly words: readonly string[]
  readonly problem: string | undefined
  readonly isFocused: boolean
  readonly onInput: (event: InputEvent) => void
  readonly onKey: (event: KeyboardEvent) => void
}

/** Where a recovery phrase is typed or pasted, with the number of its words and what is wrong with it. */
export function phraseField({ view, words, problem, isFocused, onInput, onKey }: PhraseField): TemplateResult {
  const { t } = view
  return html`<label for="phrase">${t('lockedLabel')}</label>
    <textarea
      id="phrase"
      rows="4"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      ?data-autofocus=${isFocused}
      placeholder=${t('lockedPlaceholder')}
      aria-describedby="phrase-count phrase-problem"
      aria-invalid=${problem === undefined ? 'false' : 'true'}
      @input=${onInput}
      @keydown=${onKey}
    ></textarea>
    <p id="phrase-count" class="hint">${t('lockedCount', words.length)}</p>
    <div id="phrase-problem" class="problem" role="alert">${failureLine(problem)}</div>`
}

/** The promise that nothing of what is there is changed by trying. */
export const promiseLine = (text: string): TemplateResult =>
  html`<p class="promise">${icon('shield')} <span>${text}</span></p>`
