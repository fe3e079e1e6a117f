import type { Disposable } from '../../shared/disposable.ts'
import { isEqual } from '../codec/bytes.ts'
import { keyPairFromSeed } from '../crypto/primitives.ts'
import { helloTimeoutMs } from '../link/greeting.ts'
import { decodePacket, encodePackets } from '../link/packet.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Connection, Transport } from '../ports/transport.ts'
import type { ParsedJoin } from './inviteMessage.ts'
import { encodePending, isJoined, joinerKeyPair, parseJoin } from './inviteMessage.ts'

/** Connections that one invite holds at a time. */
const maxCallers = 4
/** A caller who waits for the user hears from this side this often: without it, a dead line looks like a slow answer. */
export const pendingEveryMs = 10_000

export interface InviteDoorInit {
  readonly transport: Transport
  readonly clock: Clock
  readonly log: Log
  readonly seed: Uint8Array
  readonly secret: Uint8Array
  readonly onJoin: (join: ParsedJoin, connection: Connection) => Promise<void>
  readonly onJoined: () => Promise<void>
}

/**
 * Listens on one invite's own key and reads what callers say. Only somebody who holds the secret has the Noise key that
 * gets through; a caller who then stays silent is closed.
 */
export class InviteDoor implements Disposable {
  readonly #init: InviteDoorInit
  /** Who is on the line, each with the timer that watches it. */
  readonly #callers = new Map<Connection, Disposable>()
  #listening: Promise<Disposable> | undefined

  constructor(init: InviteDoorInit) {
    this.#init = init
  }

  /** A message of the exchange as one packet. */
  static pack(message: Uint8Array): Uint8Array {
    return encodePackets([message])[0] as Uint8Array
  }

  /** Resolves when the invite can be found, or at once when it was not opened. */
  get opened(): Promise<unknown> {
    return this.#listening?.catch(() => undefined) ?? Promise.resolve()
  }

  open(): void {
    const { transport, seed, secret, log } = this.#init
    const expected = joinerKeyPair(secret).publicKey
    this.#listening = transport.listen({
      keyPair: keyPairFromSeed(seed),
      isAllowed: (key) => isEqual(key, expected),
      onConnection: (connection) => {
        this.#onConnection(connection)
      },
    })
    this.#listening.catch((error: unknown) => {
      log.error('Listening for an invite failed', error)
    })
  }

  /** Tells a caller that the user is being asked, again and again until the call ends. */
  hold(caller: Connection): void {
    if (!this.#callers.has(caller)) return
    caller.send(InviteDoor.pack(encodePending()))
    this.#watch(caller, pendingEveryMs, () => {
      this.hold(caller)
    })
  }

  dispose(): void {
    void this.#listening?.then(
      (listening) => {
        listening.dispose()
      },
      () => undefined,
    )
    for (const [caller, timer] of this.#callers) {
      timer.dispose()
      caller.end()
    }
    this.#callers.clear()
  }

  #watch(caller: Connection, delayMs: number, fn: () => void): void {
    this.#callers.get(caller)?.dispose()
    this.#callers.set(caller, this.#init.clock.after(delayMs, fn))
  }

  #onConnection(connection: Connection): void {
    const { secret, log, onJoin, onJoined } = this.#init
    if (this.#callers.size >= maxCallers) {
      connection.destroy()
      return
    }
    this.#watch(connection, helloTimeoutMs, () => {
      connection.destroy()
    })
    let hasJoined = false
    connection.onClose = () => {
      this.#callers.get(connection)?.dispose()
      this.#callers.delete(connection)
    }
    const failed = (error: unknown): void => {
      log.error('An invite could not be answered', error)
      connection.destroy()
    }
    connection.onMessage = (packet) => {
      this.#callers.get(connection)?.dispose()
      const message = decodePacket(packet)?.[0] ?? new Uint8Array()
      if (hasJoined) {
        if (isJoined(message)) onJoined().catch(failed)
        else connection.destroy()
        return
      }
      hasJoined = true
      onJoin(parseJoin(message, secret, connection), connection).catch(failed)
    }
  }
}
