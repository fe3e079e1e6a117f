import { chatError } from '../../shared/chatError.ts'
import type { Event } from '../../shared/disposable.ts'
import type { ConversationId, PersonId } from '../../shared/ids.ts'
import type { ContactRequest } from '../../shared/contacts.ts'
import { idBytes, toHex } from '../codec/bytes.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { Account } from '../identity/account.ts'
import type { Introduction } from '../invite/introduction.ts'
import { introductionOf } from '../invite/introduction.ts'
import type { Letter } from '../letter/letter.ts'
import { letterIdBytes } from '../letter/letter.ts'
import type { LetterBox, Sender } from '../letter/letterBox.ts'
import { sendLetter, sendOver } from '../letter/letterBox.ts'
import type { Link } from '../link/link.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Acquaintances } from './acquaintances.ts'
import type { Contacts } from './contacts.ts'
import type { RequestBook } from './requestBook.ts'
import type { RequestRecord } from './requestRecords.ts'

/** Somebody whom a room makes known. */
export interface CommonMember {
  readonly name: string
  readonly conversation: ConversationId
}

export interface ContactRequestsInit {
  readonly book: RequestBook
  readonly contacts: Contacts
  readonly conversations: Conversations
  readonly acquaintances: Acquaintances
  readonly box: LetterBox
  /** A member of a room that this person is in as well. */
  readonly findMember: (person: PersonId) => CommonMember | undefined
  readonly account: () => Account
  readonly clock: Clock
  readonly random: Random
}

type Ask = Extract<Letter, { type: 'ask' }>
type Reply = Extract<Letter, { type: 'reply' }>

/** How two people who meet in a room, or by a common contact, become contacts: one asks, and the other says yes. */
export class ContactRequests {
  readonly #init: ContactRequestsInit

  constructor(init: ContactRequestsInit) {
    this.#init = init
  }

  get onDidChange(): Event<void> {
    return this.#init.book.onDidChange
  }

  list(): ContactRequest[] {
    return this.#init.book.all.flatMap(({ id, state, person, name, room, introducedBy }) =>
      state === 'incoming' || state === 'outgoing'
        ? [
            {
              request: toHex(id),
              person: toHex(person) as PersonId,
              name,
              state,
              ...(introducedBy && { introducedBy: toHex(introducedBy) as PersonId }),
              ...(room && { room: toHex(room) as ConversationId }),
            },
          ]
        : [],
    )
  }

  /** Asks a member of a common room, now or when it is linked. Resolves once that is on disk. */
  async ask(person: PersonId): Promise<void> {
    const { book, contacts, box, random, findMember } = this.#init
    if (contacts.get(person) !== undefined) throw chatError('already-contact')
    const member = findMember(person)
    if (member === undefined) throw chatError('unknown-person')
    const incoming = book.with(person, 'incoming')
    if (incoming?.introduction !== undefined && incoming.introducedBy === undefined) {
      await this.#accept(incoming.introduction, incoming.id)
      return
    }
    if (book.with(person, 'outgoing') !== undefined) return
    const record: RequestRecord = {
      id: random.bytes(letterIdBytes),
      state: 'outgoing',
      person: idBytes(person),
      name: member.name,
      room: idBytes(member.conversation),
      isAccepted: false,
      isOtherAccepted: false,
    }
    if (!(await book.keep(record))) throw chatError('invalid-params', 'too many open requests')
    sendLetter(box, person, this.#asking(record))
  }

  /** Says yes or no to somebody who asked. Resolves with the conversation. */
  async answer(record: RequestRecord, accept: boolean): Promise<Conversation | undefined> {
    const { book, box } = this.#init
    if (accept && record.introduction !== undefined) return this.#accept(record.introduction, record.id)
    await book.keep({ ...record, state: 'declined' })
    sendLetter(box, toHex(record.person) as PersonId, { type: 'reply', request: record.id })
    return undefined
  }

  /** Asks again whom it may not have reached. */
  onLink(person: PersonId, link: Link): void {
    const outgoing = this.#init.book.with(person, 'outgoing')
    if (outgoing !== undefined) sendOver(link, this.#asking(outgoing))
  }

  /** Asks somebody who is linked already, as members of one room are when a common contact introduces them. */
  repeat(person: PersonId): void {
    const outgoing = this.#init.book.with(person, 'outgoing')
    if (outgoing !== undefined) sendLetter(this.#init.box, person, this.#asking(outgoing))
  }

  async onLetter(letter: Ask | Reply, sender: Sender): Promise<void> {
    if (letter.type === 'ask') await this.#onAsk(letter, sender)
    else await this.#onReply(letter, sender)
  }

  async #onAsk({ request, introduction }: Ask, { person, link }: Sender): Promise<void> {
    const { book, contacts, findMember } = this.#init
    if (!isFrom(introduction, person, link)) return
    if (contacts.get(person) !== undefined) {
      sendOver(link, this.#yes(request, person))
      return
    }
    // Both want it: each has asked, or said yes to a common contact. One of them, always the same, says yes.
    if (book.with(person, 'outgoing') !== undefined) {
      if (this.#init.account().identity.person < person) await this.#accept(introduction, request)
      return
    }
    if (book.with(person, 'declined') !== undefined) {
      sendOver(link, { type: 'reply', request })
      return
    }
    const member = findMember(person)
    if (member === undefined || book.with(person, 'incoming') !== undefined) return
    await book.keep({
      id: request,
      state: 'incoming',
      person: introduction.person,
      name: introduction.name,
      room: idBytes(member.conversation),
      introduction,
      isAccepted: false,
      isOtherAccepted: false,
    })
  }

  async #onReply({ request, yes }: Reply, { person, link }: Sender): Promise<void> {
    const { book, acquaintances } = this.#init
    const record = book.get(request)
    if (record?.state !== 'outgoing' || toHex(record.person) !== person) return
    if (yes === undefined) {
      await book.forget(record)
      return
    }
    if (!isFrom(yes.introduction, person, link)) return
    await acquaintances.accept(
      yes.introduction,
      () => yes.secrets,
      () => {
        book.remove(record.person)
      },
    )
    book.met(record.person)
  }

  async #accept(introduction: Introduction, request: Uint8Array): Promise<Conversation> {
    const { book, acquaintances, conversations, box } = this.#init
    const { person, personId } = introduction
    const conversation = await acquaintances.accept(
      introduction,
      () => conversations.secretsFor(personId),
      () => {
        book.remove(person)
      },
    )
    book.met(person)
    // One that is not linked asks again, and hears then.
    sendLetter(box, personId, this.#yes(request, personId))
    return conversation
  }

  #asking({ id, room }: RequestRecord): Letter {
    return { type: 'ask', request: id, room: room ?? new Uint8Array(32), introduction: this.#self() }
  }

  #yes(request: Uint8Array, person: PersonId): Letter {
    const secrets = this.#init.conversations.secretsFor(person)
    return { type: 'reply', request, yes: { introduction: this.#self(), secrets } }
  }

  #self(): Introduction {
    return introductionOf(this.#init.account(), this.#init.clock.now())
  }
}

/** Whether somebody introduces itself, on the link of the device that it names. */
function isFrom({ personId, device }: Introduction, person: PersonId, link: Link): boolean {
  return personId === person && toHex(device) === link.peer.device
}
