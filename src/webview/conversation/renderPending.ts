import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { icon } from '../icon.ts'
import { cachedMarkdown } from '../markdown/cachedMarkdown.ts'
import { renderMarkdown } from '../markdown/renderMarkdown.ts'
import type { Row } from '../state/buildRows.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { PendingSend } from '../state/pendingSends.ts'
import { isEmojiOnly } from '../text/isEmojiOnly.ts'
import type { View } from '../view.ts'
import { initialsMark } from './initialsMark.ts'
import { renderHeld } from './renderHeld.ts'

/** What can be done with a message that was not sent. */
export interface PendingActions {
  /** Sends what was held back, with or without what looks like a secret in it. */
  redact(send: PendingSend): void
  sendAnyway(send: PendingSend): void
  retry(send: PendingSend): void
  edit(send: PendingSend): void
  discard(send: PendingSend): void
}

/** A message on its way to the disk, or one that failed to get there: its text is kept. */
export function renderPending(
  view: View,
  state: ConversationState,
  { send, first, last }: Extract<Row, { kind: 'pending' }>,
  actions: PendingActions,
): TemplateResult {
  const { t } = view
  const time = view.times.time(send.at)
  return html`<article
    class="message own ${first ? 'first' : ''} ${last ? 'last' : ''} ${send.sentence === undefined ? '' : 'failed'}"
    tabindex="-1"
    aria-label=${t('messageBy', t('you'), time)}
  >
    ${
      first
        ? html`<div class="author-line">
            ${initialsMark(state.selfName, state.self, true)}<span class="author">${t('you')}</span><time>${time}</time>
          </div>`
        : ''
    }
    <div class="body ${isEmojiOnly(send.text) ? 'emoji' : ''}">
      ${
        send.findings === undefined
          ? renderMarkdown(view, cachedMarkdown(send.text), false)
          : renderHeld(send.text, send.findings)
      }
    </div>
    ${send.sentence === undefined ? html`<div class="state">${t('sending')}</div>` : renderFailure(view, send, actions)}
  </article>`
}

function renderFailure({ t }: View, send: PendingSend, actions: PendingActions): TemplateResult {
  const isHeld = send.findings !== undefined
  const first = isHeld
    ? html`${button(t('heldRedact'), () => actions.redact(send))}
      ${button(t('heldSend'), () => actions.sendAnyway(send))}`
    : button(t('tryAgain'), () => actions.retry(send))
  return html`<div class="failure ${isHeld ? 'warning' : ''}">
    <p>${icon(isHeld ? 'warning' : 'error')} <strong>${t('sendFailed')}</strong> ${send.sentence}</p>
    <div class="buttons">
      ${first} ${button(t('sendFailedEdit'), () => actions.edit(send))}
      ${button(t('sendFailedDiscard'), () => actions.discard(send))}
    </div>
  </div>`
}

const button = (label: string, onClick: () => void): TemplateResult =>
  html`<button type="button" class="link" @click=${onClick}>${label}</button>`
