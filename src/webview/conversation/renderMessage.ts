import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import '../files/fileCard.ts'
import '../patch/patchCard.ts'
import { snippetCard } from '../code/snippetCard.ts'
import { icon } from '../icon.ts'
import { cachedMarkdown } from '../markdown/cachedMarkdown.ts'
import { renderMarkdown } from '../markdown/renderMarkdown.ts'
import { memberMarks, memberOf } from '../room/memberMarks.ts'
import { mentionRenderer } from '../room/renderMentions.ts'
import type { Row } from '../state/buildRows.ts'
import type { ConversationState } from '../state/conversationState.ts'
import { isEmojiOnly } from '../text/isEmojiOnly.ts'
import { whyUnreadable } from '../text/whyUnreadable.ts'
import type { View } from '../view.ts'
import { renderAbove, renderBelow } from './aboutMessage.ts'
import { initialsMark } from './initialsMark.ts'
import { distinctName } from './distinctName.ts'
import { fleetingSign } from './fleetingSign.ts'
import { messageActions } from './messageActions.ts'
import { nameOf } from './nameOf.ts'
import { renderState } from './renderState.ts'
import { messageContext } from './messageContext.ts'
import { selectMark, onSelectingClick } from './selectMark.ts'
import { commentButton } from './threadLinks.ts'

export type MessageRow = Extract<Row, { kind: 'message' }>

/** What can be done at a message. */
export interface MessageActions {
  reveal(message: MessageId): void
  compose(mode: 'reply' | 'edit' | 'select' | 'thread', message: MessageId): void
  /** Selects a message or not; `isRange`: with all from the one before. */
  toggle(message: MessageId, isRange: boolean): void
}

/** One message. `reachable`: whether Tab reaches its links and buttons. */
export function renderMessage(
  view: View,
  state: ConversationState,
  row: MessageRow,
  reachable: boolean,
  actions: MessageActions,
): TemplateResult {
  const { message, own, first } = row
  const isSelecting = state.selected !== undefined
  const { body } = message
  const name = own ? view.t('you') : nameOf(view, state, message.author)
  const time = row.isOfOtherDay ? view.times.moment(message.sentAt, view.now()) : view.times.time(message.sentAt)
  return html`<article
    class="message ${own ? 'own' : 'other'} ${message.mentionsSelf === true ? 'mentions-self' : ''} ${first ? 'first' : ''} ${row.last ? 'last' : ''} ${state.thread === message.id ? 'root' : ''} ${isSelecting ? 'selecting' : ''}"
    data-message=${message.id}
    data-vscode-context=${messageContext(state, message)}
    tabindex="-1"
    @click=${isSelecting ? (event: MouseEvent) => onSelectingClick(event, message.id, actions) : nothing}
    aria-label=${view.t('messageBy', own ? name : distinctName(view, state, message.author), view.times.moment(message.sentAt, view.now()))}
  >
    ${isSelecting ? selectMark(view, state, message.id, actions) : nothing}
    ${
      first
        ? html`<div class="author-line">
            ${initialsMark(own ? state.selfName : name, message.author, own)}
            <span class="author"><bdi>${name}</bdi></span>
            ${own ? nothing : memberMarks(view, memberOf(state, message.author))}
            <time title=${view.times.full(message.sentAt)}>${time}</time>
            ${message.sentAtDoubtful === true ? doubtful(view) : nothing}
          </div>`
        : html`<time class="beside" title=${view.times.full(message.sentAt)} aria-hidden="true">${time}</time>`
    }
    ${renderAbove(view, state, message, actions)}
    <div class="body ${body.kind === 'text' && isEmojiOnly(body.text) ? 'emoji' : ''}">
      ${renderBody(view, state, message, reachable, actions)}
    </div>
    ${renderBelow(view, state, message, reachable, actions)}
    ${own ? renderState(view, state, message, row.state !== undefined) : nothing} ${fleetingSign(view, state, message)}
    ${isSelecting ? nothing : messageActions(view, state, message, reachable, actions)}
  </article>`
}

function renderBody(
  view: View,
  state: ConversationState,
  message: Message,
  reachable: boolean,
  actions: MessageActions,
): unknown {
  const { body } = message
  switch (body.kind) {
    case 'text':
      return renderMarkdown(view, cachedMarkdown(body.text), reachable, mentionRenderer(view, state, body))
    case 'snippet':
      return html`${snippetCard(view, { conversation: state.conversation.id, message: message.id }, body, reachable)}
      ${commentButton(view, state, message, reachable, actions)}`
    case 'patch':
      return html`<tincan-patch
          .view=${view}
          .state=${state}
          .message=${message}
          .body=${body}
          .reachable=${reachable}
        ></tincan-patch>
        ${commentButton(view, state, message, reachable, actions)}`
    case 'file':
      return html`<tincan-file
        .view=${view}
        .conversation=${state.conversation.id}
        .message=${message.id}
        .body=${body}
        .reachable=${reachable}
      ></tincan-file>`
    case 'unreadable':
      return html`<p class="unreadable">${icon('info')} <span>${view.t(whyUnreadable[body.why])}</span></p>`
    case 'notice':
    case 'room':
      return nothing
  }
}

const doubtful = (view: View): TemplateResult =>
  html`<span class="doubtful" title=${view.t('doubtfulHint')}
    >${icon('warning')} ${view.t('doubtful')}<span class="hidden">. ${view.t('doubtfulHint')}</span></span
  >`
