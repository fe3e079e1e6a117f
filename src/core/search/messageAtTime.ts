import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { messageIdOf } from '../conversation/messageId.ts'
import type { Timeline } from '../conversation/timeline.ts'

/** Messages that share a clock are looked through one by one. */
const maxTied = 64
const firstOf = (clock: number): MessageId => messageIdOf({ clock, id: new Uint8Array(32) })

/**
 * The first message sent at or after a time, or the last one where none was; `undefined` where there is none. The
 * order of a conversation follows the time but for clocks that are wrong, so halving it finds the place.
 */
export function messageAtTime(timeline: Timeline, time: number): Message | undefined {
  const last = timeline.history(undefined, 1).messages[0]
  if (last === undefined || last.sentAt < time) return last
  // Everything before `low` is earlier; what comes at `high` or later is not.
  let [low, high] = [0, last.clock]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const before = timeline.history(firstOf(middle), 1).messages[0]
    if (before === undefined || before.sentAt < time) low = middle
    else high = middle - 1
  }
  return timeline.historyAfter(firstOf(low), maxTied).messages.find(({ sentAt }) => sentAt >= time) ?? last
}
