import { parseConversationId, parsePersonId } from '../../shared/ids.ts'
import type { ConversationId, PersonId } from '../../shared/ids.ts'

/**
 * Command arguments are untrusted: menus pass tree rows, keyboard shortcuts whatever the user wrote, other extensions
 * anything at all. These read the one field that counts.
 */
export function conversationOf(argument: unknown): ConversationId | undefined {
  return parseConversationId(argument) ?? parseConversationId(field(field(argument, 'conversation'), 'id'))
}

/** The id of a tree row's invite or join, or of a plain string. */
export function waitingIdOf(argument: unknown): string | undefined {
  const candidates = [argument, field(field(argument, 'invite'), 'invite'), field(field(argument, 'join'), 'join')]
  return candidates.find((value) => typeof value === 'string')
}

/** The person of a row in the list of members. */
export function personOf(argument: unknown): PersonId | undefined {
  return parsePersonId(field(field(argument, 'member'), 'person'))
}

/** The id of a tree row's room offer or contact request, or of a plain string. */
export function proposalIdOf(argument: unknown): string | undefined {
  const candidates = [argument, field(field(argument, 'offer'), 'offer'), field(field(argument, 'request'), 'request')]
  return candidates.find((value) => typeof value === 'string')
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}
