import type { Log } from '../../core/ports/log.ts'
import { ChatError, chatError } from '../../shared/chatError.ts'
import type { ChatErrorCode } from '../../shared/chatError.ts'
import { DisposableStore, Emitter } from '../../shared/disposable.ts'
import type { Event } from '../../shared/disposable.ts'
import type { ChatService } from '../../shared/service.ts'
import { createLastingChat } from './lastingChat.ts'
import type { Attention, JoinProfile, Membership, Obstacle, Standing } from './nodeTypes.ts'

/** Where this window's chat is in its life. */
export type ChatPhase =
  | { readonly kind: 'starting' }
  /** Another window has the profile, and this one cannot attach to it for now. */
  | { readonly kind: 'elsewhere'; readonly why: Obstacle }
  | { readonly kind: 'broken'; readonly code: ChatErrorCode }
  /** `chat` stays the same whichever window leads. */
  | { readonly kind: 'running'; readonly chat: ChatService }
  | { readonly kind: 'ended' }

/** The one chat of this window, from start to end, over restarts and changes of the leading window. */
export interface ChatLife {
  readonly phase: ChatPhase
  readonly onDidChangePhase: Event<ChatPhase>
  /** Another chat answers while `running` goes on: what was heard before may be out of date. */
  readonly onDidChangeLeader: Event<void>
  /** This window leads; the others of this person are attached to it. */
  readonly leads: boolean
  /** Which window speaks for all of them. */
  readonly standing: Standing
  /** Says what this window's user does; said again to each leader. */
  report(attention: Attention): void
  /** Takes part. Never rejects: a failure is a phase. Resolves when the first phase after `starting` is reached. */
  start(): Promise<void>
  /** Opens the chat anew with the settings of now, where this window runs it or could not. */
  restart(): Promise<void>
  /** Ends for good. */
  dispose(): Promise<void>
}

const silent: Standing = { speaks: false, isAnyFocused: false }

export function createChatLife(init: { readonly join: JoinProfile; readonly log: Log }): ChatLife {
  const { log } = init
  const onError = (error: unknown): void => log.error('a listener of the chat failed', error)
  const changed = new Emitter<ChatPhase>(onError)
  const leaderChanged = new Emitter<void>(onError)
  const lasting = createLastingChat(onError)
  let phase: ChatPhase = { kind: 'starting' }
  let membership: Membership | undefined
  let standing = silent
  let attention: Attention = { isFocused: false, usedAt: 0 }
  let stretch = new AbortController()
  let isEnded = false
  let living: Promise<void> = Promise.resolve()

  const enter = (next: ChatPhase): void => {
    if (phase.kind === 'ended') return
    phase = next
    log.info(`chat: ${next.kind === 'elsewhere' ? `elsewhere (${next.why})` : next.kind}`)
    changed.fire(next)
  }

  const onObstacle = (why: Obstacle): void => {
    if (stretch.signal.aborted || (phase.kind === 'elsewhere' && phase.why === why)) return
    lasting.refuse(chatError('in-use'))
    enter({ kind: 'elsewhere', why })
  }

  /** Uses a membership until it is over, or until this window leaves by itself. */
  const use = async (joined: Membership, signal: AbortSignal): Promise<void> => {
    const held = new DisposableStore()
    membership = joined
    held.add(joined.onStanding((next) => (standing = next)))
    joined.report(attention)
    lasting.attach(joined.chat)
    log.info(`chat: ${joined.kind}`)
    if (phase.kind === 'running') leaderChanged.fire()
    else enter({ kind: 'running', chat: lasting })
    await Promise.race([joined.ended, aborted(signal)])
    lasting.detach()
    held.dispose()
    standing = silent
    membership = undefined
    try {
      await joined.dispose()
    } catch (error) {
      log.error('the chat did not close cleanly', error)
    }
  }

  const live = async (onSettled: () => void): Promise<void> => {
    const { signal } = stretch
    try {
      while (!signal.aborted) {
        const joined = await init.join(signal, onObstacle)
        const used = use(joined, signal)
        onSettled()
        await used
      }
    } catch (error) {
      if (!signal.aborted) {
        log.error('the chat did not start', error)
        const code = error instanceof ChatError ? error.code : 'internal'
        lasting.refuse(chatError(code))
        enter({ kind: 'broken', code })
      }
    }
    onSettled()
  }

  const begin = (): Promise<void> =>
    new Promise((resolve) => {
      stretch = new AbortController()
      living = live(resolve)
    })
  /** A question of its own, because the answer changes while one awaits. */
  const hasEnded = (): boolean => isEnded
  const leave = async (): Promise<void> => {
    stretch.abort()
    await living
  }

  return {
    get phase() {
      return phase
    },
    get leads() {
      return membership?.kind === 'leader'
    },
    get standing() {
      return standing
    },
    onDidChangePhase: changed.event,
    onDidChangeLeader: leaderChanged.event,
    report(next) {
      attention = next
      membership?.report(next)
    },
    async start() {
      if (!isEnded) await begin()
    },
    async restart() {
      // A follower's settings count once it leads.
      if (isEnded || membership?.kind === 'follower') return
      await leave()
      if (hasEnded()) return
      if (phase.kind !== 'running') {
        lasting.detach()
        enter({ kind: 'starting' })
      }
      await begin()
    },
    async dispose() {
      if (isEnded) return
      isEnded = true
      enter({ kind: 'ended' })
      changed.dispose()
      leaderChanged.dispose()
      await leave()
      lasting.dispose()
    },
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
