import type { Clock } from './clock.ts'

/** Resolves in a later turn of the event loop: others who share this process have theirs in between. */
export const nextTurn = (clock: Pick<Clock, 'defer'>): Promise<void> =>
  new Promise((resolve) => {
    clock.defer(resolve)
  })
