import type { PersonId } from '../../shared/ids.ts'
import { assertNever } from '../../shared/assertNever.ts'
import type { ContactRequests } from '../contact/contactRequests.ts'
import type { Introductions } from '../contact/introductions.ts'
import type { Link } from '../link/link.ts'
import type { LostRooms } from '../rooms/lostRooms.ts'
import type { Offers } from '../rooms/offers.ts'
import type { Letter } from './letter.ts'
import type { Sender } from './letterBox.ts'

export interface LettersInit {
  readonly offers: Offers
  readonly requests: ContactRequests
  readonly introductions: Introductions
  readonly lostRooms: LostRooms
}

/** Brings each letter to whom it is for. */
export class Letters {
  readonly #init: LettersInit

  constructor(init: LettersInit) {
    this.#init = init
  }

  /** Says again to somebody who is linked now what it may not have heard. */
  onLink(person: PersonId, link: Link): void {
    const { offers, requests, introductions, lostRooms } = this.#init
    lostRooms.onLink(person, link)
    offers.onLink(person, link)
    requests.onLink(person, link)
    introductions.onLink(person, link)
  }

  async onLetter(letter: Letter, sender: Sender): Promise<void> {
    const { offers, requests, introductions, lostRooms } = this.#init
    switch (letter.type) {
      case 'offer':
      case 'withdraw':
      case 'answer':
      case 'welcome':
        return offers.onLetter(letter, sender)
      case 'ask':
      case 'reply':
        return requests.onLetter(letter, sender)
      case 'introduce':
      case 'consent':
      case 'introduced':
        return introductions.onLetter(letter, sender)
      case 'lost':
      case 'regain':
        return lostRooms.onLetter(letter, sender)
      default:
        return assertNever(letter)
    }
  }
}
