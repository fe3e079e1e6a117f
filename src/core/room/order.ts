/**
 * The one order in which a room's operations are replayed. What came before comes first; of what is concurrent, the
 * operation of the higher-ranking author comes first, together with all that it came after; of equals, the lower (clock, id).
 *
 * So an owner's operation is judged by what the owner knew and by nothing that others did at the same time, and so on
 * down the ranks: to claim that one's deed was concurrent to one's removal gains nothing.
 */
import type { DeviceId } from '../../shared/ids.ts'
import { compareOperations } from './operationPosition.ts'
import type { OperationNode } from './dag.ts'

/** Calls `visit` for every node, each once, in the order above. `rankOf` is asked anew as the state changes. */
export function visitInOrder(
  nodes: readonly OperationNode[],
  rankOf: (node: OperationNode) => number,
  visit: (node: OperationNode) => void,
): void {
  const done = new Set<OperationNode>()
  const finish = (node: OperationNode): void => {
    done.add(node)
    visit(node)
  }
  for (const segment of segmentsOf(nodes)) visitSegment(segment, done, rankOf, finish)
}

/**
 * Cuts the nodes where one of them is comparable with all others, in the order of (clock, id): the order of the whole
 * is that of the parts. In a room whose members mostly know what was before, nearly every part is one node.
 */
function segmentsOf(nodes: readonly OperationNode[]): OperationNode[][] {
  const sorted = [...nodes].sort((a, b) => compareOperations(a.event, b.event))
  const place = new Map(sorted.map((node, index) => [node, index]))
  // For each node, the last place of a node that everything was comparable with when it came and that came before it.
  const bases: number[] = []
  const cuts: number[] = []
  const isCut = new Set<number>()
  const heads = new Set<OperationNode>()
  sorted.forEach((node, index) => {
    let base = -1
    for (const previous of node.before) {
      const at = place.get(previous) as number
      base = Math.max(base, isCut.has(at) ? at : (bases[at] as number))
      heads.delete(previous)
    }
    heads.add(node)
    bases.push(base)
    // This node does not come after these, so they are not comparable with all any more.
    for (let last = cuts.at(-1); last !== undefined && last > base; last = cuts.at(-1)) {
      isCut.delete(last)
      cuts.pop()
    }
    if (heads.size === 1) {
      cuts.push(index)
      isCut.add(index)
    }
  })
  const segments: OperationNode[][] = []
  let from = 0
  for (const cut of [...cuts, sorted.length - 1]) {
    if (cut >= from) segments.push(sorted.slice(from, cut + 1))
    from = cut + 1
  }
  return segments
}

/** `segment` ascending by (clock, id), and complete: whatever one of it came after is in it, or done. */
function visitSegment(
  segment: readonly OperationNode[],
  done: ReadonlySet<OperationNode>,
  rankOf: (node: OperationNode) => number,
  finish: (node: OperationNode) => void,
): void {
  if (segment.length === 1) {
    finish(segment[0] as OperationNode)
    return
  }
  const logs = new Map<DeviceId, { readonly queue: OperationNode[]; next: number }>()
  for (const node of segment) {
    const log = logs.get(node.event.device)
    if (log === undefined) logs.set(node.event.device, { queue: [node], next: 0 })
    else log.queue.push(node)
  }
  for (;;) {
    let first: OperationNode | undefined
    let firstRank = 0
    for (const entry of logs.values()) {
      while (entry.next < entry.queue.length && done.has(entry.queue[entry.next] as OperationNode)) entry.next++
      const node = entry.queue[entry.next]
      if (node === undefined) continue
      const rank = rankOf(node)
      const isFirst =
        first === undefined ||
        rank < firstRank ||
        (rank === firstRank && compareOperations(node.event, first.event) < 0)
      if (isFirst) [first, firstRank] = [node, rank]
    }
    if (first === undefined) return
    const before = unfinishedBefore(first, done)
    if (before.length > 0) visitSegment(before, done, rankOf, finish)
    finish(first)
  }
}

function unfinishedBefore(node: OperationNode, done: ReadonlySet<OperationNode>): OperationNode[] {
  const found = new Set<OperationNode>()
  const open = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const previous of next.before)
      if (!done.has(previous) && !found.has(previous)) {
        found.add(previous)
        open.push(previous)
      }
  return [...found].sort((a, b) => compareOperations(a.event, b.event))
}
