import type { PersonId } from '../../shared/ids.ts'
import type { Link } from '../link/link.ts'
import type { Letter } from './letter.ts'
import { encodeLetter } from './letter.ts'

/** Whom a letter came from, and over which link. */
export interface Sender {
  readonly person: PersonId
  readonly link: Link
}

/** Carries letters between linked people. */
export interface LetterBox {
  /** The open links to a person. */
  linksTo(person: PersonId): Iterable<Link>
}

/** Sends a letter to each linked device of a person. False: none is linked, it is to be sent when one is. */
export function sendLetter(box: LetterBox, person: PersonId, letter: Letter): boolean {
  let isSent = false
  for (const link of box.linksTo(person)) {
    sendOver(link, letter)
    isSent = true
  }
  return isSent
}

export function sendOver(link: Link, letter: Letter): void {
  link.send({ type: 'letter', body: encodeLetter(letter) })
}
