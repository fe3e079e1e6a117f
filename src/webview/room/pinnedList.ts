import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { markDeceptions } from '../code/markDeceptions.ts'
import { distinctName } from '../conversation/distinctName.ts'
import { iconButton } from '../iconButton.ts'
import { cachedMarkdown } from '../markdown/cachedMarkdown.ts'
import { plainText } from '../markdown/plainText.ts'
import type { ConversationState } from '../state/conversationState.ts'
import { whyUnreadable } from '../text/whyUnreadable.ts'
import type { View } from '../view.ts'
import { isAdmin } from '../../shared/roomRights.ts'

const maxShownChars = 280

export interface PinnedActions {
  /** Shows a message, loading what is in between. */
  reveal(message: MessageId): void
}

/** The pinned messages of a room, the one pinned last on top. */
export function pinnedList(view: View, state: ConversationState, actions: PinnedActions): TemplateResult {
  const { pinned, conversation } = state
  return html`<ul class="pinned" aria-label=${view.t('pinnedLabel')}>
    ${[...pinned].reverse().map(
      (message) =>
        html`<li>
          <button
            type="button"
            class="pinned-message"
            @click=${() => {
              actions.reveal(message.id)
            }}
          >
            <span class="pinned-author"
              ><bdi>${message.author === state.self ? view.t('you') : distinctName(view, state, message.author)}</bdi>
              <time>${view.times.moment(message.sentAt, view.now())}</time></span
            >
            <span class="pinned-text" dir="auto">${markDeceptions(view, summary(view, message))}</span>
          </button>
          ${
            conversation.room !== undefined && isAdmin(conversation.room)
              ? iconButton({
                  icon: 'close',
                  label: view.t('unpinMessage'),
                  onClick: () => {
                    view.post({ type: 'pin', conversation: conversation.id, message: message.id, pinned: false })
                  },
                })
              : nothing
          }
        </li>`,
    )}
  </ul>`
}

/** The beginning of what was said. */
function summary(view: View, { body }: Message): string {
  switch (body.kind) {
    case 'text':
      return shortened(plainText(cachedMarkdown(body.text)))
    case 'snippet':
      return `${view.t('snippet')}${body.path === undefined ? '' : `: ${body.path}`}`
    case 'patch':
      return `${view.t('patch')}${body.title === undefined ? '' : `: ${body.title}`}`
    case 'file':
      return body.name
    case 'unreadable':
      return view.t(whyUnreadable[body.why])
    case 'notice':
    case 'room':
      return ''
  }
}

const shortened = (text: string): string => (text.length > maxShownChars ? `${text.slice(0, maxShownChars)}…` : text)
