import { chatError } from '../../shared/chatError.ts'
import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { ConversationId, InviteId, PersonId } from '../../shared/ids.ts'
import type { HistoryAccess, Role, RoomOffer } from '../../shared/rooms.ts'
import { idBytes, isEqual, toHex } from '../codec/bytes.ts'
import { contactIntroduction } from '../contact/contactIntroduction.ts'
import type { Contacts } from '../contact/contacts.ts'
import type { Introduction } from '../invite/introduction.ts'
import type { Letter, OfferedRoom } from '../letter/letter.ts'
import { letterIdBytes } from '../letter/letter.ts'
import type { LetterBox, Sender } from '../letter/letterBox.ts'
import { sendLetter, sendOver } from '../letter/letterBox.ts'
import type { Link } from '../link/link.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import { messageLogIdOf } from '../room/roomKeys.ts'
import type { Committer } from '../store/committer.ts'
import type { RecordTable } from '../store/recordTable.ts'
import type { OfferRecord } from './offerRecords.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import { readWelcome, writeWelcome } from './roomWelcome.ts'

/** The most offers that wait, in either direction, */
const maxOffers = 64
/** and of one contact: nobody takes the places of all others. */
const maxOffersOfOne = 16
/** An accepted offer waits so long for the room before it goes on in the background. */
const answerWaitMs = 10_000

export interface OffersInit {
  readonly rooms: Rooms
  readonly contacts: Contacts
  readonly box: LetterBox
  readonly table: RecordTable<OfferRecord>
  readonly committer: Committer
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** Rooms offered to contacts over their links, and by contacts to this person. */
export class Offers {
  readonly #init: OffersInit
  readonly #records = new Map<string, OfferRecord>()
  readonly #waiting = new Map<string, (room: Room) => void>()
  readonly #onDidChange = new Emitter<void>()

  constructor(init: OffersInit) {
    this.#init = init
    for (const record of init.table.list()) this.#records.set(toHex(record.id), record)
  }

  /** Offers of others came or went. */
  readonly onDidChange: Event<void> = this.#onDidChange.event

  /** Rooms that contacts offer and that wait for an answer. */
  list(): RoomOffer[] {
    return this.#open(false).flatMap(({ id, person, offer, isAccepted }) =>
      isAccepted ? [] : [viewOffer(toHex(id), toHex(person) as PersonId, offer)],
    )
  }

