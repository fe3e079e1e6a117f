import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** What a child process does on request, by name. Values cross by structured clone. */
export type Handlers = Readonly<Record<string, (params: never) => unknown>>

const ceilingMs = 300_000

type Params<H extends Handlers, K extends keyof H> = Parameters<H[K]>[0]
type Result<H extends Handlers, K extends keyof H> = Awaited<ReturnType<H[K]>>

interface Call {
  readonly id: number
  readonly name: string
  readonly params: unknown
}
type Answer = { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: string }

/** In the child: answers the parent's calls from now on, and ends with the parent. */
export function exposeHandlers(handlers: Handlers): void {
  process.on('message', (call: Call) => void answer(handlers, call))
  process.on('disconnect', () => process.exit(0))
}

async function answer(handlers: Handlers, { id, name, params }: Call): Promise<void> {
  let reply: Answer
  try {
    reply = { id, result: await handlers[name]?.(params as never) }
  } catch (error) {
    reply = { id, error: error instanceof Error ? (error.stack ?? error.message) : 'unknown' }
  }
  process.send?.(reply)
}

/** In the parent: one child process and the thin channel to it. */
export class Participant<H extends Handlers> {
  readonly #child: ChildProcess
  readonly #pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  #lastId = 0

  constructor(script: string) {
    this.#child = fork(script, { serialization: 'advanced', execArgv: ['--expose-gc'] })
    this.#child.on('message', (reply: Answer) => this.#settle(reply))
    this.#child.on('exit', (code, signal) => {
      for (const { reject } of this.#pending.values()) reject(new Error(`A participant ended: ${code ?? signal}`))
    })
  }

  /** Rejects when the child ends, or says nothing for far longer than anything takes: whoever waits learns for what. */
  call<K extends keyof H & string>(name: K, params: Params<H, K>): Promise<Result<H, K>> {
    const id = ++this.#lastId
    const answer = new Promise<Result<H, K>>((resolve, reject) => {
      // The names and results on both ends come from the same type.
      this.#pending.set(id, { resolve: (value) => resolve(value as Result<H, K>), reject })
      this.#child.send({ id, name, params } satisfies Call)
    })
    const ceiling = setTimeout(() => {
      this.#pending.get(id)?.reject(new Error(`A participant did not answer: ${name}`))
    }, ceilingMs)
    return answer.finally(() => clearTimeout(ceiling))
  }

  #settle(reply: Answer): void {
    const pending = this.#pending.get(reply.id)
    this.#pending.delete(reply.id)
    if ('error' in reply) pending?.reject(new Error(reply.error))
    else pending?.resolve(reply.result)
  }

  /** Ends the child at once. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exit = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await exit
  }
}
