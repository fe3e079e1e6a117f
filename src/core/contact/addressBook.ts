import type { Disposable } from '../../shared/disposable.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import { toHex } from '../codec/bytes.ts'
import { addressKeyPair, admittedDays, dayOf } from '../identity/addressKeys.ts'
import type { Clock } from '../ports/clock.ts'
import type { ContactDevice } from './contactRecord.ts'
import type { LastAddresses } from './lastAddresses.ts'
import type { Reachable, Reachables } from './reachable.ts'

/** A device of somebody, as found by an address. */
export interface AddressEntry {
  readonly person: PersonId
  readonly device: ContactDevice
}

/**
 * Which Noise keys belong today to people who may call. Built when they or the day change, so that the question
 * "may this key connect?" is one look into a map.
 */
export class AddressBook implements Disposable {
  readonly #people: Reachables
  readonly #clock: Clock
  readonly #lastAddresses: LastAddresses
  readonly #subscription: Disposable
  #entries = new Map<string, AddressEntry>()
  #devices = new Set<DeviceId>()
  #isInUse = false
  /** Deriving an address costs far more than looking it up again. */
  #derived = new Map<string, string>()

  constructor(people: Reachables, lastAddresses: LastAddresses, clock: Clock) {
    this.#people = people
    this.#lastAddresses = lastAddresses
    this.#clock = clock
    this.#subscription = people.onDidChange(() => {
      if (this.#isInUse) this.refresh()
    })
  }

  /** Who calls with this Noise key; `undefined` for a stranger. */
  find(publicKey: Uint8Array): AddressEntry | undefined {
    return this.#entries.get(toHex(publicKey))
  }

  /** Whether a device may call at all. */
  admits(device: DeviceId): boolean {
    return this.#devices.has(device)
  }

  /** Where somebody's device listens now: by its own clock as far as we know it, and else by ours. */
  addressesOf({ skewMs }: Reachable, device: ContactDevice): readonly [likely: Uint8Array, other?: Uint8Array] {
    const now = this.#clock.now()
    const [theirs, ours] = [dayOf(now + skewMs), dayOf(now)]
    const likely = addressKeyPair(device.addressSecret, theirs).publicKey
    return theirs === ours ? [likely] : [likely, addressKeyPair(device.addressSecret, ours).publicKey]
  }

  /** Where a device was last reached, as `Transport.dial` takes it. */
  lastOf(device: Uint8Array): string | undefined {
    return this.#lastAddresses.get(device)
  }

  /** Computes the admitted keys anew: going online, and when the day has changed. Nobody is admitted before. */
  refresh(): void {
    this.#isInUse = true
    const now = this.#clock.now()
    const entries = new Map<string, AddressEntry>()
    const devices = new Set<DeviceId>()
    const derived = new Map<string, string>()
    for (const { person, skewMs, devices: theirs } of this.#people.admitted) {
      // Somebody whose clock is wrong still calls from the days that its clock shows.
      const days = new Set([...admittedDays(now), ...admittedDays(now + skewMs)])
      for (const device of theirs) {
        devices.add(toHex(device.key) as DeviceId)
        for (const day of days) {
          const name = `${toHex(device.addressSecret)} ${String(day)}`
          const key = this.#derived.get(name) ?? toHex(addressKeyPair(device.addressSecret, day).publicKey)
          derived.set(name, key)
          entries.set(key, { person: toHex(person) as PersonId, device })
        }
      }
    }
    this.#derived = derived
    this.#devices = devices
    this.#entries = entries
  }

  dispose(): void {
    this.#subscription.dispose()
  }
}
