import { chatError } from '../../shared/chatError.ts'
import type { PersonId } from '../../shared/ids.ts'
import { idBytes, toHex } from '../codec/bytes.ts'
import type { Introduction } from '../invite/introduction.ts'
import type { Letter } from '../letter/letter.ts'
import { letterIdBytes } from '../letter/letter.ts'
import type { LetterBox, Sender } from '../letter/letterBox.ts'
import { sendLetter, sendOver } from '../letter/letterBox.ts'
import type { Link } from '../link/link.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { ContactRecord } from './contactRecord.ts'
import type { Contacts } from './contacts.ts'
import type { RequestBook } from './requestBook.ts'
import type { RequestRecord } from './requestRecords.ts'

/** The most people whom one contact introduces at a time: nobody takes the places of all others. */
const maxIntroductionsByOne = 16

export interface IntroductionsInit {
  readonly book: RequestBook
  readonly contacts: Contacts
  readonly box: LetterBox
  readonly clock: Clock
  readonly random: Random
  /** Both have said yes, and this device knows now where the other one is. */
  readonly onIntroduced: (person: PersonId) => void
}

type IntroductionLetter = Extract<Letter, { type: 'introduce' | 'consent' | 'introduced' }>

/**
 * How a common contact introduces two people. Each is told the other's name; only when both have said yes does each learn
 * where the other is found, and asks it as a member of a room would.
 */
export class Introductions {
  readonly #init: IntroductionsInit

  constructor(init: IntroductionsInit) {
    this.#init = init
  }

  /** Introduces two contacts, now or when they are linked. Resolves once that is on disk. */
  async introduce(person: PersonId, to: PersonId): Promise<void> {
    const { book, contacts, random } = this.#init
    const [one, other] = [contacts.get(person), contacts.get(to)]
    if (one === undefined || other === undefined) throw chatError('unknown-person')
    if (one.isBlocked === true || other.isBlocked === true) throw chatError('blocked')
    if (person === to) throw chatError('invalid-params', 'two different people')
    const record: RequestRecord = {
      id: random.bytes(letterIdBytes),
      state: 'introducing',
      person: one.person,
      name: one.name,
      other: other.person,
      isAccepted: false,
      isOtherAccepted: false,
    }
    if (!(await book.keep(record))) throw chatError('invalid-params', 'too many open requests')
    this.#tell(record)
  }

  /** Says yes or no to somebody whom a contact introduces. */
  async answer(record: RequestRecord, accept: boolean): Promise<void> {
    const { book, box } = this.#init
    if (record.introducedBy === undefined) return
    if (accept) await book.keep({ ...record, isAccepted: true, state: 'outgoing' })
    else await book.forget(record)
    sendLetter(box, toHex(record.introducedBy) as PersonId, { type: 'consent', request: record.id, accept })
  }

  /** Says again to somebody who is linked now what it may not have heard. */
  onLink(person: PersonId, link: Link): void {
    for (const record of this.#init.book.all) {
      const { id, state, introducedBy, introduction, isAccepted } = record
      if (state === 'introducing') this.#tell(record, person)
      else if (introducedBy && toHex(introducedBy) === person && isAccepted && introduction === undefined)
        sendOver(link, { type: 'consent', request: id, accept: true })
    }
  }

  async onLetter(letter: IntroductionLetter, { person }: Sender): Promise<void> {
    const { book, contacts } = this.#init
    if (contacts.get(person) === undefined) return
    const record = book.get(letter.request)
    if (letter.type === 'introduce') await this.#onIntroduce(letter, person, record)
    else if (letter.type === 'consent') await this.#onConsent(letter.accept, person, record)
    else if (record?.introducedBy && toHex(record.introducedBy) === person && record.isAccepted) {
      if (toHex(record.person) !== letter.introduction.personId) return
      await book.keep({ ...record, introduction: letter.introduction })
      this.#init.onIntroduced(letter.introduction.personId)
    }
  }

  async #onIntroduce(
    { request, introduced, name }: Extract<Letter, { type: 'introduce' }>,
    by: PersonId,
    present: RequestRecord | undefined,
  ): Promise<void> {
    const { book, contacts } = this.#init
    if (present !== undefined || contacts.get(toHex(introduced) as PersonId) !== undefined) return
    const same = book.all.filter(({ introducedBy }) => introducedBy !== undefined && toHex(introducedBy) === by)
    if (same.length >= maxIntroductionsByOne) return
    await book.keep({
      id: request,
      state: 'incoming',
      person: introduced,
      name,
      introducedBy: idBytes(by),
      isAccepted: false,
      isOtherAccepted: false,
    })
  }

  async #onConsent(accept: boolean, person: PersonId, record: RequestRecord | undefined): Promise<void> {
    const { book } = this.#init
    if (record?.state !== 'introducing' || record.other === undefined) return
    const [isOne, isOther] = [toHex(record.person) === person, toHex(record.other) === person]
    if (!isOne && !isOther) return
    if (!accept) {
      await book.forget(record)
      return
    }
    const next = { ...record, ...(isOne ? { isAccepted: true } : { isOtherAccepted: true }) }
    await book.keep(next)
    this.#tell(next)
  }

  /** Tells both, or one of them, how an introduction stands. */
  #tell({ id, person, other, isAccepted, isOtherAccepted }: RequestRecord, only?: PersonId): void {
    const { contacts, box } = this.#init
    const [a, b] = [contacts.get(toHex(person) as PersonId), other && contacts.get(toHex(other) as PersonId)]
    if (a === undefined || b === undefined) return
    const areBothWilling = isAccepted && isOtherAccepted
    for (const [to, about, hasConsented] of [
      [a, b, isAccepted],
      [b, a, isOtherAccepted],
    ] as const) {
      const receiver = toHex(to.person) as PersonId
      if (only !== undefined && only !== receiver) continue
      const introduction = areBothWilling ? this.#introductionOf(about) : undefined
      if (introduction !== undefined) sendLetter(box, receiver, { type: 'introduced', request: id, introduction })
      else if (!hasConsented)
        sendLetter(box, receiver, { type: 'introduce', request: id, introduced: about.person, name: about.name })
    }
  }

  #introductionOf({ person, name, deviceList, devices, skewMs }: ContactRecord): Introduction | undefined {
    const [device] = devices
    if (device === undefined) return undefined
    const { key, addressSecret } = device
    const now = Math.max(0, this.#init.clock.now() + skewMs)
    return { person, personId: toHex(person) as PersonId, name, deviceList, device: key, addressSecret, now }
  }
}
