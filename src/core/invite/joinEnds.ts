import { chatError } from '../../shared/chatError.ts'
import type { PersonId } from '../../shared/ids.ts'
import { isEqual, toHex } from '../codec/bytes.ts'
import type { Acquaintances } from '../contact/acquaintances.ts'
import type { Contacts } from '../contact/contacts.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Conversations } from '../conversation/conversations.ts'
import { proveInvite } from '../room/roomKeys.ts'
import type { OperationId } from '../room/operation.ts'
import type { Account } from '../identity/account.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { readWelcome } from '../rooms/roomWelcome.ts'
import type { InviteCode } from './inviteLink.ts'
import { inviterFingerprint } from './inviteLink.ts'
import type { Answer } from './inviteMessage.ts'
import type { JoinRecord } from './inviteRecords.ts'

export interface JoinEndsInit {
  readonly acquaintances: Acquaintances
  readonly contacts: Contacts
  readonly conversations: Conversations
  readonly rooms: Rooms
  readonly account: () => Account
  /** Whether a contact is linked: then it knows that it is one. */
  readonly isLinked: (person: PersonId) => boolean
}

type Welcome = Extract<Answer, { type: 'welcome' | 'room-welcome' }>

/** What following an invite leads to: a contact, or a room. */
export class JoinEnds {
  readonly #init: JoinEndsInit

  constructor(init: JoinEndsInit) {
    this.#init = init
  }

  /** Where a link led that was followed before. Throws `already-contact` where it can lead to nothing new. */
  prior(
    code: InviteCode,
    records: () => readonly JoinRecord[],
  ): { join: string; conversation: Conversation } | undefined {
    const { contacts, isLinked } = this.#init
    if (code.isRoom === true) return this.#joinedBy(code, records())
    for (const { person } of contacts.all) {
      if (!isEqual(inviterFingerprint(person), code.fingerprint)) continue
      // The same link once more, after a restart: it did its work.
      const joined = this.#joinedBy(code, records())
      if (joined !== undefined) return joined
      // Somebody who is out of reach may have deleted this person, and invites it anew.
      if (isLinked(toHex(person) as PersonId)) throw chatError('already-contact')
    }
    return undefined
  }

  /**
   * Takes up what an inviter answers. `joined` writes what it is told, in the same transaction. Resolves once that is on
   * disk; with `undefined` if the answer is not one to this link.
   */
  async take(
    answer: Welcome,
    code: InviteCode,
    joined: (end: { readonly inviter: Uint8Array; readonly room?: Uint8Array }) => void,
  ): Promise<Conversation | undefined> {
    const { acquaintances, rooms, account } = this.#init
    const { inviter } = answer
    // Whoever answers must be the one whose fingerprint the link carries.
    if (!isEqual(inviterFingerprint(inviter.person), code.fingerprint)) return undefined
    if (answer.type === 'welcome') {
      if (code.isRoom === true) return undefined
      const { secrets } = answer
      return acquaintances.accept(
        inviter,
        () => secrets,
        () => {
          joined({ inviter: inviter.person })
        },
      )
    }
    const welcome = code.isRoom === true ? readWelcome(answer.welcome) : undefined
    if (welcome === undefined) return undefined
    const { room, invite } = welcome
    const proof = proveInvite(code.secret, room, toHex(invite) as OperationId, account().identity.person)
    const { messages } = await rooms.join(welcome, inviter, proof, () => {
      joined({ inviter: inviter.person, room })
    })
    return messages
  }

  #joinedBy(
    code: InviteCode,
    records: readonly JoinRecord[],
  ): { join: string; conversation: Conversation } | undefined {
    const { conversations, rooms } = this.#init
    const joined = records.find((record) => isEqual(record.code.publicKey, code.publicKey) && record.state === 'joined')
    if (joined === undefined) return undefined
    const person = joined.inviter && (toHex(joined.inviter) as PersonId)
    const conversation =
      joined.room === undefined ? person && conversations.with(person) : rooms.get(joined.room)?.messages
    return conversation && { join: toHex(joined.id), conversation }
  }
}
