import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Reaction } from '../../shared/messages.ts'
import type { Message } from '../../shared/service.ts'
import { markDeceptions } from '../code/markDeceptions.ts'
import { icon } from '../icon.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { nameOf } from './nameOf.ts'

/** What a message answers, and that it was forwarded: above its body. */
export function renderAbove(
  view: View,
  state: ConversationState,
  { body, quote }: Message,
  actions: { reveal(message: Message['id']): void },
): TemplateResult | typeof nothing {
  if (body.kind !== 'text' && body.kind !== 'snippet' && body.kind !== 'patch') return nothing
  const { replyTo, forwarded } = body
  return html`${forwarded === true ? html`<p class="forwarded">${icon('arrow-right')} ${view.t('forwarded')}</p>` : nothing}
  ${
    replyTo === undefined
      ? nothing
      : html`<button
          type="button"
          class="quote"
          tabindex="-1"
          title=${view.t('goToAnswered')}
          @click=${() => {
            actions.reveal(replyTo)
          }}
        >
          ${icon('reply')}
          <span class="quote-author"><bdi>${quote === undefined ? '' : authorOf(view, state, quote.author)}</bdi></span>
          <span class="quote-text" dir="auto"
            >${
              quote === undefined
                ? view.t('unreadableMissing')
                : quote.summary === ''
                  ? view.t('nothingToRead')
                  : markDeceptions(view, quote.summary)
            }</span
          >
        </button>`
  }`
}

/** The reactions of a message and that it was edited: below its body. */
export function renderBelow(
  view: View,
  state: ConversationState,
  message: Message,
  reachable: boolean,
): TemplateResult | typeof nothing {
  const { edited, reactions = [], id } = message
  if (edited === undefined && reactions.length === 0) return nothing
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
