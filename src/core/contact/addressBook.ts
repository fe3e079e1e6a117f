import type { Disposable } from '../../shared/disposable.ts'
import type { PersonId } from '../../shared/ids.ts'
import { toHex } from '../codec/bytes.ts'
import { addressKeyPair, admittedDays, dayOf } from '../identity/addressKeys.ts'
import type { Clock } from '../ports/clock.ts'
import type { ContactDevice, ContactRecord } from './contactRecord.ts'
import type { Contacts } from './contacts.ts'
import type { LastAddresses } from './lastAddresses.ts'

/** A device of a contact, as found by an address. */
export interface AddressEntry {
  readonly person: PersonId
  readonly device: ContactDevice
}

/**
 * Which Noise keys belong to accepted contacts today. Built when contacts or the day change, so that the question
 * "may this key connect?" is one look into a map.
 */
export class AddressBook implements Disposable {
  readonly #contacts: Contacts
  readonly #clock: Clock
  readonly #lastAddresses: LastAddresses
  readonly #subscription: Disposable
  #entries = new Map<string, AddressEntry>()

  constructor(contacts: Contacts, lastAddresses: LastAddresses, clock: Clock) {
    this.#contacts = contacts
    this.#lastAddresses = lastAddresses
    this.#clock = clock
    this.refresh()
    this.#subscription = contacts.onDidChange(() => {
      this.refresh()
    })
  }

  /** Who calls with this Noise key; `undefined` for a stranger. */
  find(publicKey: Uint8Array): AddressEntry | undefined {
    return this.#entries.get(toHex(publicKey))
  }

  /** Where a contact's device listens now: by its own clock as far as we know it, and else by ours. */
  addressesOf(contact: ContactRecord, device: ContactDevice): readonly [likely: Uint8Array, other?: Uint8Array] {
    const now = this.#clock.now()
    const [theirs, ours] = [dayOf(now + contact.skewMs), dayOf(now)]
    const likely = addressKeyPair(device.addressSecret, theirs).publicKey
    return theirs === ours ? [likely] : [likely, addressKeyPair(device.addressSecret, ours).publicKey]
  }

  /** Where a device was last reached, as `Transport.dial` takes it. */
  lastOf(device: Uint8Array): string | undefined {
    return this.#lastAddresses.get(device)
  }

  /** Computes the admitted keys anew: the day has changed. */
  refresh(): void {
    const now = this.#clock.now()
    const entries = new Map<string, AddressEntry>()
    for (const contact of this.#contacts.all) {
      // A contact whose clock is wrong still calls from the days that its clock shows.
      const days = new Set([...admittedDays(now), ...admittedDays(now + contact.skewMs)])
      for (const device of contact.devices)
        for (const day of days) {
          const { publicKey } = addressKeyPair(device.addressSecret, day)
          entries.set(toHex(publicKey), { person: toHex(contact.person) as PersonId, device })
        }
    }
    this.#entries = entries
  }

  dispose(): void {
    this.#subscription.dispose()
  }
}
