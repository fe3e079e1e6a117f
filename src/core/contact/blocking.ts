import type { PersonId } from '../../shared/ids.ts'
import type { Committer } from '../store/committer.ts'
import type { AddressTurnover } from './addressTurnover.ts'
import type { Contacts } from './contacts.ts'

/**
 * Whom the user wants to hear nothing of. Nothing is sent to say so: their links end as they do when somebody goes
 * offline, nobody answers their calls, and where this device was found it soon is no more.
 */
export class Blocking {
  readonly #contacts: Contacts
  readonly #committer: Committer
  readonly #turnover: AddressTurnover

  constructor(contacts: Contacts, committer: Committer, turnover: AddressTurnover) {
    this.#contacts = contacts
    this.#committer = committer
    this.#turnover = turnover
  }

  /** Blocks a contact, or lets it in again. Resolves once that is on disk, and the address is another one. */
  async set(person: PersonId, isBlocked: boolean): Promise<void> {
    const contact = this.#contacts.get(person)
    if (contact === undefined || (contact.isBlocked === true) === isBlocked) return
    await this.#committer.run(
      () => {
        const { isBlocked: _before, ...rest } = this.#contacts.get(person) ?? contact
        this.#contacts.put(isBlocked ? { ...rest, isBlocked } : rest)
        if (isBlocked) this.#turnover.prepare()
      },
      () => {
        this.#turnover.restore()
      },
    )
    // Their links end first: over none of them goes the new address.
    this.#contacts.changed()
    if (isBlocked) await this.#turnover.rotate()
  }
}
