import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { icon } from '../icon.ts'
import { cachedMarkdown } from '../markdown/cachedMarkdown.ts'
import { renderMarkdown } from '../markdown/renderMarkdown.ts'
import type { Row } from '../state/buildRows.ts'
import type { ConversationState, PendingSend } from '../state/conversationState.ts'
import { isEmojiOnly } from '../text/isEmojiOnly.ts'
import type { View } from '../view.ts'
import { initialsMark } from './initialsMark.ts'

/** What can be done with a message that could not be sent. */
export interface PendingActions {
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
      ${renderMarkdown(view, cachedMarkdown(send.text), false)}
    </div>
    ${
      send.sentence === undefined
        ? html`<div class="state">${t('sending')}</div>`
        : html`<div class="failure">
            <p>${icon('error')} <strong>${t('sendFailed')}</strong> ${send.sentence}</p>
            <div class="buttons">
              ${button(t('tryAgain'), () => actions.retry(send))}
              ${button(t('sendFailedEdit'), () => actions.edit(send))}
              ${button(t('sendFailedDiscard'), () => actions.discard(send))}
            </div>
          </div>`
    }
  </article>`
}

const button = (label: string, onClick: () => void): TemplateResult =>
  html`<button type="button" class="link" @click=${onClick}>${label}</button>`
