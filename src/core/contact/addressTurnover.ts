import { isEqual, toHex } from '../codec/bytes.ts'
import { copyOf } from '../codec/bytes.ts'
import { keyBytes, keyedHash } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import type { Account } from '../identity/account.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Committer } from '../store/committer.ts'
import type { RecordFormat, RecordTable } from '../store/recordTable.ts'
import type { ContactRecord } from './contactRecord.ts'
import type { Contacts } from './contacts.ts'
import type { PersonId } from '../../shared/ids.ts'

/** So long members of rooms, who say nothing of what they took note of, are given to hear of a new address. */
export const formerLastsMs = 30 * 24 * 60 * 60 * 1000
/** The most addresses of before that are kept up: each is announced to the network. */
export const maxFormer = 3
// A key among the settings, behind that of `lostRoomList.ts`.
const key = new Uint8Array([6])

/** An own address secret that was replaced, and when. */
interface FormerAddress {
  readonly secret: Uint8Array
  readonly until: number
}

export interface AddressTurnoverInit {
  readonly contacts: Contacts
  readonly committer: Committer
  readonly table: RecordTable<readonly FormerAddress[]>
  readonly account: () => Account
  /** Makes another secret this device's own. Resolves once that is on disk. */
  readonly renew: (addressSecret: Uint8Array) => Promise<void>
  readonly clock: Clock
  readonly random: Random
}

/**
 * Where this device is found, once somebody is not to find it any more: under a new secret, of which all others hear on
 * their links. Until a contact has said that it took note, it is called from the address that it knows, and finds this
 * device there.
 */
export class AddressTurnover {
  static readonly format: RecordFormat<readonly FormerAddress[]> = {
    kind: 'setting',
    write: (writer, former) => {
      writer.uint8(1).uint(former.length)
      for (const { secret, until } of former) writer.fixed(secret).uint(until)
    },
    read: (reader) => {
      if (reader.uint8() !== 1) reader.fail()
      return reader.list(maxFormer, () => ({ secret: copyOf(reader.fixed(keyBytes)), until: reader.uint(maxCounter) }))
    },
  }
  readonly #init: AddressTurnoverInit
  #former: readonly FormerAddress[]

  constructor(init: AddressTurnoverInit) {
    this.#init = init
    this.#former = init.table.get(key) ?? []
  }

  /** Every secret under which somebody still looks for this device: the present one first. */
  get secrets(): readonly Uint8Array[] {
    const { contacts, account, clock } = this.#init
    const known = [...contacts.all].flatMap(({ knownSecret, isBlocked }) =>
      knownSecret === undefined || isBlocked === true ? [] : [knownSecret],
    )
    const former = this.#former.filter(({ until }) => until > clock.now()).map(({ secret }) => secret)
    const others = new Map([...known, ...former].map((secret) => [toHex(secret), secret]))
    others.delete(toHex(account().addressSecret))
    return [account().addressSecret, ...[...others.values()].slice(-maxFormer)]
  }

  /** From which secrets to call somebody, the likeliest first. */
  secretsFor(person: PersonId): readonly Uint8Array[] {
    const contact = this.#init.contacts.get(person)
    if (contact === undefined) return this.secrets
    return [contact.knownSecret ?? this.#init.account().addressSecret]
  }

  /**
   * Writes down, inside a transaction of the caller, which secret everybody knows who is about to be told of another.
   * `rotate` is to follow; a device that dies in between finds out in `finish`.
   */
  prepare(): void {
    const { contacts, account, table, clock } = this.#init
    const secret = account().addressSecret
    for (const contact of contacts.all)
      if (contact.knownSecret === undefined) contacts.put({ ...contact, knownSecret: secret })
    const former = this.#former.filter((one) => !isEqual(one.secret, secret))
    this.#former = [...former, { secret, until: Math.max(0, clock.now()) + formerLastsMs }].slice(-maxFormer)
    table.put(key, this.#former)
  }

  /** Reads anew what a failed transaction has not written. */
  restore(): void {
    this.#former = this.#init.table.get(key) ?? []
    for (const { person } of [...this.#init.contacts.all]) this.#init.contacts.restore(person)
  }

  /** Takes a fresh secret. */
  async rotate(): Promise<void> {
    await this.#init.renew(this.#init.random.bytes(keyBytes))
  }

  /** Goes on with a turnover that was cut off: the present secret is one that was to be replaced. */
  async finish(): Promise<void> {
    const { account } = this.#init
    if (this.#former.some(({ secret }) => isEqual(secret, account().addressSecret))) await this.rotate()
  }

  /** A contact has taken note of a secret: of the present one, or of one that it is told of no more. */
  async noted(contact: ContactRecord, digest: Uint8Array): Promise<void> {
    const { contacts, account, committer } = this.#init
    if (contact.knownSecret === undefined || !isEqual(digest, addressDigest(account().addressSecret))) return
    const person = toHex(contact.person) as PersonId
    await committer.run(
      () => {
        const { knownSecret: _known, ...rest } = contacts.get(person) ?? contact
        contacts.put(rest)
      },
      () => {
        contacts.restore(contact.person)
      },
    )
    contacts.changed()
  }
}

/** By which a contact says which address secret it took note of: 32 bytes that tell nobody the secret. */
export function addressDigest(addressSecret: Uint8Array): Uint8Array {
  return keyedHash(addressSecret, 'tincan address noted')
}
