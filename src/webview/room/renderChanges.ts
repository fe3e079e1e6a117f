import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { icon } from '../icon.ts'
import type { ChangesRow, RoomLine } from '../state/buildRows.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { changeLook } from './changeSentence.ts'
import { foldable } from './foldable.ts'
import { foldSummary } from './foldSummary.ts'

/** What can be done with lines about the room. */
export interface ChangesActions {
  fold(row: { readonly key: string; readonly messages: readonly Message[] }, isFolded: boolean): void
  /** Shows a message, loading what is in between. */
  reveal(message: MessageId): void
}

/** Lines about the room: one or two as they are, more of them folded into one that opens. */
export function renderChanges(
  view: View,
  state: ConversationState,
  row: ChangesRow,
  reachable: boolean,
  actions: ChangesActions,
): TemplateResult {
  const lines = (): TemplateResult[] => row.messages.map((line) => renderLine(view, state, line, row.isGrave, actions))
  if (row.isFolded === undefined) return html`<div class="changes">${lines()}</div>`
  const fold = (toFolded: boolean): void => {
    actions.fold(row, toFolded)
  }
  return foldable(foldSummary(view.t, row.messages), row.isFolded, reachable, fold, lines)
}

function renderLine(
  view: View,
  state: ConversationState,
  line: RoomLine,
  isGrave: boolean,
  actions: ChangesActions,
): TemplateResult {
  const { icon: name, sentence } = changeLook(view, state, line)
  const { body } = line
  return html`<p class="notice ${isGrave ? 'warning' : ''}">
    ${icon(name)} <span title=${view.times.full(line.sentAt)}>${sentence}</span>
    ${
      body.change === 'pinned'
        ? html`<button
            type="button"
            class="link"
            @click=${() => {
              actions.reveal(body.message)
            }}
          >
            ${view.t('pinnedGo')}
          </button>`
        : nothing
    }
  </p>`
}
