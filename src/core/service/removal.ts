import { chatError } from '../../shared/chatError.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { AddressTurnover } from '../contact/addressTurnover.ts'
import type { Contacts } from '../contact/contacts.ts'
import type { RequestBook } from '../contact/requestBook.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Conversations } from '../conversation/conversations.ts'
import { messageIdOf } from '../conversation/messageId.ts'
import type { Ranges } from '../event/ranges.ts'
import { maxRanges } from '../event/ranges.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Committer } from '../store/committer.ts'
import type { Links } from '../sync/links.ts'
import type { Drafts } from './drafts.ts'

/** Messages whose content goes in one transaction. */
const maxAtOnce = 200

export interface RemovalInit {
  readonly contacts: Contacts
  readonly conversations: Conversations
  readonly rooms: Rooms
  readonly links: Links
  readonly turnover: AddressTurnover
  readonly book: RequestBook
  readonly drafts: Drafts
  readonly committer: Committer
}

/**
 * Deletes conversations and contacts from this device. The chain of what was said stays without its content: it is what
 * keeps the content from coming back, and what goes on when the same two people meet again.
 */
export class Removal {
  readonly #init: RemovalInit

  constructor(init: RemovalInit) {
    this.#init = init
    init.rooms.onDidChange(({ messages }) => {
      // The committer has logged what fails; the next change or start tries again.
      this.#takeBack(messages).catch(() => undefined)
    })
  }

  /**
   * Whether a conversation is among those that the user has. One whose room or contact is not known only because a store
   * was damaged is among them: nothing of it may be removed.
   */
  isShown({ record, peer, id }: Conversation): boolean {
    if (record.isPutAway !== true) return true
    const { rooms, contacts } = this.#init
    if (peer !== undefined) return contacts.get(peer) !== undefined
    const state = rooms.of(id)?.state
    return state === undefined || state === 'active'
  }

  /**
   * Removes everything that is in a conversation from this disk, and from sight what this person does not belong to any
   * more. Resolves once that is on disk; rejects with `store-failed`, and then a part of it may be gone.
   */
  async conversation(conversation: Conversation): Promise<void> {
    const room = this.#init.rooms.of(conversation.id)
    if (room !== undefined && room.state !== 'active') await this.#put(conversation, true)
    for (const unsent of await this.#clear(conversation))
      // The others need not wait for what they will not get. Where nothing can be written, they find out.
      if (!conversation.isSelf) await conversation.send({ kind: 'faded', ranges: unsent }).catch(() => undefined)
  }

  /**
   * Removes a contact with the conversation. It is told nothing, and finds this device no more: all others are told another
   * address. Resolves once that is on disk; rejects with `unknown-person` or `store-failed`.
   */
  async contact(person: PersonId): Promise<void> {
    const { contacts, conversations, committer, turnover, book, links } = this.#init
    const contact = contacts.get(person)
    if (contact === undefined) throw chatError('unknown-person')
    const conversation = conversations.with(person)
    await committer.run(
      () => {
        contacts.remove(contact.person)
        book.remove(contact.person)
        conversation?.rekey({ isPutAway: true })
        turnover.prepare()
      },
      () => {
        contacts.restore(contact.person)
        turnover.restore()
      },
    )
    book.met(contact.person)
    // Its links end first: over none of them goes the new address.
    for (const link of links.all) if (link.peer.person === person) link.close('leaving')
    contacts.changed()
    await turnover.rotate()
    if (conversation !== undefined) await this.#clear(conversation)
  }

  /** Goes on with what was cut off. */
  async finish(): Promise<void> {
    for (const conversation of this.#init.conversations.all)
      if (this.isShown(conversation)) await this.#takeBack(conversation)
      else await this.#clear(conversation)
  }

  /** Somebody who is in a room again has deleted nothing of what is said there from now on. */
  async #takeBack(conversation: Conversation): Promise<void> {
    const isActive = this.#init.rooms.of(conversation.id)?.state === 'active'
    if (isActive && conversation.record.isPutAway === true) await this.#put(conversation, false)
  }

  #put(conversation: Conversation, isPutAway: boolean): Promise<void> {
    return conversation.change(() => {
      conversation.rekey({ isPutAway })
      return []
    })
  }

  /** What of the own log was removed before it was delivered, in pieces as they are told. */
  async #clear(conversation: Conversation): Promise<readonly Ranges[]> {
    const { drafts } = this.#init
    const unsent: Ranges[] = []
    await drafts.forget(conversation.id)
    for (;;) {
      const rows = conversation.hiding.lines(maxAtOnce)
      if (rows.length === 0) return unsent
      const ids = rows.map(messageIdOf)
      let page: Ranges = []
      await conversation.takeAway(ids, () => {
        page = conversation.hiding.clear(rows)
        return []
      })
      for (let at = 0; at < page.length; at += maxRanges) unsent.push(page.slice(at, at + maxRanges))
      for (const id of ids) await drafts.forget(conversation.id, id)
    }
  }
}
