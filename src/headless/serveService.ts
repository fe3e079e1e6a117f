import type { Readable, Writable } from 'node:stream'
import {
  StreamMessageReader,
  StreamMessageWriter,
  type Message,
  type NotificationMessage,
  type ResponseMessage,
} from 'vscode-jsonrpc/node'
import type { Log } from '../core/ports/log.ts'
import { ChatError, chatError } from '../shared/chatError.ts'
import { DisposableStore } from '../shared/disposable.ts'
import type { ChatService, ServiceMethod, ServiceRequests } from '../shared/service.ts'
import { FrameGuard } from '../node/frameGuard.ts'
import { errorResponse, parseErrorResponse, parseIncoming } from './rpcMessages.ts'
import { parseServiceMethod, serviceNotifications } from '../shared/serviceNames.ts'

/** Messages read and not yet answered at which no more input is read, and at which reading goes on. */
const mostInFlight = 256
const resumeBelow = 128

export interface ServeInit {
  readonly service: ChatService
  /** JSON-RPC 2.0 with Content-Length framing. */
  readonly input: Readable
  /** Gets responses and notifications, and nothing else. */
  readonly output: Writable
  readonly log: Log
}

/** Why serving ended. */
export type ServeEnd =
  | { readonly kind: 'input-closed' }
  | { readonly kind: 'output-closed' }
  /** The client asked for it, and has its answer. */
  | { readonly kind: 'shutdown' }
  /** The input is not JSON-RPC: nothing after it can be trusted to be a request. `sentence` says what was wrong. */
  | { readonly kind: 'bad-input'; readonly sentence: string }

export interface ServiceServer {
  /** Resolves once, when no further request will be taken. Never rejects. */
  readonly ended: Promise<ServeEnd>
  /** Stops notifying and resolves when every request taken has its answer written (or nobody reads). Never rejects. */
  drain(): Promise<void>
}

/** Serves `service` on a pair of streams from now on. Every request gets a result or an error. */
export function serveService(init: ServeInit): ServiceServer {
  return new RpcServer(init)
}

class RpcServer implements ServiceServer {
  readonly ended: Promise<ServeEnd>
  readonly #service: ChatService
  readonly #log: Log
  readonly #guard = new FrameGuard({ source: 'stdin', onFrame: () => this.#countFrame() })
  readonly #writer: StreamMessageWriter
  readonly #subscriptions = new DisposableStore()
  #resolveEnd: (end: ServeEnd) => void = () => undefined
  #isTaking = true
  #isInputOpen = true
  #isOutputOpen = true
  /** Frames let through whose message the reader has not handed over yet: it parses one per event-loop turn. */
  #unparsed = 0
  #unanswered = 0
  #pendingWrites = 0
  readonly #whenDrained: (() => void)[] = []

  constructor({ service, input, output, log }: ServeInit) {
    this.#service = service
    this.#log = log
    this.ended = new Promise((resolve) => {
      this.#resolveEnd = resolve
    })

    this.#writer = new StreamMessageWriter(output)
    this.#writer.onError(() => this.#loseOutput())
    this.#writer.onClose(() => this.#loseOutput())
    for (const name of serviceNotifications)
      this.#subscriptions.add(service.on(name, (value) => this.#tell(name, value)))

    const reader = new StreamMessageReader(this.#guard)
    reader.partialMessageTimeout = 0
    reader.onError(() => this.#refuseInput('A message on stdin is not JSON.'))
    reader.onClose(() => {
      this.#isInputOpen = false
      this.#checkInputEnd()
    })
    reader.listen((message) => this.#take(message))
    input.on('error', () => this.#guard.end())
    input.on('close', () => this.#guard.end())
    input.pipe(this.#guard)
  }

  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenDrained.push(resolve)
      this.#checkDrained()
    })
  }

  #countFrame(): void {
    this.#unparsed++
    if (this.#unparsed + this.#unanswered >= mostInFlight) this.#guard.hold()
  }

  #take(message: Message): void {
    this.#unparsed--
    if (this.#isTaking) this.#handle(message)
    this.#resumeReading()
    this.#checkInputEnd()
  }

  #handle(message: Message): void {
    const incoming = parseIncoming(message)
    if (incoming.kind === 'notification') this.#log.warn('Ignored a notification on stdin: there is none to send')
    else if (incoming.kind === 'refused') this.#write(incoming.response)
    else void this.#answer(incoming.id, incoming.method, incoming.params)
  }

  async #answer(id: number | string, method: string, params: object): Promise<void> {
    this.#unanswered++
    this.#write(await this.#respond(id, method, params))
    this.#unanswered--
    if (method === 'shutdown') this.#end({ kind: 'shutdown' })
    this.#resumeReading()
    this.#checkDrained()
  }

  #resumeReading(): void {
    if (this.#unparsed + this.#unanswered < resumeBelow) this.#guard.release()
  }

  async #respond(id: number | string, name: string, params: object): Promise<ResponseMessage> {
    const method = parseServiceMethod(name)
    if (method === undefined) return errorResponse(id, chatError('unknown-method'))
    // The process answers this one: the core is disposed after the answer is out.
    if (method === 'shutdown') return { jsonrpc: '2.0', id, result: null }
    try {
      return { jsonrpc: '2.0', id, result: await this.#forward(method, params) }
    } catch (error) {
      if (!(error instanceof ChatError)) this.#log.error(`Failed: ${method}`, error)
      return errorResponse(id, error)
    }
  }

  /** The core parses parameters itself, field by field: their type here is a promise that nobody relies on. */
  #forward<M extends ServiceMethod>(method: M, params: object): Promise<ServiceRequests[M]['result']> {
    return this.#service.request(method, params)
  }

  #tell(method: string, params: object): void {
    const notification: NotificationMessage = { jsonrpc: '2.0', method, params }
    this.#write(notification)
  }

  #write(message: Message): void {
    if (!this.#isOutputOpen) return
    this.#pendingWrites++
    const settle = (): void => {
      this.#pendingWrites--
      this.#checkDrained()
    }
    this.#writer.write(message).then(settle, settle)
  }

  #refuseInput(sentence: string): void {
    if (!this.#isTaking) return
    this.#write(parseErrorResponse(sentence))
    this.#end({ kind: 'bad-input', sentence })
  }

  #checkInputEnd(): void {
    if (this.#isInputOpen || this.#unparsed > 0) return
    const { violation } = this.#guard
    if (violation === undefined) this.#end({ kind: 'input-closed' })
    else this.#refuseInput(violation)
  }

  #loseOutput(): void {
    this.#isOutputOpen = false
    this.#end({ kind: 'output-closed' })
    this.#checkDrained()
  }

  #end(end: ServeEnd): void {
    this.#isTaking = false
    this.#resolveEnd(end)
  }

  #checkDrained(): void {
    if (this.#isOutputOpen && (this.#unanswered > 0 || this.#pendingWrites > 0)) return
    const waiting = this.#whenDrained.splice(0)
    if (waiting.length > 0) this.#subscriptions.dispose()
    for (const resolve of waiting) resolve()
  }
}
