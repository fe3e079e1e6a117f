import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { NoticeBody } from '../../shared/service.ts'
import type { ViewString } from '../../shared/viewStrings.ts'
import { icon } from '../icon.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { nameOf } from './nameOf.ts'

interface NoticeLook {
  readonly text: ViewString
  readonly icon: string
  /** What can be done about it. */
  readonly offers?: 'safetyNumber' | 'mute'
}

const notices: Readonly<Record<NoticeBody['notice'], NoticeLook>> = {
  'contact-added': { text: 'noticeAdded', icon: 'person-add' },
  'keys-changed': { text: 'noticeKeys', icon: 'warning', offers: 'safetyNumber' },
  verified: { text: 'noticeVerified', icon: 'verified-filled' },
  unverified: { text: 'noticeUnverified', icon: 'unverified' },
  'conflicting-history': { text: 'noticeConflict', icon: 'warning', offers: 'safetyNumber' },
  flooding: { text: 'noticeFlooding', icon: 'warning', offers: 'mute' },
}

const offers = {
  safetyNumber: { label: 'safetyNumber', type: 'showSafetyNumber' },
  mute: { label: 'noticeMute', type: 'mute' },
} as const

/** A line that Tincan itself wrote. */
export function renderNotice(view: View, state: ConversationState, body: NoticeBody): TemplateResult {
  const notice = notices[body.notice]
  const isWarning = notice.icon === 'warning'
  return html`<p class="notice ${isWarning ? 'warning' : ''}">
    ${icon(notice.icon)} <span>${view.t(notice.text, nameOf(view, state, body.person))}</span>
    ${notice.offers === undefined ? '' : renderOffer(view, notice.offers)}
  </p>`
}

function renderOffer(view: View, offer: 'safetyNumber' | 'mute'): TemplateResult {
  const { label, type } = offers[offer]
  return html`<button
    type="button"
    class="link"
    @click=${() => {
      view.post({ type })
    }}
  >
    ${view.t(label)}
  </button>`
}
