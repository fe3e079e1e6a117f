import type { Disposable } from '../../shared/disposable.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'

/** What comes within this time of the first message is told together. */
export const gatherMs = 1_500
/** At most one notification about a conversation in this time. */
export const noticeIntervalMs = 30_000

/** New messages of one conversation, in order of arrival; never empty. */
export interface NoticeEntry {
  readonly conversation: ConversationId
  readonly messages: readonly Message[]
}

/** The part of a clock that is needed here; `monotonicMs` only grows. */
export interface NoticeClock {
  monotonicMs(): number
  after(delayMs: number, fn: () => void): Disposable
}

/** Gathers what there is to tell, so that many messages make one notification. */
export interface NoticeQueue extends Disposable {
  add(conversation: ConversationId, message: Message): void
  /** Nothing that waits is told any more: the user is here. */
  clear(): void
}

/** `tell` hears of what has come, one entry a conversation, in the order in which they came. */
export function createNoticeQueue(clock: NoticeClock, tell: (entries: readonly NoticeEntry[]) => void): NoticeQueue {
  const lastTold = new Map<ConversationId, number>()
  const waiting = new Map<ConversationId, Message[]>()
  let timer: Disposable | undefined

  /** How long a conversation has to wait until it may be told of. */
  const restMs = (conversation: ConversationId): number =>
    (lastTold.get(conversation) ?? -noticeIntervalMs) + noticeIntervalMs - clock.monotonicMs()

  const flush = (): void => {
    timer = undefined
    const due = [...waiting].filter(([conversation]) => restMs(conversation) <= 0)
    for (const [conversation] of due) {
      waiting.delete(conversation)
      lastTold.set(conversation, clock.monotonicMs())
    }
    arm()
    if (due.length > 0) tell(due.map(([conversation, messages]) => ({ conversation, messages })))
  }
  const arm = (): void => {
    if (timer !== undefined || waiting.size === 0) return
    const soonest = Math.min(...[...waiting.keys()].map(restMs))
    timer = clock.after(Math.max(gatherMs, soonest), flush)
  }
  const clear = (): void => {
    timer?.dispose()
    timer = undefined
    waiting.clear()
  }

  return {
    add(conversation, message) {
      const messages = waiting.get(conversation)
      if (messages !== undefined) messages.push(message)
      else {
        waiting.set(conversation, [message])
        // Another conversation may have to wait for longer.
        timer?.dispose()
        timer = undefined
      }
      arm()
    },
    clear,
    dispose: clear,
  }
}
