import { connect, type Socket } from 'node:net'
import type { Clock } from '../../core/ports/clock.ts'
import type { Log } from '../../core/ports/log.ts'
import type { Random } from '../../core/ports/random.ts'
import type { ChatService } from '../../shared/service.ts'
import type { Disposable } from '../../shared/disposable.ts'
import { openRpcSocket, type RpcSocket } from './rpcSocket.ts'
import type { LeaderAddress } from './windowAddress.ts'
import {
  type Attention,
  encodeHelloRequest,
  encodeProof,
  parseHelloAnswer,
  type Refusal,
  type Standing,
} from './windowMessages.ts'
import { isWindowProof, proofBytes, proveWindow, windowProtocol } from './windowProof.ts'
import { remoteChat } from './remoteChat.ts'
import { watchPulse } from './watchPulse.ts'

/** The most bytes of one message of the leader: a page of the longest messages, whatever they hold. */
const maxLeaderBytes = 32 * 1024 * 1024

export interface AttachInit {
  readonly leader: LeaderAddress
  /** This window's key. */
  readonly key: Uint8Array | undefined
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Another protocol than this build's, for tests of what happens then. */
  readonly protocol?: number
}

/** Why a window is no longer attached. */
export type Loss = 'gone' | 'hung'

/** This window, attached to its leader. */
export interface AttachedWindow extends Disposable {
  readonly chat: ChatService
  /** Who speaks, now and at each change. */
  readonly onStanding: (listener: (standing: Standing) => void) => Disposable
  report(attention: Attention): void
  /** Resolves when the leader is gone, hangs, or this is disposed. */
  readonly lost: Promise<Loss>
}

export type AttachResult =
  | { readonly kind: 'attached'; readonly window: AttachedWindow }
  | { readonly kind: 'refused'; readonly why: Refusal }
  /** Nobody answers at this address. */
  | { readonly kind: 'gone' }
  /** Somebody holds the address and does nothing. */
  | { readonly kind: 'hung' }

/** Attaches to the leader, each end proving to the other that it has the key. Never rejects. */
export async function attachWindow(init: AttachInit): Promise<AttachResult> {
  const socket = connect(init.leader.address)
  const { clock, log } = init
  const rpc = openRpcSocket(socket, () => maxLeaderBytes, log)
  const pulse = watchPulse(clock, () => rpc.connection.sendRequest('window/ping', {}))
  const lost = Promise.race([pulse.stopped.then((): Loss => 'hung'), rpc.closed.then((): Loss => 'gone')])
  void lost.then(() => {
    pulse.dispose()
    rpc.dispose()
  })
  const { chat, onStanding } = remoteChat(rpc)
  const result = (await introduce(init, socket, rpc)) ?? { kind: await lost }
  if (result.kind !== 'welcome') {
    pulse.dispose()
    rpc.dispose()
    return result
  }
  return {
    kind: 'attached',
    window: {
      chat,
      onStanding,
      lost,
      report: (attention) => rpc.tell('window/attention', attention),
      dispose() {
        pulse.dispose()
        rpc.dispose()
      },
    },
  }
}

type Introduced = { readonly kind: 'welcome' } | { readonly kind: 'refused'; readonly why: Refusal }

/** Each end proves itself. `undefined` when the socket is no good any more. */
async function introduce(init: AttachInit, socket: Socket, rpc: RpcSocket): Promise<Introduced | undefined> {
  const { connection } = rpc
  const { key, leader, random, protocol = windowProtocol } = init
  const nonce = random.bytes(proofBytes)
  try {
    const answer = parseHelloAnswer(
      await connection.sendRequest('window/hello', encodeHelloRequest({ protocol, nonce })),
    )
    if (answer === undefined) return { kind: 'refused', why: 'version' }
    if (answer.kind === 'refused') return answer
    const introduction = { followerNonce: nonce, leaderNonce: answer.nonce, epoch: leader.epoch }
    // Nothing is said, not even a proof, to somebody who only took the place of a leader.
    if (key === undefined || !isWindowProof(answer.proof, key, 'leader', introduction)) {
      return { kind: 'refused', why: 'no-key' }
    }
    const proof = encodeProof(proveWindow(key, 'follower', introduction))
    const verdict = parseHelloAnswer(await connection.sendRequest('window/prove', proof))
    return verdict?.kind === 'refused' ? verdict : { kind: 'welcome' }
  } catch {
    rpc.dispose()
    return undefined
  } finally {
    socket.unref()
  }
}
