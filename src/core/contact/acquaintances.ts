import type { Conversation } from '../conversation/conversation.ts'
import type { Conversations, ConversationSecrets } from '../conversation/conversations.ts'
import type { Introduction } from '../invite/introduction.ts'
import { contactOf } from '../invite/introduction.ts'
import type { Clock } from '../ports/clock.ts'
import type { Committer } from '../store/committer.ts'
import type { Contacts } from './contacts.ts'
import { hasOtherDevices } from './contacts.ts'

/** Turns an accepted introduction into a contact with a conversation, in one transaction. */
export class Acquaintances {
  readonly #contacts: Contacts
  readonly #conversations: Conversations
  readonly #committer: Committer
  readonly #clock: Clock
  #last: Promise<unknown> = Promise.resolve()

  constructor(contacts: Contacts, conversations: Conversations, committer: Committer, clock: Clock) {
    this.#contacts = contacts
    this.#conversations = conversations
    this.#committer = committer
    this.#clock = clock
  }

  /**
   * Keeps the contact and the conversation together with whatever `alsoWrite` writes. Resolves once that is on disk;
   * rejects with a `ChatError` when nothing of it is. One after the other, so that two invites that end with the same
   * person at the same time settle on one conversation: `secrets` is asked when its turn has come.
   */
  accept(introduction: Introduction, secrets: () => ConversationSecrets, alsoWrite: () => void): Promise<Conversation> {
    const result = this.#last.then(() => this.#accept(introduction, secrets(), alsoWrite))
    this.#last = result.catch(() => undefined)
    return result
  }

  async #accept(
    introduction: Introduction,
    secrets: ConversationSecrets,
    alsoWrite: () => void,
  ): Promise<Conversation> {
    const { person, personId, device } = introduction
    const present = this.#contacts.get(personId)
    const conversation = await this.#committer.run(
      () => {
        const contact = contactOf(introduction, present, this.#clock.now())
        this.#contacts.put(contact)
        const established = this.#conversations.establish(person, device, secrets)
        if (present === undefined) established.writeNotice('contact-added', personId)
        else if (hasOtherDevices(present, contact)) established.writeNotice('keys-changed', personId)
        alsoWrite()
        return established
      },
      () => {
        this.#contacts.restore(person)
      },
    )
    this.#conversations.added(conversation)
    this.#contacts.changed()
    return conversation
  }
}
