import type { Disposable } from '../../shared/disposable.ts'
import { toHex } from '../codec/bytes.ts'
import type { AddressBook } from '../contact/addressBook.ts'
import { addressKeyPair, listeningDays } from '../identity/addressKeys.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Connection, Transport } from '../ports/transport.ts'

/** Days change at midnight UTC, and clocks may be set: the addresses are looked at this often. */
const addressCheckMs = 30 * 60 * 1000

export interface ListeningInit {
  readonly transport: Transport
  readonly addresses: AddressBook
  /** The own address secrets by which others may look for this device. */
  readonly secrets: () => readonly Uint8Array[]
  readonly onConnection: (connection: Connection) => void
  readonly clock: Clock
  readonly log: Log
}

/** Listens under the addresses of this time of the day, and under no other. */
export class Listening implements Disposable {
  readonly #init: ListeningInit
  readonly #listeners = new Map<string, Promise<Disposable>>()
  #timer: Disposable | undefined

  constructor(init: ListeningInit) {
    this.#init = init
  }

  /** Begins under addresses that are due now, and ends under those that are not any more. */
  check(): void {
    const { clock, transport, addresses, secrets, log, onConnection } = this.#init
    this.#timer?.dispose()
    this.#timer = clock.after(addressCheckMs, () => {
      this.check()
    })
    addresses.refresh()
    const due = new Map<string, { readonly secret: Uint8Array; readonly day: number }>(
      secrets().flatMap((secret) =>
        listeningDays(clock.now()).map((day) => [`${toHex(secret)} ${String(day)}`, { secret, day }] as const),
      ),
    )
    for (const [name, listener] of this.#listeners) {
      if (due.has(name)) continue
      this.#listeners.delete(name)
      release(listener)
    }
    for (const [name, { secret, day }] of due) {
      if (this.#listeners.has(name)) continue
      const listener = transport.listen({
        keyPair: addressKeyPair(secret, day),
        isAllowed: (key) => addresses.find(key) !== undefined,
        onConnection,
      })
      this.#listeners.set(name, listener)
      listener.catch((error: unknown) => {
        log.error('Listening failed', error)
        this.#listeners.delete(name)
      })
    }
  }

  dispose(): void {
    this.#timer?.dispose()
    for (const listener of this.#listeners.values()) release(listener)
    this.#listeners.clear()
  }
}

/** Ends a listening, as soon as it has begun. One that failed has been logged. */
function release(listener: Promise<Disposable>): void {
  const dispose = (listening: Disposable): void => {
    listening.dispose()
  }
  listener.then(dispose, () => undefined)
}
