import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { PatchResult } from '../../shared/messages.ts'
import type { Message } from '../../shared/service.ts'
import { distinctName } from '../conversation/distinctName.ts'
import { icon } from '../icon.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { Translate } from '../text/strings.ts'
import type { View } from '../view.ts'

/** The most people who are named. */
const maxShown = 8

const icons = { applied: 'check', 'partly-applied': 'color-mode', declined: 'close' } as const

/** What people did with a patch, the latest first. */
export function patchResults(
  view: View,
  state: ConversationState,
  { results = [] }: Message,
): TemplateResult | typeof nothing {
  if (results.length === 0) return nothing
  return html`<ul class="patch-results">
    ${results.slice(0, maxShown).map((result) => {
      const name = result.person === state.self ? view.t('you') : distinctName(view, state, result.person)
      return html`<li>
        ${icon(icons[result.outcome])} <bdi>${outcomeWords(view.t, result, name)}</bdi>
        <time title=${view.times.full(result.at)}>${view.times.moment(result.at, view.now())}</time>
      </li>`
    })}
    ${results.length > maxShown ? html`<li>${view.t('patchResultsMore', results.length - maxShown)}</li>` : nothing}
  </ul>`
}

function outcomeWords(t: Translate, { outcome, hunks }: PatchResult, name: string): string {
  switch (outcome) {
    case 'applied':
      return t('patchResultApplied', name)
    case 'partly-applied':
      return hunks === undefined ? t('patchResultPartly', name) : t('patchResultSome', name, hunks.applied, hunks.of)
    case 'declined':
      return t('patchResultDeclined', name)
  }
}
