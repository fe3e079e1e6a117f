import type { Clock } from '../../core/ports/clock.ts'
import type { Log } from '../../core/ports/log.ts'
import type { Random } from '../../core/ports/random.ts'
import { chatError } from '../../shared/chatError.ts'
import type { Disposable } from '../../shared/disposable.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { ChatService, ServiceMethod, ServiceRequests } from '../../shared/service.ts'
import { parseServiceMethod, serviceNotifications } from '../../shared/serviceNames.ts'
import { maxMessageBytes } from '../frameGuard.ts'
import type { AttentionBoard } from './attentionBoard.ts'
import { encodeRefusal, type RpcSocket } from './rpcSocket.ts'
import {
  encodeHelloAnswer,
  type HelloAnswer,
  parseAttention,
  parseHelloRequest,
  parseProof,
  type Refusal,
} from './windowMessages.ts'
import { isWindowProof, proofBytes, proveWindow, windowProtocol } from './windowProof.ts'

/** A message of somebody who has proved nothing yet has at most this many bytes. */
const maxStrangerBytes = 1024
/** How long somebody may take to prove to be a window of this person. */
const proofMs = 10_000
/** How long a socket stays open for the answer that refuses it. */
const lastWordMs = 100
/** The most requests of one window under way. */
const maxInFlight = 1024

export interface AdmitInit {
  readonly epoch: number
  readonly key: () => Promise<Uint8Array | undefined>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly attention: AttentionBoard
  readonly open: (maxBytes: () => number) => RpcSocket
  /** The chat, once it runs; rejects with `leader-changed` when this leader steps down. */
  readonly chat: () => Promise<ChatService>
  readonly isRoomFor: () => boolean
  readonly onAdmitted: () => void
}

/** The leader's end of one socket. */
export interface Admission extends Disposable {
  readonly closed: Promise<void>
}

/**
 * Answers somebody who connected. Before the other end has proved to have the key it can learn whether this leader is
 * alive and has the key, and nothing else; then it can use the whole service, except for ending it.
 */
export function admitWindow(init: AdmitInit): Admission {
  const { clock, log, attention } = init
  const held = new DisposableStore()
  let isAdmitted = false
  let inFlight = 0
  let expected: ((proof: Uint8Array) => boolean) | undefined
  const rpc = init.open(() => (isAdmitted ? maxMessageBytes : maxStrangerBytes))
  held.add(clock.after(proofMs, () => (isAdmitted ? undefined : rpc.dispose())))
  void rpc.closed.then(() => held.dispose())

  const hello = async (params: unknown): Promise<HelloAnswer> => {
    const request = parseHelloRequest(params)
    if (request === undefined) throw chatError('invalid-params')
    if (request.protocol !== windowProtocol) return refused('version')
    if (!init.isRoomFor()) return refused('crowded')
    const key = await init.key()
    if (key === undefined) return refused('leader-locked')
    const nonce = init.random.bytes(proofBytes)
    const introduction = { followerNonce: request.nonce, leaderNonce: nonce, epoch: init.epoch }
    expected = (proof) => isWindowProof(proof, key, 'follower', introduction)
    return { kind: 'welcome', nonce, proof: proveWindow(key, 'leader', introduction) }
  }

  const admit = async (): Promise<void> => {
    isAdmitted = true
    init.onAdmitted()
    const chat = await init.chat()
    if (held.isDisposed) return
    for (const name of serviceNotifications) held.add(chat.on(name, (value) => rpc.tell(name, value)))
    const seat = held.add(attention.join((standing) => rpc.tell('window/standing', standing)))
    rpc.connection.onNotification('window/attention', (params: unknown) => {
      const reported = parseAttention(params)
      if (reported !== undefined) seat.report(reported)
    })
  }

  const prove = async (params: unknown): Promise<object> => {
    const proof = parseProof(params)
    // One try: a wrong proof ends the socket.
    const isRight = proof !== undefined && expected?.(proof) === true
    expected = undefined
    if (!isRight) {
      // Once the answer is out.
      held.add(clock.after(lastWordMs, () => rpc.dispose()))
      return encodeHelloAnswer(refused('no-key'))
    }
    await admit()
    return {}
  }

  const serve = async (name: string, params: object): Promise<unknown> => {
    const method = parseServiceMethod(name)
    if (!isAdmitted || method === undefined || method === 'shutdown') throw chatError('unknown-method')
    if (inFlight >= maxInFlight) throw chatError('invalid-params', 'too many requests at once')
    inFlight += 1
    try {
      return await forward(await init.chat(), method, params)
    } finally {
      inFlight -= 1
    }
  }

  rpc.connection.onRequest(async (method, params) => {
    try {
      if (method === 'window/ping') return {}
      if (method === 'window/hello') return encodeHelloAnswer(await hello(params))
      if (method === 'window/prove') return await prove(params)
      return await serve(method, params ?? {})
    } catch (error) {
      return encodeRefusal(error, log)
    }
  })
  return { closed: rpc.closed, dispose: () => rpc.dispose() }
}

const refused = (why: Refusal): HelloAnswer => ({ kind: 'refused', why })

/** The core parses parameters itself, field by field: their type here is a promise that nobody relies on. */
function forward<M extends ServiceMethod>(
  chat: ChatService,
  method: M,
  params: object,
): Promise<ServiceRequests[M]['result']> {
  return chat.request(method, params)
}
