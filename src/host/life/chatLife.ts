import type { Log } from '../../core/ports/log.ts'
import { ChatError } from '../../shared/chatError.ts'
import type { ChatErrorCode } from '../../shared/chatError.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { Event } from '../../shared/disposable.ts'
import type { ChatService } from '../../shared/service.ts'

/** Where this window's chat is in its life. */
export type ChatPhase =
  | { readonly kind: 'starting' }
  /** Another window has the profile; this one takes over when that closes. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'broken'; readonly code: ChatErrorCode }
  | { readonly kind: 'running'; readonly chat: ChatService }
  | { readonly kind: 'ended' }

/** A chat that runs, and what it holds. */
export interface OpenedChat {
  readonly chat: ChatService
  /** Writes what is pending and releases the profile. */
  dispose(): Promise<void>
}

/**
 * Opens the chat: waits for the profile (calling `onElsewhere` once when another process has it), then starts it.
 * Rejects with a `ChatError` when it cannot run here, and when `signal` aborts.
 */
export type OpenChat = (signal: AbortSignal, onElsewhere: () => void) => Promise<OpenedChat>

/** The one chat of this window, from start to end, over restarts. */
export interface ChatLife {
  readonly phase: ChatPhase
  readonly onDidChangePhase: Event<ChatPhase>
  /** Opens the chat. Never rejects: a failure is a phase. */
  start(): Promise<void>
  /** Closes the chat and opens it anew, with the settings of now. */
  restart(): Promise<void>
  /** Ends for good. */
  dispose(): Promise<void>
}

export function createChatLife(init: { readonly open: OpenChat; readonly log: Log }): ChatLife {
  const { log } = init
  const changed = new Emitter<ChatPhase>((error) => log.error('a listener of the chat phase failed', error))
  let phase: ChatPhase = { kind: 'starting' }
  let opened: OpenedChat | undefined
  let opening = new AbortController()
  let isEnded = false
  let tail: Promise<void> = Promise.resolve()

  const enter = (next: ChatPhase): void => {
    if (phase.kind === 'ended') return
    phase = next
    log.info(`chat: ${next.kind}`)
    changed.fire(next)
  }

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    tail = tail.then(work)
    return tail
  }

  const open = async (): Promise<void> => {
    if (isEnded || opened !== undefined) return
    opening = new AbortController()
    const { signal } = opening
    if (phase.kind !== 'starting') enter({ kind: 'starting' })
    try {
      const result = await init.open(signal, () => {
        if (!signal.aborted) enter({ kind: 'elsewhere' })
      })
      opened = result
      if (!signal.aborted) enter({ kind: 'running', chat: result.chat })
    } catch (error) {
      if (signal.aborted) return
      log.error('the chat did not start', error)
      enter({ kind: 'broken', code: error instanceof ChatError ? error.code : 'internal' })
    }
  }

  const close = async (): Promise<void> => {
    const closing = opened
    opened = undefined
    try {
      await closing?.dispose()
    } catch (error) {
      log.error('the chat did not close cleanly', error)
    }
  }

  return {
    get phase() {
      return phase
    },
    onDidChangePhase: changed.event,
    start: () => inTurn(open),
    restart() {
      opening.abort()
      return inTurn(async () => {
        if (opened !== undefined) enter({ kind: 'starting' })
        await close()
        await open()
      })
    },
    dispose() {
      isEnded = true
      opening.abort()
      return inTurn(async () => {
        enter({ kind: 'ended' })
        changed.dispose()
        await close()
      })
    },
  }
}
