import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { LockedReason } from '../../shared/service.ts'
import type { ViewString } from '../../shared/viewStrings.ts'
import { promiseLine } from './phraseField.ts'
import { PhraseForm } from './phraseForm.ts'

const reasons: Readonly<Record<LockedReason, ViewString>> = {
  'secret-missing': 'lockedMissing',
  'secret-wrong': 'lockedWrong',
  damaged: 'lockedDamaged',
}

/** Asks for the recovery phrase of an identity whose secret is gone. */
export class LockedForm extends PhraseForm {
  static override readonly properties = { ...PhraseForm.properties, reason: { attribute: false } }
  declare reason: LockedReason

  protected override render(): TemplateResult {
    const { t } = this.view
    return html`<form class="screen form" @submit=${this.onSubmit} novalidate>
      <h1>${t('lockedTitle')}</h1>
      <p class="lead">${t(reasons[this.reason])}</p>
      ${promiseLine(t('lockedPromise'))} ${this.renderPhrase(true)}
      <div class="buttons">
        <button type="submit" class="primary" ?disabled=${this.busy}>
          ${this.busy ? t('working') : t('lockedUnlock')}
        </button>
      </div>
    </form>`
  }

  protected override submit(): void {
    if (this.busy) return
    const phrase = this.readPhrase()
    if (phrase === undefined) return
    this.onBusy()
    this.view.post({ type: 'recover', phrase })
  }
}

customElements.define('tincan-locked', LockedForm)
