import { ChatError, chatError } from '../shared/chatError.ts'
import type { Disposable } from '../shared/disposable.ts'
import type {
  ChatService,
  ServiceMethod,
  ServiceNotification,
  ServiceNotifications,
  ServiceRequests,
} from '../shared/service.ts'
import type { ChatInit } from './chatInit.ts'
import { IdentityKeeper } from './identity/identityKeeper.ts'
import { Announcer } from './service/announcer.ts'
import { Engine } from './service/engine.ts'
import { isServiceMethod, parseParams } from './service/params.ts'
import type { RequestContext } from './service/requests.ts'
import { handlers } from './service/requests.ts'

/** The whole chat of one device. */
export interface Chat extends ChatService {
  /**
   * Opens the identity if there is one and goes online. A locked or missing identity is not a failure: ask for
   * `identity/state`. Rejects with a `ChatError` only when the store cannot be read.
   */
  start(): Promise<void>
  /** Before the machine sleeps. */
  suspend(): Promise<void>
  /** After it woke. */
  resume(): Promise<void>
  /** Writes what is pending, closes links, node and store. Pending requests reject with `disposed`. */
  dispose(): Promise<void>
}

/** Builds the chat. No I/O happens before `start`. */
export function createChat(init: ChatInit): Chat {
  return new DeviceChat(init)
}

class DeviceChat implements Chat {
  readonly #init: ChatInit
  readonly #keeper: IdentityKeeper
  readonly #announcer: Announcer
  readonly #context: RequestContext
  /** How to refuse each request that is not answered yet. */
  readonly #pending = new Set<(error: ChatError) => void>()
  #engine: Engine | undefined
  #disposal: Promise<void> | undefined

  constructor(init: ChatInit) {
    const { identityFile, secrets, random, clock, transport, log } = init
    this.#init = init
    this.#keeper = new IdentityKeeper({ file: identityFile, secrets, random, clock })
    // Before the announcer: whoever hears of an identity finds everything that needs it running.
    this.#keeper.onDidChange(() => {
      this.#begin()
    })
    this.#announcer = new Announcer(this.#keeper, transport, clock, log)
    this.#context = {
      keeper: this.#keeper,
      transport,
      engine: () => this.#requireEngine(),
      begin: () => {
        this.#begin()
      },
      shutdown: () => {
        // After the answer to this very request is out.
        clock.defer(() => void this.dispose())
      },
    }
  }

  async start(): Promise<void> {
    await this.#keeper.load()
    this.#begin()
  }

  request<M extends ServiceMethod>(
    method: M,
    params: ServiceRequests[M]['params'],
  ): Promise<ServiceRequests[M]['result']> {
    return new Promise((resolve, reject) => {
      if (this.#disposal !== undefined) throw chatError('disposed')
      this.#pending.add(reject)
      this.#handle(method, params).then(
        (result) => {
          this.#pending.delete(reject)
          resolve(result)
        },
        (error: unknown) => {
          this.#pending.delete(reject)
          if (!(error instanceof ChatError)) this.#init.log.error(`${method} failed`, error)
          reject(error instanceof ChatError ? error : chatError('internal'))
        },
      )
    })
  }

  on<N extends ServiceNotification>(notification: N, listener: (value: ServiceNotifications[N]) => void): Disposable {
    return this.#announcer.on(notification, listener)
  }

  async suspend(): Promise<void> {
    this.#engine?.rest()
    await this.#init.transport.suspend()
  }

  async resume(): Promise<void> {
    await this.#init.transport.resume()
    this.#engine?.wake()
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#dispose()
    return this.#disposal
  }

  async #handle<M extends ServiceMethod>(method: M, params: unknown): Promise<ServiceRequests[M]['result']> {
    if (!isServiceMethod(method)) throw chatError('unknown-method')
    return handlers[method](this.#context, parseParams(method, params))
  }

  /** Starts the engine once there is an account for it. */
  #begin(): void {
    const { account } = this.#keeper
    if (account === undefined || this.#engine !== undefined || this.#disposal !== undefined) return
    const engine = new Engine(this.#init, this.#keeper, account)
    this.#engine = engine
    this.#announcer.watch(engine)
    // Being online may take a while; whatever needs no network works before.
    engine.start().catch((error: unknown) => {
      this.#init.log.error('The network node did not start', error)
    })
  }

  #requireEngine(): Engine {
    if (this.#engine !== undefined) return this.#engine
    throw chatError(this.#keeper.state.kind === 'locked' ? 'recovery-needed' : 'no-identity')
  }

  async #dispose(): Promise<void> {
    const { transport, store, log } = this.#init
    for (const reject of this.#pending) reject(chatError('disposed'))
    this.#pending.clear()
    try {
      this.#engine?.dispose()
    } catch (error) {
      log.error('Closing the links failed', error)
    }
    this.#announcer.dispose()
    await transport.dispose().catch((error: unknown) => {
      log.error('Closing the network node failed', error)
    })
    store.close()
  }
}
