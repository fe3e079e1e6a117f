import { parseConversationId, parseMessageId } from '../../shared/ids.ts'
import type { MessageAddress } from '../../shared/messageLink.ts'

/** What the editor passes on of the message that was clicked; anybody else may pass anything. */
export function addressOf(argument: unknown): MessageAddress | undefined {
  const conversation = parseConversationId(field(argument, 'conversation'))
  const message = parseMessageId(field(argument, 'message'))
  return conversation === undefined || message === undefined ? undefined : { conversation, message }
}

/** A field of something that may be anything. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}
