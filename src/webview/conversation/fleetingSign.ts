import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Message } from '../../shared/service.ts'
import { icon } from '../icon.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

/** The clock on a message that disappears, which says when. */
export function fleetingSign(
  view: View,
  state: Pick<ConversationState, 'self'>,
  message: Message,
): TemplateResult | typeof nothing {
  const words = (): string | undefined => fleetingWords(view, state, message)
  const said = words()
  if (said === undefined) return nothing
  return html`<span
    class="fleeting"
    role="img"
    title=${said}
    aria-label=${said}
    @pointerenter=${({ currentTarget }: PointerEvent) => {
      // It may have stood here for long.
      if (currentTarget instanceof HTMLElement) currentTarget.title = words() ?? ''
    }}
    >${icon('clockface')}</span
  >`
}

function fleetingWords(
  view: View,
  { self }: Pick<ConversationState, 'self'>,
  { body, author, fadesAt }: Message,
): string | undefined {
  if (fadesAt !== undefined) return view.t('fadesIn', view.times.left(fadesAt - view.now()))
  const lifetimeMs = 'lifetimeMs' in body && body.kind !== 'room' ? body.lifetimeMs : undefined
  if (lifetimeMs === undefined) return undefined
  return view.t(author === self ? 'fadesAfterDelivery' : 'fadesAfterReading', view.times.span(lifetimeMs))
}
