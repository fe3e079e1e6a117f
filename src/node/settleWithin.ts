import type { Clock } from '../core/ports/clock.ts'

/** Resolves when `work` is over, whatever became of it, and after `limitMs` at the latest. Never rejects. */
export function settleWithin(limitMs: number, work: Promise<unknown>, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const limit = clock.after(limitMs, resolve)
    const finish = (): void => {
      limit.dispose()
      resolve()
    }
    work.then(finish, finish)
  })
}
