import type { PersonId } from '../../shared/ids.ts'
import { isEqual } from '../codec/bytes.ts'
import { keyedHash } from '../crypto/primitives.ts'
import type { Letter } from '../letter/letter.ts'
import type { Sender } from '../letter/letterBox.ts'
import { sendOver } from '../letter/letterBox.ts'
import type { Contacts } from '../contact/contacts.ts'
import { contactIntroduction } from '../contact/contactIntroduction.ts'
import type { Link } from '../link/link.ts'
import type { Clock } from '../ports/clock.ts'
import type { LostRoomList } from './lostRoomList.ts'
import { readWelcome, writeWelcome } from './roomWelcome.ts'
import type { Rooms } from './rooms.ts'
import { welcomeBackTo } from './welcomeTo.ts'

export interface LostRoomsInit {
  readonly rooms: Rooms
  readonly contacts: Contacts
  readonly list: LostRoomList
  readonly clock: Clock
}

type LostLetter = Extract<Letter, { type: 'lost' | 'regain' }>

/**
 * How a room comes back whose own record, or whose keys, were damaged on this disk. Each contact who is linked is asked
 * for it; one who is in the room, and in whose room log this person is a member, gives back the keys that this person had
 * and where to go on. The room itself comes from its members, as after any damage, and proves itself by its signatures.
 */
export class LostRooms {
  readonly #init: LostRoomsInit
  /** For which rooms somebody was asked on a link that is open. */
  readonly #asked = new WeakMap<Link, readonly Uint8Array[]>()

  constructor(init: LostRoomsInit) {
    this.#init = init
  }

  /** Asks a contact who is linked now. A room is named so that nobody learns of it who does not know it. */
  onLink(person: PersonId, link: Link): void {
    if (this.#init.contacts.get(person) === undefined) return
    const wanted = this.#wanted()
    this.#asked.set(link, wanted)
    for (const room of wanted) sendOver(link, { type: 'lost', token: tokenOf(room, link, link.connection.isInitiator) })
  }

  async onLetter(letter: LostLetter, sender: Sender): Promise<void> {
    if (letter.type === 'lost') this.#onLost(letter.token, sender)
    else await this.#onRegain(letter.welcome, sender)
  }

  #onLost(token: Uint8Array, { person, link }: Sender): void {
    const byInitiator = !link.connection.isInitiator
    for (const room of this.#init.rooms.all) {
      if (!isEqual(tokenOf(room.id, link, byInitiator), token)) continue
      const welcome = welcomeBackTo(room, person)
      if (welcome !== undefined) sendOver(link, { type: 'regain', welcome: writeWelcome(welcome) })
      return
    }
  }

  async #onRegain(bytes: Uint8Array, { person, link }: Sender): Promise<void> {
    const { contacts, rooms, list, clock } = this.#init
    const welcome = readWelcome(bytes)
    const helper = contactIntroduction(contacts.get(person), link.peer.device, clock.now())
    // Nobody is put into a room that was not asked for, and that once.
    const asked = this.#asked.get(link) ?? []
    if (welcome === undefined || helper === undefined || !asked.some((room) => isEqual(room, welcome.room))) return
    this.#asked.set(
      link,
      asked.filter((room) => !isEqual(room, welcome.room)),
    )
    await rooms.regain(welcome, helper, () => {
      list.remove(welcome.room)
    })
  }

  /** Rooms that are not here any more, and those of which something may be missing. */
  #wanted(): Uint8Array[] {
    const { rooms, list } = this.#init
    const gone = list.rooms.filter((room) => rooms.get(room) === undefined)
    return [...gone, ...[...rooms.all].filter(({ record }) => record.isTorn).map(({ id }) => id)]
  }
}

/** Names a room to whoever knows it, on one connection and in one direction. */
function tokenOf(room: Uint8Array, { connection }: Link, byInitiator: boolean): Uint8Array {
  const role = new Uint8Array([byInitiator ? 0 : 1])
  return keyedHash(room, 'tincan lost room', connection.handshakeHash, role)
}
