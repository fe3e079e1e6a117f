import { ChatError, chatError, storeFailure } from '../shared/chatError.ts'
import type { Disposable } from '../shared/disposable.ts'
import type {
  ChatService,
  ServiceMethod,
  ServiceNotification,
  ServiceNotifications,
  ServiceRequests,
} from '../shared/service.ts'
import { Backups } from './archive/backups.ts'
import type { ChatInit } from './chatInit.ts'
import type { Account } from './identity/account.ts'
import { IdentityKeeper } from './identity/identityKeeper.ts'
import { nextTurn } from './ports/nextTurn.ts'
import { Announcer } from './service/announcer.ts'
import { Engine } from './service/engine.ts'
import { isServiceMethod, parseParams } from './service/params.ts'
import type { RequestContext } from './service/requests.ts'
import { handlers } from './service/requests.ts'
import { StoreCare } from './service/storeCare.ts'
import { retryEveryMs } from './store/storeHealth.ts'

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
  readonly #care: StoreCare
  readonly #announcer: Announcer
  readonly #context: RequestContext
  /** How to refuse each request that is not answered yet. */
  readonly #pending = new Set<(error: ChatError) => void>()
  #engine: Engine | undefined
  /** The engine is being replaced, or is about to be there. */
  #opening: Promise<void> | undefined
  #retry: Disposable | undefined
  #disposal: Promise<void> | undefined

  constructor(init: ChatInit) {
    const { identityFile, secrets, random, clock, transport, stores, log } = init
    this.#init = init
    this.#keeper = new IdentityKeeper({ file: identityFile, secrets, random, clock })
    this.#care = new StoreCare({ stores, clock, random, log })
    // Before the announcer: whoever hears of an identity finds everything that needs it running.
    this.#keeper.onDidChange(() => {
      this.#begin().catch(this.#logFailure)
    })
    this.#care.onDidCount((generation) => {
      this.#keeper.noteGeneration(generation).catch(this.#logFailure)
    })
    this.#care.onDidBreak(() => {
      // Not in the middle of what has just failed.
      clock.defer(() => {
        this.#reopen()
      })
    })
    this.#announcer = new Announcer(this.#keeper, this.#care, transport, clock, log)
    this.#context = {
      keeper: this.#keeper,
      transport,
      scanner: init.scanner,
      care: this.#care,
      engine: () => this.#requireEngine(),
      begin: () => this.#begin(),
      backups: new Backups({ files: init.files, stores: init.stores, keeper: this.#keeper, clock, random }),
      files: init.files,
      clock,
      erase: () => this.#erase(),
      shutdown: () => {
        // After the answer to this very request is out.
        clock.defer(() => void this.dispose())
      },
    }
  }

  async start(): Promise<void> {
    await this.#keeper.load()
    await this.#begin()
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
          else if (error.code === 'store-damaged') this.#care.reportDamage()
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
    const parsed = parseParams(method, params)
    // What cannot be opened is answered by the request itself.
    if (this.#opening !== undefined) await this.#opening.catch(() => undefined)
    return handlers[method](this.#context, parsed)
  }

  /**
   * Starts the engine once there is an account for it: at once, unless this device has to take a fresh key first.
   * Rejects when the store cannot be opened.
   */
  #begin(): Promise<void> {
    if (this.#opening !== undefined) return this.#opening
    const { account } = this.#keeper
    if (account === undefined || this.#engine !== undefined || this.#isDisposing) return Promise.resolve()
    return this.#await(this.#open(account))
  }

  /** Requests wait for it. */
  #await(opening: Promise<void>): Promise<void> {
    const awaited = opening.finally(() => {
      if (this.#opening === awaited) this.#opening = undefined
    })
    this.#opening = awaited
    return awaited
  }

  /** `isMended`: the store was made anew just now, and so another try would come to the same. */
  async #open(account: Account, isMended = false): Promise<void> {
    const { isBehind, listVersion } = this.#care.open(account)
    try {
      // Written down before anything else is: until the store counts along, each start comes to the same findings.
      if (isBehind) await this.#keeper.renewDevice(listVersion, this.#init.clock.now())
      const current = this.#keeper.account ?? account
      this.#care.count(current)
      // Reading what is kept is work for a turn of its own: others who share this process have theirs in between.
      await nextTurn(this.#init.clock)
      if (this.#isDisposing) return
      this.#run(current)
    } catch (error) {
      this.#care.close()
      if (isMended || !(error instanceof ChatError) || error.code !== 'store-damaged') throw error
      // Rooms are read as a whole before anything else: what is wrong with their rows shows only then.
      this.#care.distrust()
      await this.#open(this.#keeper.account ?? account, true)
    }
  }

  #run(account: Account): void {
    const engine = new Engine(this.#init, this.#care.store, this.#keeper, account, () => {
      this.#care.reportDamage()
    })
    this.#engine = engine
    this.#announcer.watch(engine)
    // Being online may take a while; whatever needs no network works before.
    engine.start().catch((error: unknown) => {
      this.#init.log.error('The network node did not start', error)
    })
  }

  /** Closes what is in use and opens it anew, mended; again and again while the disk refuses. */
  #reopen(): void {
    if (this.#engine === undefined || this.#isDisposing) return
    this.#endEngine()
    this.#care.close()
    // What listened under this device's addresses is gone by then.
    this.#await(
      nextTurn(this.#init.clock).then(async () => {
        const { account } = this.#keeper
        if (account !== undefined && !this.#isDisposing) await this.#open(account)
      }),
    ).catch((error: unknown) => {
      this.#logFailure(error)
      this.#retryLater()
    })
  }

  #retryLater(): void {
    if (this.#isDisposing) return
    this.#retry = this.#init.clock.after(retryEveryMs, () => {
      this.#begin().catch((error: unknown) => {
        this.#logFailure(error)
        this.#retryLater()
      })
    })
  }

  get #isDisposing(): boolean {
    return this.#disposal !== undefined
  }

  readonly #logFailure = (error: unknown): void => {
    this.#init.log.error('The store or the identity could not be written', error)
  }

  #requireEngine(): Engine {
    if (this.#engine !== undefined) return this.#engine
    const { kind } = this.#keeper.state
    if (kind === 'ready') throw storeFailure('failing', 'it is being opened')
    throw chatError(kind === 'locked' ? 'recovery-needed' : 'no-identity')
  }

  /** The identity goes first: without it nothing of the store can be read. */
  async #erase(): Promise<void> {
    this.#endEngine()
    this.#care.close()
    await this.#keeper.erase()
    this.#init.stores.erase()
    await this.#init.blobs.close()
    this.#init.blobs.erase()
  }

  #endEngine(): void {
    try {
      this.#engine?.dispose()
    } catch (error) {
      this.#init.log.error('Closing the links failed', error)
    }
    this.#engine = undefined
  }

  async #dispose(): Promise<void> {
    const { transport, log } = this.#init
    for (const reject of this.#pending) reject(chatError('disposed'))
    this.#pending.clear()
    this.#endEngine()
    this.#announcer.dispose()
    await transport.dispose().catch((error: unknown) => {
      log.error('Closing the network node failed', error)
    })
    this.#retry?.dispose()
    await this.#opening?.catch(this.#logFailure)
    await this.#init.blobs.close().catch(this.#logFailure)
    await this.#closeStore()
  }

  async #closeStore(): Promise<void> {
    const generation = this.#care.end()
    if (generation !== undefined) await this.#keeper.noteGeneration(generation).catch(this.#logFailure)
    this.#care.dispose()
  }
}
