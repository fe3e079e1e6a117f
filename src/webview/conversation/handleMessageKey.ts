import type { MessageId } from '../../shared/ids.ts'
import { isSaid } from '../../shared/isSaid.ts'
import type { Message } from '../../shared/service.ts'
import { whySilent } from '../room/roomRights.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { threadOf } from './threadOf.ts'

/**
 * Keys on a message that has the keyboard: R answers it, T opens its thread, E gives an own text another wording, + reacts,
 * X begins to select, M (or the menu key) offers everything. `true`: the key was meant for the message.
 */
export function handleMessageKey(
  event: KeyboardEvent,
  view: View,
  { conversation, self, thread, selected }: ConversationState,
  message: Message,
  actions: { compose(mode: 'reply' | 'edit' | 'select' | 'thread', message: MessageId): void },
): boolean {
  const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey
  const onMessage = event.target instanceof HTMLElement && event.target.matches('article')
  if (!isPlain || !onMessage) return false
  const { body, id, author } = message
  const canAnswer = isSaid(body) && whySilent(conversation) === undefined
  const menu = (which: 'react' | 'more'): void => {
    view.post({ type: 'messageMenu', menu: which, conversation: conversation.id, message: id })
  }
  const does = ((): (() => void) | undefined => {
    switch (event.key.toLowerCase()) {
      case 'r':
        return canAnswer ? () => actions.compose('reply', id) : undefined
      case 't':
        return isSaid(body) && thread === undefined ? () => actions.compose('thread', threadOf(message)) : undefined
      case 'x':
        return selected === undefined ? () => actions.compose('select', id) : undefined
      case 'e':
        return canAnswer && author === self && body.kind === 'text' ? () => actions.compose('edit', id) : undefined
      case '+':
        return canAnswer ? () => menu('react') : undefined
      case 'm':
      case 'contextmenu':
        return () => menu('more')
      default:
        return undefined
    }
  })()
  if (does === undefined) return false
  event.preventDefault()
  does()
  return true
}
