import type { Chat } from '../../core/chat.ts'
import { windowKey } from '../../core/identity/windowKey.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Log } from '../../core/ports/log.ts'
import type { SecretKeeper } from '../../core/ports/secrets.ts'
import { ChatError, chatError } from '../../shared/chatError.ts'
import type { Disposable } from '../../shared/disposable.ts'
import type { ChatService } from '../../shared/service.ts'
import { prepareDataDirectory } from '../dataDirectory.ts'
import { createFileIdentity } from '../fileIdentity.ts'
import { nodeClock } from '../nodeClock.ts'
import { nodeRandom } from '../nodeRandom.ts'
import { takeProfileLock } from '../profileLock.ts'
import type { Fence } from '../fence.ts'
import { attachWindow } from './attachWindow.ts'
import { leadWindows } from './leadWindows.ts'
import { readAddress } from './windowAddress.ts'
import type { Attention, Refusal, Standing } from './windowMessages.ts'

/** How soon to look again for a leader that does not listen yet: at first, and at most. */
const firstLookMs = 25
const lastLookMs = 250
/** How soon to ask again where one was refused. */
const refusedMs = 1000
/** After this many looks in vain it is said that the leader cannot be reached. */
const patientLooks = 12

/** Why this window has no chat for now, though another process has. */
export type Obstacle = Refusal | 'unreachable'

/** One stretch in which this window leads, or follows one leader. */
export interface Membership {
  readonly kind: 'leader' | 'follower'
  readonly chat: ChatService
  /** Who speaks for all windows, now and at each change. */
  onStanding(listener: (standing: Standing) => void): Disposable
  /** What this window's user does. */
  report(attention: Attention): void
  /** Resolves when the stretch is over: the leader is gone or hangs, or this one was replaced. */
  readonly ended: Promise<void>
  /** Leaves: what is pending is written, and the lock released. */
  dispose(): Promise<void>
}

export interface JoinInit {
  readonly directory: string
  readonly secrets: SecretKeeper
  /** Opens and starts the chat where this process is to lead. Rejects with a `ChatError`, and leaves nothing open then. */
  readonly openChat: (fence: Fence) => Promise<Chat>
  readonly log: Log
  /** Another protocol than this build's, for tests of what happens then. */
  readonly protocol?: number
}

/**
 * Takes part in the use of a data directory: leads where nobody does, and otherwise attaches to whoever leads, waiting
 * as long as it takes. `onObstacle` hears each time why it takes long. Rejects with a `ChatError` when the chat cannot
 * run here, and with `disposed` when `signal` aborts.
 */
export type JoinProfile = (signal: AbortSignal, onObstacle: (why: Obstacle) => void) => Promise<Membership>

export function createJoinProfile(init: JoinInit): JoinProfile {
  const { directory, secrets, log, protocol } = init
  const ports = { clock: nodeClock, random: nodeRandom, log }
  /** The epoch whose leader was found hanging. */
  let hung: number | undefined

  const key = async (): Promise<Uint8Array | undefined> => {
    const file = createFileIdentity(prepareDataDirectory(directory).identity)
    const bytes = await file.read().catch(() => undefined)
    return windowKey(bytes, await secrets.get())
  }

  /** Leads, if nobody else does. `undefined` too where a process that was stopped still holds up the store. */
  const lead = async (): Promise<Membership | undefined> => {
    const lock = takeProfileLock(directory, hung)
    if (lock === undefined) return undefined
    try {
      return await leadWindows({ ...ports, directory, lock, key, openChat: init.openChat })
    } catch (error) {
      if (error instanceof ChatError && error.code === 'in-use') return undefined
      throw error
    }
  }

  /** Follows the present leader; otherwise, how long to wait before the next look, and why. */
  const follow = async (looks: number): Promise<Membership | { readonly waitMs: number; readonly why?: Obstacle }> => {
    const again = {
      waitMs: Math.min(firstLookMs * 2 ** Math.min(looks, 8), lastLookMs),
      ...(looks >= patientLooks && { why: 'unreachable' as const }),
    }
    const leader = readAddress(directory)
    if (leader === undefined) return again
    const attached = await attachWindow({ ...ports, leader, key: await key(), ...(protocol && { protocol }) })
    if (attached.kind === 'gone') return again
    if (attached.kind === 'refused') return { waitMs: refusedMs, why: attached.why }
    const giveUp = (): void => {
      log.warn('The leading window hangs')
      hung = leader.epoch
    }
    if (attached.kind === 'hung') {
      giveUp()
      return { waitMs: 0 }
    }
    const { window } = attached
    const ended = window.lost.then((why) => (why === 'hung' ? giveUp() : undefined))
    return {
      kind: 'follower',
      chat: window.chat,
      onStanding: (listener) => window.onStanding(listener),
      report: (attention) => window.report(attention),
      ended,
      dispose: async () => window.dispose(),
    }
  }

  return async (signal, onObstacle) => {
    prepareDataDirectory(directory)
    for (let looks = 0; ; looks++) {
      refuseIfAborted(signal)
      const membership = (await lead()) ?? (await follow(looks))
      if ('chat' in membership) {
        if (!signal.aborted) return membership
        await membership.dispose()
        continue
      }
      if (membership.why !== undefined) onObstacle(membership.why)
      await pause(nodeClock, membership.waitMs, signal)
    }
  }
}

function refuseIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw chatError('disposed')
}

function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      timer.dispose()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = clock.after(delayMs, end)
    signal.addEventListener('abort', end)
  })
}
