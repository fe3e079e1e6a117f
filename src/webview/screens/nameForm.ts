import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { maxNameBytes } from '../../shared/service.ts'
import { LightElement } from '../lightElement.ts'
import { parseName } from '../text/parseName.ts'
import type { View } from '../view.ts'
import { failureLine } from './failureLine.ts'

/** Asks for the name that others will see. */
export class NameForm extends LightElement {
  static override readonly properties = {
    view: { attribute: false },
    failure: { attribute: false },
    busy: { attribute: false },
    refusal: { state: true },
  }
  declare view: View
  /** Why the name was not taken, said by the host. */
  declare failure: string | undefined
  declare busy: boolean
  declare onBusy: () => void
  declare refusal: string | undefined

  protected override render(): TemplateResult {
    const { t } = this.view
    const problem = this.refusal ?? this.failure
    return html`<form class="screen form" @submit=${this.#onSubmit} novalidate>
      <h1>${t('nameTitle')}</h1>
      <p class="lead">${t('nameHint')}</p>
      <label for="name">${t('nameLabel')}</label>
      <input
        id="name"
        type="text"
        dir="auto"
        autocomplete="off"
        spellcheck="false"
        data-autofocus
        aria-describedby="name-problem"
        aria-invalid=${problem === undefined ? 'false' : 'true'}
        @input=${this.#onInput}
      />
      <div id="name-problem" class="problem" role="alert">${failureLine(problem)}</div>
      <div class="buttons">
        <button type="submit" class="primary" ?disabled=${this.busy}>
          ${this.busy ? t('working') : t('nameContinue')}
        </button>
      </div>
    </form>`
  }

  readonly #onInput = (): void => {
    this.refusal = undefined
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    const field = this.querySelector('input')
    if (field === null || this.busy) return
    const result = parseName(field.value)
    if (result.kind === 'refused') {
      this.refusal = this.view.t(result.why, maxNameBytes)
      field.focus()
      return
    }
    this.onBusy()
    this.view.post({ type: 'createIdentity', name: result.name })
  }
}

customElements.define('tincan-name', NameForm)