  /** Offers a room to a contact, now or when it is linked. Resolves once that is on disk. */
  async make(
    room: Room,
    person: PersonId,
    {
      role,
      history,
      expiresInMs,
    }: { readonly role: Exclude<Role, 'owner'>; readonly history: HistoryAccess; readonly expiresInMs: number },
  ): Promise<{ invite: InviteId; expiresAt: number }> {
    if (this.#init.contacts.get(person) === undefined) throw chatError('unknown-person')
    if (this.#init.contacts.isBlocked(person)) throw chatError('blocked')
    if (this.#open(true).length >= maxOffers)
      throw chatError('invalid-params', `at most ${String(maxOffers)} open offers`)
    const expiresAt = this.#init.clock.now() + expiresInMs
    const invite = await room.deeds.invitePerson(person, role, history, expiresAt)
    const { title, topic, members } = room.view
    const offer = { room: room.id, invite, title, topic, memberCount: members.size, role, history, expiresAt }
    const id = this.#init.random.bytes(letterIdBytes)
    await this.#keep({ id, isOwn: true, person: idBytes(person), offer, isAccepted: false })
    sendLetter(this.#init.box, person, { type: 'offer', offer })
    return { invite: toHex(id) as InviteId, expiresAt }
  }

  /** Takes back one's own offer. False: there is none of this name. */
  async revoke(invite: InviteId): Promise<boolean> {
    const record = this.#records.get(invite)
    if (record?.isOwn !== true) return false
    await this.#forget(record)
    await this.#init.rooms.get(record.offer.room)?.deeds.revoke(record.offer.invite)
    const withdrawal = { type: 'withdraw', invite: record.offer.invite } as const
    sendLetter(this.#init.box, toHex(record.person) as PersonId, withdrawal)
    return true
  }

  /** Answers an offer. Resolves with the room if it comes soon; else it comes when the contact is linked. */
  async answer(offer: string, accept: boolean): Promise<Room | undefined> {
    const record = this.#open(false).find(({ id }) => toHex(id) === offer)
    if (record === undefined) throw chatError('unknown-offer')
    const { box, clock } = this.#init
    const { invite } = record.offer
    if (accept) await this.#keep({ ...record, isAccepted: true })
    else await this.#forget(record)
    const isSent = sendLetter(box, toHex(record.person) as PersonId, { type: 'answer', invite, accept })
    this.#onDidChange.fire()
    if (!accept || !isSent) return undefined
    return new Promise((resolve) => {
      const timer = clock.after(answerWaitMs, () => {
        this.#waiting.delete(offer)
        resolve(undefined)
      })
      this.#waiting.set(offer, (room) => {
        timer.dispose()
        resolve(room)
      })
    })
  }

  /** Says again to somebody who is linked now what it may not have heard. */
  onLink(person: PersonId, link: Link): void {
    for (const { isOwn, isAccepted, offer, person: other } of this.#records.values()) {
      if (toHex(other) !== person) continue
      // One that was used, or whose maker has not the right any more, is not repeated.
      const isOpen = this.#init.rooms.refusalOf(offer, person) === undefined
      if (isOwn && isOpen) sendOver(link, { type: 'offer', offer })
      else if (!isOwn && isAccepted) sendOver(link, { type: 'answer', invite: offer.invite, accept: true })
    }
  }

  /** Handles a letter about a room; only contacts' letters count. */
  async onLetter(letter: Letter, sender: Sender): Promise<void> {
    if (this.#init.contacts.get(sender.person) === undefined) return
    if (letter.type === 'offer') await this.#onOffer(letter.offer, sender)
    else if (letter.type === 'withdraw') await this.#onWithdraw(letter.invite, sender)
    else if (letter.type === 'answer') await this.#onAnswer(letter.invite, letter.accept, sender)
    else if (letter.type === 'welcome') await this.#onWelcome(letter.welcome, sender)
  }

  async #onOffer(offer: OfferedRoom, { person }: Sender): Promise<void> {
    const { clock, random, rooms } = this.#init
    const isKnown = this.#find(person, offer.invite, false) !== undefined
    const isMember = rooms.get(offer.room)?.own !== undefined
    if (isKnown || isMember || offer.expiresAt <= clock.now()) return
    const open = this.#open(false)
    const same = open.filter((one) => toHex(one.person) === person)
    if (open.length >= maxOffers || same.length >= maxOffersOfOne) return
    const id = random.bytes(letterIdBytes)
    await this.#keep({ id, isOwn: false, person: idBytes(person), offer, isAccepted: false })
    this.#onDidChange.fire()
  }

  async #onWithdraw(invite: Uint8Array, { person }: Sender): Promise<void> {
    const record = this.#find(person, invite, false)
    if (record === undefined) return
    await this.#forget(record)
    this.#onDidChange.fire()
  }

  async #onAnswer(invite: Uint8Array, accept: boolean, { person, link }: Sender): Promise<void> {
    const { rooms } = this.#init
    const record = this.#find(person, invite, true)
    if (record === undefined) return
    const { offer } = record
    const joiner = this.#introductionOf({ person, link })
    const isOpen = offer.expiresAt > this.#init.clock.now() && rooms.refusalOf(offer, person) === undefined
    if (!accept || !isOpen || joiner === undefined) {
      await this.#forget(record)
      await rooms.get(offer.room)?.deeds.revoke(invite)
      if (accept) sendOver(link, { type: 'withdraw', invite })
      return
    }
    await rooms.admit(offer, joiner, () => undefined)
    sendOver(link, { type: 'welcome', welcome: writeWelcome(rooms.welcomeFor(offer)) })
  }

  async #onWelcome(bytes: Uint8Array, { person, link }: Sender): Promise<void> {
    const welcome = readWelcome(bytes)
    const record = welcome && this.#find(person, welcome.invite, false)
    const inviter = this.#introductionOf({ person, link })
    // Nobody is put into a room without having said yes to exactly that.
    if (welcome === undefined || record?.isAccepted !== true || inviter === undefined) return
    if (!isEqual(welcome.room, record.offer.room)) return
    const room = await this.#init.rooms.join(welcome, inviter, undefined, () => {
      this.#init.table.delete(record.id)
    })
    const offer = toHex(record.id)
    this.#records.delete(offer)
    this.#waiting.get(offer)?.(room)
    this.#waiting.delete(offer)
  }

  #introductionOf({ person, link }: Sender): Introduction | undefined {
    const { contacts, clock } = this.#init
    return contactIntroduction(contacts.get(person), link.peer.device, clock.now())
  }

  /** Offers that still hold, one's own or those of others. */
  #open(isOwn: boolean): OfferRecord[] {
    const now = this.#init.clock.now()
    const all = [...this.#records.values()]
    for (const record of all)
      if (record.offer.expiresAt <= now && !record.isAccepted) {
        this.#records.delete(toHex(record.id))
        this.#forget(record).catch((error: unknown) => {
          this.#init.log.error('An old offer could not be forgotten', error)
        })
      }
    return [...this.#records.values()].filter((record) => record.isOwn === isOwn)
  }

  #find(person: PersonId, invite: Uint8Array, isOwn: boolean): OfferRecord | undefined {
    return this.#open(isOwn).find((one) => toHex(one.person) === person && isEqual(one.offer.invite, invite))
  }

  async #keep(record: OfferRecord): Promise<void> {
    await this.#init.committer.run(() => {
      this.#init.table.put(record.id, record)
    })
    this.#records.set(toHex(record.id), record)
  }

  async #forget(record: OfferRecord): Promise<void> {
    await this.#init.committer.run(() => {
      this.#init.table.delete(record.id)
    })
    this.#records.delete(toHex(record.id))
  }
}

function viewOffer(id: string, inviter: PersonId, offer: OfferedRoom): RoomOffer {
  const { title, topic, role, history, memberCount, expiresAt } = offer
  const conversation = toHex(messageLogIdOf(offer.room)) as ConversationId
  return { offer: id, conversation, title, topic, inviter, role, history, memberCount, expiresAt }
}
