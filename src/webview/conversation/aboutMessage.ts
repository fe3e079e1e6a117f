import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { isSaid } from '../../shared/isSaid.ts'
import type { Quote, Reaction } from '../../shared/messages.ts'
import type { Message } from '../../shared/service.ts'
import { markDeceptions } from '../code/markDeceptions.ts'
import { icon } from '../icon.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { nameOf } from './nameOf.ts'
import type { MessageActions } from './renderMessage.ts'
import { repliesLink } from './threadLinks.ts'

/** What a message answers, and that it was forwarded: above its body. */
export function renderAbove(
  view: View,
  state: ConversationState,
  { body, quote }: Message,
  actions: MessageActions,
): TemplateResult | typeof nothing {
  if (!isSaid(body)) return nothing
  const { forwarded } = body
  // In a thread everything answers what it began with.
  const replyTo = body.replyTo === state.thread ? undefined : body.replyTo
  const thread = state.thread === undefined ? body.thread : undefined
  return html`${forwarded === true ? html`<p class="forwarded">${icon('arrow-right')} ${view.t('forwarded')}</p>` : nothing}
  ${
    replyTo === undefined && thread === undefined
      ? nothing
      : html`<button
          type="button"
          class="quote"
          tabindex="-1"
          title=${view.t(thread === undefined ? 'goToAnswered' : 'openThread')}
          @click=${() => {
            if (thread !== undefined) actions.compose('thread', thread)
            else if (replyTo !== undefined) actions.reveal(replyTo)
          }}
        >
          ${icon(thread === undefined ? 'reply' : 'comment-discussion')}
          ${thread === undefined ? nothing : html`<span class="quote-thread">${view.t('inThread')}</span>`}
          ${replyTo === undefined ? nothing : renderQuote(view, state, quote)}
        </button>`
  }`
}

function renderQuote(view: View, state: ConversationState, quote: Quote | undefined): TemplateResult {
  const text = quote === undefined ? view.t('unreadableMissing') : quote.summary
  return html`<span class="quote-author"
      ><bdi>${quote === undefined ? '' : authorOf(view, state, quote.author)}</bdi></span
    >
    <span class="quote-text" dir="auto">${text === '' ? view.t('nothingToRead') : markDeceptions(view, text)}</span>`
}

/** The reactions of a message, that it was edited, and its thread: below its body. */
export function renderBelow(
  view: View,
  state: ConversationState,
  message: Message,
  reachable: boolean,
  actions: MessageActions,
): TemplateResult | typeof nothing {
  const { edited, reactions = [], id, replies } = message
  if (edited === undefined && reactions.length === 0 && replies === undefined) return nothing
  return html`<div class="about">
    ${reactions.map((reaction) => chip(view, state, message, reaction, reachable))}
    ${
      edited === undefined
        ? nothing
        : html`<button
            type="button"
            class="edited"
            tabindex=${reachable ? 0 : -1}
            title=${view.t('editedHint', view.times.full(edited.at))}
            @click=${() => {
              view.post({ type: 'messageMenu', menu: 'history', conversation: state.conversation.id, message: id })
            }}
          >
            ${view.t('edited')}
          </button>`
    }
    ${repliesLink(view, state, message, reachable, actions)}
  </div>`
}

function chip(
  view: View,
  state: ConversationState,
  { id }: Message,
  { emoji, people }: Reaction,
  reachable: boolean,
): TemplateResult {
  const isOwn = people.includes(state.self)
  const names = people.map((person) => authorOf(view, state, person)).join(', ')
  return html`<button
    type="button"
    class="reaction ${isOwn ? 'own' : ''}"
    tabindex=${reachable ? 0 : -1}
    aria-pressed=${isOwn ? 'true' : 'false'}
    aria-label=${view.t('reactionBy', emoji, names)}
    title=${names}
    @click=${() => {
      view.post({ type: 'react', conversation: state.conversation.id, message: id, emoji, on: !isOwn })
    }}
  >
    <span aria-hidden="true">${emoji} ${people.length}</span>
  </button>`
}

const authorOf = (view: View, state: ConversationState, person: Message['author']): string =>
  person === state.self ? view.t('you') : nameOf(view, state, person)
