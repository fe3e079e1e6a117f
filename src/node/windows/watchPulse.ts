import type { Clock } from '../../core/ports/clock.ts'
import { deferred } from '../../shared/deferred.ts'
import type { Disposable } from '../../shared/disposable.ts'

/** How often this process looks, and after how many looks in vain the other one hangs. */
const lookMs = 250
const maxSilentLooks = 8

export interface Pulse extends Disposable {
  /** Resolves when the other process has not answered for `maxSilentLooks` looks of this one. */
  readonly stopped: Promise<void>
}

/**
 * Notices within about two seconds that another process of this machine hangs. Looks are counted, not time: while the
 * machine sleeps or this process does not get to run, neither of them looks nor answers.
 */
export function watchPulse(clock: Clock, ping: () => Promise<unknown>): Pulse {
  const { promise: stopped, resolve } = deferred<undefined>()
  let timer: Disposable | undefined
  let silentLooks = 0
  let isAsking = false
  let isDisposed = false

  const look = (): void => {
    if (isDisposed) return
    if (isAsking) silentLooks += 1
    else {
      isAsking = true
      const answered = (): void => {
        isAsking = false
        silentLooks = 0
      }
      // A refusal is a sign of life as well; a socket that closes is noticed elsewhere.
      ping().then(answered, answered)
    }
    if (silentLooks >= maxSilentLooks) resolve(undefined)
    else timer = clock.after(lookMs, look)
  }
  look()
  return {
    stopped,
    dispose() {
      isDisposed = true
      timer?.dispose()
    },
  }
}
