import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { shortKey } from '../../shared/shortKey.ts'
import type { Conversation } from '../../shared/service.ts'
import { icon } from '../icon.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { searchButton } from './searchButton.ts'
import { initialsMark } from './initialsMark.ts'
import { typingWords } from './typingWords.ts'

/** Who one talks to, whether they are there, and whether one knows that it is them. */
export function conversationHeader(view: View, state: ConversationState): TemplateResult {
  const { t } = view
  const { conversation, self } = state
  const { title, online, lastSeenAt } = conversation
  if (conversation.isSelf === true)
    return html`<header class="header">
      ${initialsMark(state.selfName, self, true)}
      <div class="header-text">
        <h1 class="title" dir="auto">${title}</h1>
        <div class="subtitle">${t('selfSubtitle')}</div>
      </div>
    </header>`
  const person = conversation.members[0]?.person ?? self
  const isVerified = conversation.members.length > 0 && conversation.members.every((member) => member.verified)
  const presence = t(online ? 'online' : 'offline')
  const said =
    typingWords(view, state) ??
    (lastSeenAt === undefined ? presence : t('lastSeen', view.times.moment(lastSeenAt, view.now())))
  return html`<header class="header">
    ${initialsMark(title, person, false)}
    <div class="header-text">
      <h1 class="title" dir="auto" title=${titleHint(view, conversation)}>${title}</h1>
      ${twinMark(view, conversation)}
      <div class="subtitle">
        <button
          type="button"
          class="presence ${online ? 'online' : 'offline'}"
          title=${t('presenceHint', title, presence)}
          @click=${() => {
            view.post({ type: 'showNetwork' })
          }}
        >
          <span class="dot" aria-hidden="true"></span>${said}
        </button>
        ${
          isVerified
            ? html`<span class="verified" title=${t('verifiedHint', title)}
                >${icon('verified-filled')} ${t('verified')}</span
              >`
            : ''
        }
      </div>
    </div>
    ${searchButton(view)}
    <button
      type="button"
      class="safety"
      title=${t(isVerified ? 'verifiedHint' : 'notVerifiedHint', title)}
      @click=${() => {
        view.post({ type: 'showSafetyNumber' })
      }}
    >
      ${icon('shield')}<span>${t('safetyNumber')}</span>
    </button>
  </header>`
}

/** The name as the user sees it and, where that is the user's own, the one that the person has chosen. */
function titleHint({ t }: View, { title, members: [contact] }: Conversation): string {
  return contact?.ownName === undefined ? title : `${title} (${t('ownName', contact.ownName)})`
}

/** Part of the key where another contact has a name that looks like this one. */
function twinMark({ t }: View, { members: [contact] }: Conversation): TemplateResult | typeof nothing {
  if (contact?.looksLikeAnother !== true) return nothing
  return html`<span class="key-part" title=${t('lookAlikeContactHint')}
    >${icon('warning')}<code>${shortKey(contact.person)}</code
    ><span class="hidden">. ${t('lookAlikeContactHint')}</span></span
  >`
}
