import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { icon } from '../icon.ts'

/** One sentence about what went wrong, or nothing. */
export function failureLine(sentence: string | undefined): TemplateResult | typeof nothing {
  return sentence === undefined ? nothing : html`<p>${icon('error')} <span>${sentence}</span></p>`
}
