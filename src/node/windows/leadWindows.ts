import type { Chat } from '../../core/chat.ts'
import type { Clock } from '../../core/ports/clock.ts'
import { deferred } from '../../shared/deferred.ts'
import type { Disposable } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { ProfileLock } from '../profileLock.ts'
import type { Fence } from '../fence.ts'
import type { Membership } from './joinProfile.ts'
import type { Standing } from './windowMessages.ts'
import { openWindowServer, type WindowServerInit } from './windowServer.ts'

/** How often a leader looks whether it was replaced: it may have hung without knowing. */
const fenceLookMs = 500

export interface LeadInit extends Omit<WindowServerInit, 'epoch'> {
  readonly lock: ProfileLock
  readonly openChat: (fence: Fence) => Promise<Chat>
}

/** Leads: runs the chat, for this window and for those that attach. Owns the lock, and releases it also on failure. */
export async function leadWindows(init: LeadInit): Promise<Membership> {
  const { lock, clock, log } = init
  // The others find somebody who answers from the first moment on; their requests wait until the chat runs.
  const server = await openWindowServer({ ...init, epoch: lock.epoch })
  let chat: Chat
  try {
    chat = await init.openChat(lock)
  } catch (error) {
    lock.dispose()
    server.close()
    throw error
  }
  server.serve(chat)
  const { promise: ended, resolve } = deferred<undefined>()
  const watch = watchFence(lock, clock, () => {
    log.warn('Another window leads by now: this one had not answered')
    resolve(undefined)
  })
  const standings = new Emitter<Standing>()
  let standing: Standing = { speaks: false, isAnyFocused: false }
  const seat = server.attention.join((next) => {
    standing = next
    standings.fire(next)
  })
  return {
    kind: 'leader',
    chat,
    ended,
    report: (attention) => seat.report(attention),
    onStanding(listener) {
      listener(standing)
      return standings.event(listener)
    },
    async dispose() {
      watch.dispose()
      server.stopServing()
      try {
        await chat.dispose()
      } finally {
        // First the lock: whoever then hears the socket close finds it free.
        lock.dispose()
        server.close()
        resolve(undefined)
      }
    },
  }
}

function watchFence(fence: Fence, clock: Clock, onFallen: () => void): Disposable {
  let timer: Disposable
  const look = (): void => {
    if (isStanding(fence)) timer = clock.after(fenceLookMs, look)
    else onFallen()
  }
  timer = clock.after(fenceLookMs, look)
  return { dispose: () => timer.dispose() }
}

/** A directory that is gone is no sign of another leader: whoever writes is told of that. */
function isStanding(fence: Fence): boolean {
  try {
    return fence.isCurrent()
  } catch {
    return true
  }
}
