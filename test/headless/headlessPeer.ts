import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import type { ChatErrorCode } from '../../src/shared/chatError.ts'
import type {
  ServiceMethod,
  ServiceNotification,
  ServiceNotifications,
  ServiceRequests,
} from '../../src/shared/service.ts'
import { keepLog } from '../record/keptLog.ts'
import { plant, plantExchange } from '../record/planted.ts'
import { encodeFrame, FrameReader } from './frames.ts'

/** A refusal as it came over stdio. */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly rpcCode: number
  readonly code: ChatErrorCode

  constructor(rpcCode: number, code: ChatErrorCode, message: string) {
    super(message)
    this.rpcCode = rpcCode
    this.code = code
  }
}

export interface ProcessOptions {
  /** For Node itself. */
  readonly nodeArgs?: readonly string[]
  /** Instead of `entry`. */
  readonly script?: string
  /** How long a request or a wait may take, instead of the usual. */
  readonly deadlineMs?: number
  /** A command that replaces itself by the one behind it, and its arguments. */
  readonly prefix?: readonly string[]
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export type Told = {
  [N in ServiceNotification]: { readonly method: N; readonly params: ServiceNotifications[N] }
}[ServiceNotification]

interface Response {
  readonly id: number
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string; readonly data: { readonly code: ChatErrorCode } }
}

const root = join(import.meta.dirname, '..', '..')
/** What is run. `TINCAN_HEADLESS` names another entry to test: `dist/headless.mjs` for what is shipped. */
export const entry = process.env['TINCAN_HEADLESS'] ?? join(root, 'src', 'headless', 'main.ts')

/** Generous, because test machines are slow and busy; waiting ends at the event, not at the deadline. */
const usualDeadlineMs = 60_000

/**
 * One real headless process, driven as a bot would drive it. Whatever is not a well-formed frame on its stdout fails
 * the next request or wait. Ends only the process it started.
 */
export class HeadlessPeer {
  readonly told: Told[] = []
  readonly exited: Promise<Exit>
  #stderr = ''
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #deadlineMs: number
  readonly #frames = new FrameReader()
  readonly #pending = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>()
  readonly #wakes = new Set<() => void>()
  #failure: Error | undefined
  #lastId = 0

  constructor(
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    { nodeArgs = [], script = entry, prefix = [], deadlineMs = usualDeadlineMs }: ProcessOptions = {},
  ) {
    this.#deadlineMs = deadlineMs
    const key = environment['TINCAN_KEY']
    if (key !== undefined) plant(key)
    const [command, ...rest] = [...prefix, process.execPath, ...nodeArgs, script, ...args]
    this.#child = spawn(command as string, rest, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...environment },
    })
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text))
    this.#child.stdout.on('data', (chunk: Buffer) => this.#read(chunk))
    // Writing to a process that was killed is what some tests do.
    this.#child.stdin.on('error', () => undefined)
    this.exited = once(this.#child, 'close').then(() => {
      const exit = { code: this.#child.exitCode, signal: this.#child.signalCode }
      keepLog(this.#stderr)
      this.#fail(new Error(`The process ended with ${exit.code ?? exit.signal}: ${this.#stderr.slice(-2000)}`))
      return exit
    })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Everything on stderr so far. */
  get stderr(): string {
    return this.#stderr
  }

  /** Rejects with an `RpcError` on a refusal. */
  request<M extends ServiceMethod>(
    method: M,
    ...params: Record<string, never> extends ServiceRequests[M]['params']
      ? [params?: ServiceRequests[M]['params']]
      : [params: ServiceRequests[M]['params']]
  ): Promise<ServiceRequests[M]['result']> {
    // The answer is checked where it matters, by the test itself.
    return this.requestRaw(method, params[0]) as Promise<ServiceRequests[M]['result']>
  }

  /** A request with any method and any parameters. */
  async requestRaw(method: string, params?: unknown): Promise<unknown> {
    if (this.#failure !== undefined) throw this.#failure
    const id = ++this.#lastId
    const result = await this.#withDeadline(`the answer to ${method}`, (resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      this.write(encodeFrame({ jsonrpc: '2.0', id, method, params }))
      return () => this.#pending.delete(id)
    })
    plantExchange(method, params, result)
    return result
  }

  /** Bytes to stdin as they are. */
  write(bytes: Uint8Array): void {
    this.#child.stdin.write(bytes)
  }

  closeStdin(): void {
    this.#child.stdin.end()
  }

  /** The first notification `method`, already told or to come, that satisfies `isIt`. */
  waitFor<N extends ServiceNotification>(
    method: N,
    isIt: (params: ServiceNotifications[N]) => boolean,
  ): Promise<ServiceNotifications[N]> {
    let next = 0
    return this.#watch(method, () => {
      for (; next < this.told.length; next++) {
        const told = this.told[next] as Told
        if (told.method !== method) continue
        const params = told.params as ServiceNotifications[N]
        if (isIt(params)) return params
      }
      return undefined
    })
  }

  /** Asks now, and again after each notification, until the answer is something. */
  async until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const seen = this.told.length
      const answer = await ask()
      if (answer !== undefined) return answer
      await this.#watch(what, () => (this.told.length > seen ? true : undefined))
    }
  }

  /** SIGKILL, and the process is gone. */
  async kill(): Promise<void> {
    this.signal('SIGKILL')
    await this.exited
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** `shutdown`, and how the process ended after its answer. */
  async shutdown(): Promise<Exit> {
    await this.request('shutdown')
    return this.exited
  }

  #read(chunk: Buffer): void {
    try {
      for (const message of this.#frames.read(chunk)) this.#take(message as Response | Told)
    } catch (error) {
      this.#fail(error as Error)
    }
  }

  #take(message: Response | Told): void {
    if ('method' in message) {
      this.told.push(message)
      for (const wake of [...this.#wakes]) wake()
      return
    }
    const pending = this.#pending.get(message.id)
    if (pending === undefined) throw new Error(`An answer to no request: ${JSON.stringify(message)}`)
    const { error } = message
    if (error === undefined) pending.resolve(message.result)
    else pending.reject(new RpcError(error.code, error.data.code, error.message))
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject } of this.#pending.values()) reject(this.#failure)
    for (const wake of [...this.#wakes]) wake()
  }

  #watch<T>(what: string, look: () => T | undefined): Promise<T> {
    return this.#withDeadline(what, (resolve, reject) => {
      const wake = (): void => {
        const found = look()
        if (found !== undefined) resolve(found)
        else if (this.#failure !== undefined) reject(this.#failure)
      }
      this.#wakes.add(wake)
      wake()
      return () => this.#wakes.delete(wake)
    })
  }

  async #withDeadline<T>(
    what: string,
    begin: (resolve: (value: T) => void, reject: (error: Error) => void) => () => void,
  ): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    let end: (() => void) | undefined
    try {
      return await new Promise<T>((resolve, reject) => {
        const late = (): void => reject(new Error(`Waited too long for ${what}: ${this.#stderr.slice(-2000)}`))
        timer = setTimeout(late, this.#deadlineMs)
        end = begin(resolve, reject)
      })
    } finally {
      clearTimeout(timer)
      end?.()
    }
  }
}
