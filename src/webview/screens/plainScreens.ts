import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { icon } from '../icon.ts'
import type { View } from '../view.ts'
import { tinCans } from './tinCans.ts'

/** The first thing that somebody sees of Tincan: what it is, honestly, and one thing to do. */
export function welcomeScreen(view: View): TemplateResult {
  const { t } = view
  return html`<section class="screen welcome">
    ${tinCans()}
    <h1 tabindex="-1" data-autofocus>${t('welcomeTitle')}</h1>
    <p class="lead">${t('welcomeLead')}</p>
    <div class="buttons">
      <button
        type="button"
        class="primary"
        @click=${() => {
          view.post({ type: 'begin' })
        }}
      >
        ${t('welcomeBegin')}
      </button>
      <button
        type="button"
        class="link"
        @click=${() => {
          view.post({ type: 'beginRestore' })
        }}
      >
        ${t('welcomeRestore')}
      </button>
      <button
        type="button"
        class="link"
        @click=${() => {
          view.post({ type: 'restoreBackup' })
        }}
      >
        ${t('welcomeBackup')}
      </button>
    </div>
    <p class="hint">${t('welcomeHonest')}</p>
  </section>`
}

/** While the host looks what there is to show. */
export function loadingScreen({ t }: View): TemplateResult {
  return html`<section class="screen quiet" aria-busy="true">
    <h1 class="loading">${icon('loading codicon-modifier-spin')} <span>${t('loading')}</span></h1>
  </section>`
}

/** Another window has Tincan, and this one cannot attach to it. */
export function elsewhereScreen({ t }: View, sentence: string): TemplateResult {
  return messageScreen('multiple-windows', t('elsewhereTitle'), sentence)
}

/** Tincan cannot run here. */
export function brokenScreen({ t }: View, sentence: string): TemplateResult {
  return messageScreen('error', t('brokenTitle'), sentence)
}

const messageScreen = (iconName: string, title: string, text: string): TemplateResult =>
  html`<section class="screen quiet">
    <span class="big-icon">${icon(iconName)}</span>
    <h1 tabindex="-1" data-autofocus>${title}</h1>
    <p class="lead" role="status">${text}</p>
  </section>`
