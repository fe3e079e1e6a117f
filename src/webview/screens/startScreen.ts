import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ViewString } from '../../shared/viewStrings.ts'
import type { Screen, WaitingInvite } from '../../shared/webviewProtocol.ts'
import { icon } from '../icon.ts'
import type { View } from '../view.ts'
import { tinCans } from './tinCans.ts'

const kinds: Readonly<Record<WaitingInvite['kind'], { readonly label: ViewString; readonly icon: string }>> = {
  inviting: { label: 'waitingInviting', icon: 'mail' },
  joining: { label: 'waitingJoining', icon: 'sync' },
  confirming: { label: 'waitingConfirming', icon: 'person-add' },
  failed: { label: 'waitingFailed', icon: 'warning' },
}

/** Nothing is open: how to begin a conversation, and which ones are on their way. */
export function startScreen(view: View, screen: Extract<Screen, { kind: 'start' }>): TemplateResult {
  const { t } = view
  // Somebody who waits for an answer comes first.
  const waiting = [...screen.waiting].sort((a, b) => Number(b.kind === 'confirming') - Number(a.kind === 'confirming'))
  return html`<section class="screen start">
    ${tinCans()}
    <h1 tabindex="-1" data-autofocus dir="auto">${t('startTitle', screen.name)}</h1>
    <p class="lead">${t(screen.hasConversations ? 'startChoose' : 'startEmpty')}</p>
    <div class="buttons">
      <button
        type="button"
        class="primary"
        aria-describedby="invite-hint"
        @click=${() => {
          view.post({ type: 'invite' })
        }}
      >
        ${icon('person-add')} ${t('startInvite')}
      </button>
      <button
        type="button"
        class="secondary"
        @click=${() => {
          view.post({ type: 'join' })
        }}
      >
        ${icon('link')} ${t('startJoin')}
      </button>
    </div>
    <p id="invite-hint" class="hint">${t('startInviteHint')}</p>
    ${screen.isReuniting === true ? html`<p class="hint reuniting">${icon('history')} ${t('startReuniting')}</p>` : nothing}
    ${
      waiting.length === 0
        ? nothing
        : html`<h2 id="waiting">${t('waitingTitle')}</h2>
            <ul class="waiting" aria-labelledby="waiting">
              ${waiting.map((invite) => html`<li>${waitingButton(view, invite)}</li>`)}
            </ul>`
    }
  </section>`
}

function waitingButton(view: View, { kind, id, sentence, expiresAt }: WaitingInvite): TemplateResult {
  const { t, times } = view
  const isOpenEnded = kind === 'failed' || expiresAt === undefined
  const expiry = isOpenEnded ? '' : t('waitingUntil', times.moment(expiresAt, view.now()))
  return html`<button
    type="button"
    class="waiting-invite ${kind}"
    @click=${() => {
      view.post({ type: 'openWaiting', id })
    }}
  >
    ${icon(kinds[kind].icon)}
    <span class="waiting-text">
      <span class="waiting-sentence" dir="auto">${sentence}</span>
      <span class="hint">${expiry === '' ? t(kinds[kind].label) : `${t(kinds[kind].label)} · ${expiry}`}</span>
    </span>
    ${icon('chevron-right')}
  </button>`
}
