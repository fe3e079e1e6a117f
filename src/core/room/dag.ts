/** The control operations of a room by what their authors knew: causality, without any clock that could be lied about. */
import { compareOperations } from './operationPosition.ts'
import type { ControlEvent, OperationId } from './operation.ts'

/** An operation among those it came after. */
export interface OperationNode {
  readonly event: ControlEvent
  /** Direct predecessors: those it names, and the one before it in its log. */
  readonly before: readonly OperationNode[]
  /** Its clock is not later than that of something it claims to come after. */
  readonly isBackdated: boolean
}

/** Grows by operations whose predecessors are all here. */
export class Dag {
  readonly #nodes = new Map<OperationId, OperationNode>()
  readonly #logs = new Map<string, OperationNode[]>()
  readonly #heads = new Set<OperationNode>()
  readonly #readableHeads = new Set<OperationNode>()

  get nodes(): readonly OperationNode[] {
    return [...this.#nodes.values()]
  }

  /** Operations after which no other one came yet, of those that this device can read. */
  get heads(): readonly OperationNode[] {
    return [...this.#readableHeads].sort((a, b) => compareOperations(a.event, b.event))
  }

  has(id: OperationId): boolean {
    return this.#nodes.has(id)
  }

  /**
   * The event as a node, if everything before it is here; events must be tried in the order of (clock, id). Clocks grow
   * along a log: nothing else is ever stored. `clockOf`: the clock of an event that is known at all.
   */
  link(event: ControlEvent, clockOf: (id: OperationId) => number | undefined): OperationNode | undefined {
    const log = this.#logs.get(event.device)
    const inLog = log?.at(-1)
    if ((inLog?.event.seq ?? 0) !== event.seq - 1) return undefined
    const before = new Set<OperationNode>()
    let isBackdated = false
    if (inLog !== undefined) before.add(inLog)
    for (const id of event.content.after) {
      const clock = clockOf(id)
      // An edge that runs against the clock could close a circle: it is left out, and the operation does not count.
      if (clock !== undefined && clock >= event.clock) isBackdated = true
      else {
        const node = this.#nodes.get(id)
        if (node === undefined) return undefined
        before.add(node)
      }
    }
    const node: OperationNode = { event, before: [...before], isBackdated }
    this.#nodes.set(event.id, node)
    if (log === undefined) this.#logs.set(event.device, [node])
    else log.push(node)
    this.#advance(this.#heads, node)
    if (!isHidden(event)) this.#advance(this.#readableHeads, node)
    return node
  }

  /** Whether every other operation came before this one. */
  isLast(node: OperationNode): boolean {
    return this.#heads.size === 1 && this.#heads.has(node)
  }

  /** Whether the author of `later` knew `earlier`. False for the same operation, and for any that is not here. */
  isBefore(earlier: OperationId, later: OperationId): boolean {
    const target = this.#nodes.get(earlier)
    const start = this.#nodes.get(later)
    if (target === undefined || start === undefined) return false
    const seen = new Set<OperationNode>()
    const open = [start]
    for (let node = open.pop(); node !== undefined; node = open.pop())
      for (const previous of node.before) {
        if (previous === target) return true
        if (previous.event.clock <= target.event.clock || seen.has(previous)) continue
        seen.add(previous)
        open.push(previous)
      }
    return false
  }

  /** Every operation whose author knew this one. */
  after(id: OperationId): ReadonlySet<OperationId> {
    const found = new Set<OperationId>([id])
    // Nodes are in the order of linking, so predecessors were looked at before.
    for (const { event, before } of this.#nodes.values())
      if (before.some((node) => found.has(node.event.id))) found.add(event.id)
    found.delete(id)
    return found
  }

  #advance(heads: Set<OperationNode>, node: OperationNode): void {
    for (const previous of node.before) heads.delete(previous)
    heads.add(node)
  }
}

/** What cannot be opened was not known to whoever writes next, as far as anybody can tell. */
function isHidden({ content }: ControlEvent): boolean {
  return 'unreadable' in content && (content.unreadable === 'key-missing' || content.unreadable === 'erased')
}
