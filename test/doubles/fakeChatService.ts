import { chatError } from '../../src/shared/chatError.ts'
import { Emitter } from '../../src/shared/disposable.ts'
import type {
  ChatService,
  ServiceMethod,
  ServiceNotification,
  ServiceNotifications,
  ServiceRequests,
} from '../../src/shared/service.ts'

type Handlers = {
  [M in ServiceMethod]: (
    params: ServiceRequests[M]['params'],
  ) => Promise<ServiceRequests[M]['result']> | ServiceRequests[M]['result']
}

/** A `ChatService` in memory that answers with what a test gives it, and tells what a test fires. */
export class FakeChatService implements ChatService {
  readonly #handlers: Partial<Handlers>
  readonly #emitters: { [N in ServiceNotification]: Emitter<ServiceNotifications[N]> } = {
    'identity/changed': new Emitter(),
    'message/added': new Emitter(),
    'message/changed': new Emitter(),
    'message/removed': new Emitter(),
    'conversation/removed': new Emitter(),
    'conversation/changed': new Emitter(),
    'invite/joining': new Emitter(),
    'invite/changed': new Emitter(),
    'network/changed': new Emitter(),
    'room/membersChanged': new Emitter(),
    'room/offersChanged': new Emitter(),
    'contact/requestsChanged': new Emitter(),
    'safety/changed': new Emitter(),
    'store/changed': new Emitter(),
    'file/progress': new Emitter(),
    'file/preparing': new Emitter(),
  }
  /** Every request so far, in order. */
  readonly requests: { readonly method: ServiceMethod; readonly params: unknown }[] = []

  constructor(handlers: Partial<Handlers> = {}) {
    this.#handlers = handlers
  }

  async request<M extends ServiceMethod>(
    method: M,
    params: ServiceRequests[M]['params'],
  ): Promise<ServiceRequests[M]['result']> {
    this.requests.push({ method, params })
    const handlers: Partial<Handlers> = this.#handlers
    const handler: Partial<Handlers>[M] = handlers[method]
    if (handler === undefined) throw chatError('no-identity')
    return handler(params)
  }

  on<N extends ServiceNotification>(
    notification: N,
    listener: (value: ServiceNotifications[N]) => void,
  ): { dispose(): void } {
    return this.#emitters[notification].event(listener)
  }

  fire<N extends ServiceNotification>(notification: N, value: ServiceNotifications[N]): void {
    this.#emitters[notification].fire(value)
  }
}
