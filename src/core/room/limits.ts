/**
 * How far the messages of a device count. Messages are in no causal order with operations, so whoever takes the right to
 * write away, or gives it back, says up to which one it knows them.
 */
import { roles, type Role } from '../../shared/rooms.ts'
import type { Span } from './roomView.ts'

/** A role, or none at all. */
export type Standing = Role | 'none'

/** From the event after `after` on (up to the next limit), the author has this standing. */
interface Limit {
  readonly after: number
  readonly standing: Standing
}

/** Ascending by `after`; before the first one, the standing is none. */
export type Limits = readonly Limit[]

export const noLimits: Limits = []

const standings: readonly Standing[] = [...roles, 'none']

/** The weaker of two. */
function weaker(a: Standing, b: Standing): Standing {
  return standings.indexOf(a) > standings.indexOf(b) ? a : b
}

/** Whether `a` may do less than `b`. */
export function isWeaker(a: Standing, b: Standing): boolean {
  return standings.indexOf(a) > standings.indexOf(b)
}

/** The standing of an event. */
function standingAt(limits: Limits, seq: number): Standing {
  return limits.findLast(({ after }) => after < seq)?.standing ?? 'none'
}

/** Beyond `after`, nothing stands higher than `standing` any more. */
export function lower(limits: Limits, after: number, standing: Standing): Limits {
  const at = { after, standing: weaker(standing, standingAt(limits, after + 1)) }
  const beyond = limits.filter((limit) => limit.after > after)
  return [
    ...limits.filter((limit) => limit.after < after),
    at,
    ...beyond.map((limit) => ({ after: limit.after, standing: weaker(standing, limit.standing) })),
  ]
}

/** Beyond `after`, and beyond every line drawn so far, the standing is this one. */
export function raise(limits: Limits, after: number, standing: Standing): Limits {
  const from = Math.max(after, limits.at(-1)?.after ?? 0)
  return [...limits.filter((limit) => limit.after < from), { after: from, standing }]
}

/** The events of somebody who could write, ascending. */
export function writtenSpans(limits: Limits): readonly Span[] {
  const spans: Span[] = []
  limits.forEach(({ after, standing }, i) => {
    if (standing === 'none' || standing === 'read-only') return
    const to = limits[i + 1]?.after
    const last = spans.at(-1)
    if (last?.to === after) spans[spans.length - 1] = to === undefined ? { from: last.from } : { from: last.from, to }
    else spans.push(to === undefined ? { from: after + 1 } : { from: after + 1, to })
  })
  return spans
}
