import type { Acquaintances } from '../contact/acquaintances.ts'
import { ContactRequests } from '../contact/contactRequests.ts'
import type { Contacts } from '../contact/contacts.ts'
import { Introductions } from '../contact/introductions.ts'
import type { RequestBook } from '../contact/requestBook.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { Account } from '../identity/account.ts'
import type { LetterBox } from '../letter/letterBox.ts'
import { Letters } from '../letter/letters.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import type { Store } from '../ports/store.ts'
import { LostRoomList } from '../rooms/lostRoomList.ts'
import { LostRooms } from '../rooms/lostRooms.ts'
import { offerFormat } from '../rooms/offerRecords.ts'
import { Offers } from '../rooms/offers.ts'
import type { People } from '../rooms/people.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Committer } from '../store/committer.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'

export interface CorrespondenceInit {
  readonly store: Store
  readonly vault: Vault
  readonly committer: Committer
  readonly account: () => Account
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly contacts: Contacts
  readonly conversations: Conversations
  readonly rooms: Rooms
  readonly people: People
  readonly acquaintances: Acquaintances
  readonly book: RequestBook
  readonly box: LetterBox
}

/** All that two linked people say to each other by letters. */
export interface Correspondence {
  readonly offers: Offers
  readonly requests: ContactRequests
  readonly introductions: Introductions
  readonly letters: Letters
}

export function createCorrespondence(init: CorrespondenceInit): Correspondence {
  const { store, vault, rooms, contacts, people, clock } = init
  const offers = new Offers({ ...init, table: new RecordTable(store, vault, offerFormat) })
  const requests = new ContactRequests({ ...init, findMember: (person) => people.findMember(person) })
  const introductions = new Introductions({
    ...init,
    onIntroduced: (person) => {
      requests.repeat(person)
    },
  })
  const lostRooms = new LostRooms({ rooms, contacts, list: new LostRoomList(store, vault), clock })
  return { offers, requests, introductions, letters: new Letters({ offers, requests, introductions, lostRooms }) }
}
