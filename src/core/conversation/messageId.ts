import type { MessageId } from '../../shared/ids.ts'
import { compareBytes, fromHex, toHex } from '../codec/bytes.ts'
import type { Position } from '../ports/store.ts'

/** The public name of an event: its place in the conversation's order, so that ids sort as messages do. */
export function messageIdOf({ clock, id }: Position): MessageId {
  return (clock.toString(16).padStart(12, '0') + toHex(id)) as MessageId
}

/** The place that a message id names. */
export function positionOf(id: MessageId): Position {
  return { clock: Number.parseInt(id.slice(0, 12), 16), id: fromHex(id.slice(12)) ?? new Uint8Array(32) }
}

/** -1, 0 or 1: the order of a conversation. */
export function comparePositions(a: Position, b: Position): number {
  return Math.sign(a.clock - b.clock) || compareBytes(a.id, b.id)
}
