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
  /** By person: when the letters that came so far are handled. */
  readonly #pending = new Map<PersonId, Promise<void>>()

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

  /**
   * Handles a letter once those of the same person that came before are handled: what is bounded is counted after they
   * were kept.
   */
  onLetter(letter: Letter, sender: Sender): Promise<void> {
    const { person } = sender
    const handled = (this.#pending.get(person) ?? Promise.resolve()).then(() => this.#handle(letter, sender))
    const settled = handled
      .catch(() => undefined)
      .then(() => {
        if (this.#pending.get(person) === settled) this.#pending.delete(person)
      })
    this.#pending.set(person, settled)
    return handled
  }

  async #handle(letter: Letter, sender: Sender): Promise<void> {
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
