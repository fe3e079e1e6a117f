import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { copyFeedback } from '../copyFeedback.ts'
import { icon } from '../icon.ts'
import type { View } from '../view.ts'

/** The recovery phrase, to be written down. */
export function phraseScreen(view: View, words: readonly string[]): TemplateResult {
  const { t } = view
  const done = (written: boolean) => (): void => {
    view.post({ type: 'phraseDone', written })
  }
  return html`<section class="screen phrase">
    <h1 tabindex="-1" data-autofocus>${t('phraseTitle')}</h1>
    <p class="lead">${t('phraseWhy')}</p>
    <p class="care">${icon('warning')} <span>${t('phraseCare')}</span></p>
    <ol class="words" aria-label=${t('phraseList')} translate="no">
      ${words.map((word) => html`<li><span class="word">${word}</span></li>`)}
    </ol>
    <div class="buttons">
      <button type="button" class="primary" @click=${done(true)}>${t('phraseWritten')}</button>
      <button
        type="button"
        class="secondary"
        @click=${(event: Event) => {
          view.post({ type: 'copyPhrase' })
          copyFeedback(event, view)
        }}
      >
        ${icon('copy')} ${t('phraseCopy')}
      </button>
      <button type="button" class="link" @click=${done(false)}>${t('phraseLater')}</button>
    </div>
  </section>`
}
