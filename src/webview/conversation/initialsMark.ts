import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { PersonId } from '../../shared/ids.ts'
import { initials } from '../text/initials.ts'

const tones = 6

/** The round sign of a person: initials on a tone that stays the same for that person. */
export function initialsMark(name: string, person: PersonId, own: boolean): TemplateResult {
  const tone = own ? 'own' : String(Number.parseInt(person.slice(0, 6), 16) % tones)
  return html`<span class="mark tone-${tone}" aria-hidden="true">${initials(name)}</span>`
}
