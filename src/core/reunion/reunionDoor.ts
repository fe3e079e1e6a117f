import type { Disposable } from '../../shared/disposable.ts'
import { isEqual } from '../codec/bytes.ts'
import type { Account } from '../identity/account.ts'
import { listeningDays } from '../identity/addressKeys.ts'
import { encodeFrame } from '../link/frame.ts'
import type { Hello } from '../link/hello.ts'
import { decodeHello, encodeHello } from '../link/hello.ts'
import { decodePacket, encodePackets } from '../link/packet.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import type { Connection, Transport } from '../ports/transport.ts'
import { acquaintanceToken, reunionAddress, reunionCaller, reunionSecret } from './reunionKeys.ts'
import type { Reunion } from './reunionMessage.ts'
import { decodeReunion } from './reunionMessage.ts'

/** Days change at midnight UTC, and clocks may be set. */
const addressCheckMs = 30 * 60 * 1000
/** A caller who has not said all there is to say by then is closed. */
export const reunionTimeoutMs = 10_000
const maxCallers = 16
/** Contacts who have not been online for so long are invited anew. */
export const reunionForMs = 180 * 24 * 60 * 60 * 1000

export interface ReunionDoorInit {
  readonly transport: Transport
  readonly account: () => Account
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** A proven contact of earlier is back. Resolves once it is kept, or rejects. */
  readonly onReunion: (hello: Hello, reunion: NonNullable<ReturnType<typeof decodeReunion>>) => Promise<void>
}

/**
 * Where somebody waits for contacts who are not known here any more. Who calls has shown that this person gave it the
 * secret of the address; who it is has to be proved by the token that was made for that contact alone.
 */
export class ReunionDoor implements Disposable {
  readonly #init: ReunionDoorInit
  readonly #listening = new Map<number, Promise<Disposable>>()
  readonly #callers = new Map<Connection, Disposable>()
  readonly #incarnation: Uint8Array
  #timer: Disposable | undefined

  constructor(init: ReunionDoorInit) {
    this.#init = init
    this.#incarnation = init.random.bytes(8)
  }

  start(): void {
    const { clock, account, transport, log } = this.#init
    const { reunionSince, root } = account()
    const isOver = reunionSince === undefined || clock.now() - reunionSince > reunionForMs
    const days = isOver ? [] : listeningDays(clock.now())
    for (const [day, listener] of this.#listening)
      if (!days.includes(day)) {
        this.#listening.delete(day)
        release(listener)
      }
    if (isOver) return
    this.#timer?.dispose()
    this.#timer = clock.after(addressCheckMs, () => {
      this.start()
    })
    const secret = reunionSecret(root)
    const caller = reunionCaller(secret).publicKey
    for (const day of days) {
      if (this.#listening.has(day)) continue
      const listener = transport.listen({
        keyPair: reunionAddress(secret, day),
        isAllowed: (key) => isEqual(key, caller),
        onConnection: (connection) => {
          this.#onConnection(connection)
        },
      })
      this.#listening.set(day, listener)
      listener.catch((error: unknown) => {
        log.error('Listening for contacts failed', error)
        this.#listening.delete(day)
      })
    }
  }

  dispose(): void {
    this.#timer?.dispose()
    for (const listener of this.#listening.values()) release(listener)
    this.#listening.clear()
    for (const [caller, timer] of this.#callers) {
      timer.dispose()
      caller.destroy()
    }
    this.#callers.clear()
  }

  #onConnection(connection: Connection): void {
    const { clock, account, log } = this.#init
    if (this.#callers.size >= maxCallers) {
      connection.destroy()
      return
    }
    const timer = clock.after(reunionTimeoutMs, () => {
      connection.destroy()
    })
    this.#callers.set(connection, timer)
    connection.onClose = () => {
      timer.dispose()
      this.#callers.delete(connection)
    }
    connection.onMessage = (packet) => {
      connection.onMessage = () => undefined
      this.#answer(connection, packet).catch((error: unknown) => {
        log.error('A contact of earlier could not be kept', error)
        connection.destroy()
      })
    }
    // This side proves itself first: another contact that stands in its place must not learn who calls.
    const { device, deviceList } = account()
    const now = Math.max(0, clock.now())
    const fields = { device: device.publicKey, deviceListBytes: deviceList, incarnation: this.#incarnation, now }
    for (const out of encodePackets([encodeHello(fields, device.secretKey, connection)])) connection.send(out)
  }

  async #answer(connection: Connection, packet: Uint8Array): Promise<void> {
    const { account, onReunion } = this.#init
    const [first, second, ...more] = decodePacket(packet) ?? []
    const hello = first && decodeHello(first, connection)
    const reunion = second && decodeReunion(second)
    if (hello === undefined || reunion === undefined || more.length > 0 || !this.#isAcquainted(hello, reunion)) {
      connection.destroy()
      return
    }
    await onReunion(hello, reunion)
    const { identity, deviceList, addressSecret } = account()
    const profile = encodeFrame({ type: 'profile', name: identity.name, deviceList, addressSecret })
    for (const out of encodePackets([profile])) connection.send(out)
    connection.end()
  }

  #isAcquainted(hello: Hello, reunion: Reunion & { readonly deviceList: { readonly person: Uint8Array } }): boolean {
    const { root } = this.#init.account()
    const { person } = hello.deviceList
    return (
      !isEqual(person, root.publicKey) &&
      isEqual(reunion.token, acquaintanceToken(root, person)) &&
      isEqual(reunion.deviceList.person, root.publicKey)
    )
  }
}

/** Ends a listening, as soon as it has begun. One that failed has been logged. */
function release(listener: Promise<Disposable>): void {
  const dispose = (listening: Disposable): void => {
    listening.dispose()
  }
  listener.then(dispose, () => undefined)
}
