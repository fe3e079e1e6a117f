import { ratio, target, type Entry } from '../report.ts'
import { figure, type Figure } from '../statistics.ts'

/** How late the event loop was in each of the `rounds`, beside the plain socket's at the same kind of work. */
export function loopEntry(name: string, rounds: readonly { readonly p99Ms: number }[], raw: Figure): Entry {
  const delay = figure(rounds.map(({ p99Ms }) => p99Ms))
  return {
    name,
    unit: 'ms',
    figure: delay,
    raw,
    ratio: ratio(delay, raw),
    target: target('under 20 ms', delay.median < 20),
  }
}
