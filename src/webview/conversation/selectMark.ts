import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { MessageId } from '../../shared/ids.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

interface Toggle {
  toggle(message: MessageId, isRange: boolean): void
}

/** The box that says whether a message is selected. */
export function selectMark(
  view: View,
  { selected }: ConversationState,
  message: MessageId,
  actions: Toggle,
): TemplateResult {
  return html`<input
    type="checkbox"
    class="select-mark"
    tabindex="-1"
    aria-label=${view.t('selectMessage')}
    .checked=${live(selected?.has(message) ?? false)}
    @click=${(event: MouseEvent) => {
      event.stopPropagation()
      actions.toggle(message, event.shiftKey)
    }}
  />`
}

/** While messages are selected, a click anywhere on one means the whole of it. */
export function onSelectingClick(event: MouseEvent, message: MessageId, actions: Toggle): void {
  event.preventDefault()
  event.stopPropagation()
  actions.toggle(message, event.shiftKey)
}
