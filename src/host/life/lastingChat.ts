import { randomBytes } from 'node:crypto'
import { ChatError, chatError } from '../../shared/chatError.ts'
import type { ChatErrorCode } from '../../shared/chatError.ts'
import { deferred } from '../../shared/deferred.ts'
import { type Disposable, DisposableStore, Emitter } from '../../shared/disposable.ts'
import type {
  ChatService,
  ServiceMethod,
  ServiceNotification,
  ServiceNotifications,
  ServiceRequests,
} from '../../shared/service.ts'
import { serviceNotifications } from '../../shared/serviceNames.ts'

/** How a request ends whose leader went away, was replaced or steps down. */
const lossCodes: readonly ChatErrorCode[] = ['leader-changed', 'disposed']

/**
 * What can be asked again of the next leader when the last one gave no answer: reading, and what has the same effect
 * twice as once. A message carries a token for that.
 */
const repeatable: ReadonlySet<ServiceMethod> = new Set<ServiceMethod>([
  'identity/state',
  'identity/get',
  'identity/phrase',
  'identity/rename',
  'invite/list',
  'invite/inspect',
  'invite/link',
  'invite/revoke',
  'invite/abandon',
  'conversation/list',
  'conversation/history',
  'conversation/read',
  'conversation/notify',
  'draft/get',
  'draft/set',
  'message/get',
  'message/send',
  'patch/result',
  'trial/get',
  'trial/set',
  'room/members',
  'room/offers',
  'contact/requests',
  'safety/number',
  'safety/verify',
  'safety/scan',
  'safety/comparison',
  'contact/rename',
  'contact/block',
  'network/status',
  'network/retry',
])

/** One service over many leaders, this window's own chat among them. */
export interface LastingChat extends ChatService, Disposable {
  /** From now on this one answers, also what waits. */
  attach(chat: ChatService): void
  /** Nobody answers for now: requests wait. */
  detach(): void
  /** Requests are refused, those that wait as well, until the next `attach` or `detach`. */
  refuse(error: ChatError): void
}

type Source = { readonly kind: 'chat'; readonly chat: ChatService } | { readonly kind: 'refused'; error: ChatError }

export function createLastingChat(onError: (error: unknown) => void): LastingChat {
  let source: Source | undefined
  let next = deferred<Source>()
  let subscriptions = new DisposableStore()
  const emitters = new Map<ServiceNotification, Emitter<unknown>>()

  const change = (to: Source | undefined): void => {
    source = to
    subscriptions.dispose()
    subscriptions = new DisposableStore()
    if (to === undefined) return
    if (to.kind === 'chat') {
      for (const name of serviceNotifications) {
        subscriptions.add(to.chat.on(name, (value) => emitters.get(name)?.fire(value)))
      }
    }
    next.resolve(to)
    next = deferred()
  }

  const answering = async (): Promise<ChatService> => {
    const found = source ?? (await next.promise)
    if (found.kind === 'refused') throw found.error
    return found.chat
  }
  /** Whoever heard of a loss before this window did waits until it has noticed as well. */
  const leaveBehind = async (chat: ChatService): Promise<void> => {
    if (source?.kind === 'chat' && source.chat === chat) await next.promise
  }

  return {
    async request<M extends ServiceMethod>(
      method: M,
      params: ServiceRequests[M]['params'],
    ): Promise<ServiceRequests[M]['result']> {
      const asked = method === 'message/send' ? { token: randomBytes(16).toString('hex'), ...params } : params
      for (;;) {
        const chat = await answering()
        try {
          return await chat.request(method, asked)
        } catch (error) {
          if (!(error instanceof ChatError) || !lossCodes.includes(error.code)) throw error
          if (!repeatable.has(method)) throw chatError('leader-changed')
          await leaveBehind(chat)
        }
      }
    },
    on: (name, listener) => {
      const emitter = emitters.get(name) ?? new Emitter<unknown>(onError)
      emitters.set(name, emitter)
      return emitter.event((value) => listener(value as ServiceNotifications[typeof name]))
    },
    attach: (chat) => change({ kind: 'chat', chat }),
    detach: () => change(undefined),
    refuse: (error) => change({ kind: 'refused', error }),
    dispose() {
      change({ kind: 'refused', error: chatError('disposed') })
      for (const emitter of emitters.values()) emitter.dispose()
    },
  }
}
