import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { SnippetBody } from '../../shared/service.ts'
import type { SnippetAction } from '../../shared/webviewProtocol.ts'
import { icon } from '../icon.ts'
import type { View } from '../view.ts'

/** Which message a snippet is in. */
export interface SnippetMessage {
  readonly conversation: ConversationId
  readonly message: MessageId
}

const looks = {
  openInClone: { icon: 'go-to-file', label: 'openInClone' },
  compareWithMine: { icon: 'diff', label: 'compareMine' },
  apply: { icon: 'check', label: 'apply' },
} as const

/**
 * What can be done with a snippet in the user's own clone, and what was found out there. What fits comes first: where no
 * folder of its repository is open there is nothing to offer.
 */
export function snippetActions(
  view: View,
  { conversation, message }: SnippetMessage,
  body: SnippetBody,
  tabIndex: number,
): TemplateResult | typeof nothing {
  const place = view.clones.placeOf(message)
  const canOpen = body.path !== undefined && view.clones.has(body.git?.remote)
  const button = (action: SnippetAction): TemplateResult =>
    html`<button
      type="button"
      class="snippet-action"
      tabindex=${tabIndex}
      @click=${() => {
        view.post({ type: 'snippet', action, conversation, message })
      }}
    >
      ${icon(looks[action].icon)}<span>${view.t(looks[action].label)}</span>
    </button>`
  const offers = place?.offers ?? []
  const actions = [...offers, ...(canOpen ? (['openInClone'] as const) : [])]
  if (actions.length === 0 && place === undefined) return nothing
  return html`<div class="snippet-actions">
    ${place === undefined ? nothing : html`<p class="snippet-place" role="status">${place.sentence}</p>`}
    ${actions.map(button)}
  </div>`
}
