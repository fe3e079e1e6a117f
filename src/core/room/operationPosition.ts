/** A place in a room's order: (clock, id in hex). */
export interface OperationPosition {
  readonly clock: number
  readonly id: string
}

/** -1, 0 or 1: the order of (clock, id), that of messages. */
export function compareOperations(a: OperationPosition, b: OperationPosition): number {
  return Math.sign(a.clock - b.clock) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
