import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { maxNameBytes } from '../../shared/service.ts'
import { parseName } from '../text/parseName.ts'
import { promiseLine } from './phraseField.ts'
import { PhraseForm } from './phraseForm.ts'

/** Asks for the recovery phrase of somebody who has nothing else: a new machine, or an old one that lost everything. */
export class RestoreForm extends PhraseForm {
  protected override render(): TemplateResult {
    const { t } = this.view
    return html`<form class="screen form" @submit=${this.onSubmit} novalidate>
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
      ${this.renderPhrase(false)} ${promiseLine(t('restorePromise'))}
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

  protected override submit(): void {
    const field = this.querySelector('input')
    if (this.busy || field === null) return
    const name = parseName(field.value)
    if (name.kind === 'refused') {
      this.refusal = this.view.t(name.why, maxNameBytes)
      field.focus()
      return
    }
    const phrase = this.readPhrase()
    if (phrase === undefined) return
    this.onBusy()
    this.view.post({ type: 'restore', phrase, name: name.name })
  }
}

customElements.define('tincan-restore', RestoreForm)
