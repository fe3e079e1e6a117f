import type { Message } from '../../shared/service.ts'

/**
 * Two lists of messages as one: in order, each message once, the one of `incoming` where both have it. `known` is in
 * order; `incoming` may be in any.
 */
export function mergeMessages(known: readonly Message[], incoming: readonly Message[]): readonly Message[] {
  if (incoming.length === 0) return known
  const fresh = [...new Map(incoming.map((message) => [message.id, message])).values()].sort(byId)
  const first = fresh[0]
  const last = known.at(-1)
  if (first === undefined || last === undefined || first.id > last.id) return [...known, ...fresh]
  const ids = new Set(fresh.map((message) => message.id))
  return [...known.filter((message) => !ids.has(message.id)), ...fresh].sort(byId)
}

const byId = (a: Message, b: Message): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
