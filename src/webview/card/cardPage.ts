import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { assertNever } from '../../shared/assertNever.ts'
import type { Card, CardAction, CardPart, CardSection } from '../../shared/card.ts'
import { holdFocus } from '../holdFocus.ts'
import { icon } from '../icon.ts'
import { LightElement } from '../lightElement.ts'
import { qrCode } from './qrCode.ts'

/** A page of few things, as the host says them. */
export class CardPage extends LightElement {
  static override readonly properties = { card: { state: true }, onAct: { attribute: false } }
  declare card: Card | undefined
  declare onAct: (action: string) => void
  #holdFocus: (() => void) | undefined

  protected override willUpdate(): void {
    this.#holdFocus = holdFocus(this, '.card-actions')
  }

  protected override updated(): void {
    this.#holdFocus?.()
  }

  protected override render(): TemplateResult {
    const { card } = this
    if (card === undefined) return html``
    return html`<main class="card-page">
      <h1 title=${card.hint ?? card.title}>${card.title}</h1>
      ${card.sections.map((section) => this.#section(section))}
    </main>`
  }

  #section({ heading, parts }: CardSection): TemplateResult {
    return html`<section class="card-section">
      ${heading === undefined ? nothing : html`<h2>${heading}</h2>`} ${parts.map((part) => this.#part(part))}
    </section>`
  }

  #part(part: CardPart): TemplateResult {
    switch (part.kind) {
      case 'text':
        return html`<p>${part.text}</p>`
      case 'status':
        return html`<p class="card-status ${part.tone}" role="status">${icon(part.icon)}<span>${part.text}</span></p>`
      case 'digits':
        return html`<div class="card-digits" role="group" aria-label=${part.label} dir="ltr">
          ${part.groups.map((group) => html`<span>${group}</span>`)}
        </div>`
      case 'qr':
        return qrCode(part.rows, part.label)
      case 'emoji':
        return html`<ul class="card-emoji" aria-label=${part.label}>
          ${part.emoji.map(
            ({ sign, name }) => html`<li><span aria-hidden="true">${sign}</span><span>${name}</span></li>`,
          )}
        </ul>`
      case 'quote':
        return html`<div
          class="card-quote"
          role="group"
          aria-label=${part.label}
          tabindex="0"
          dir="auto"
          .textContent=${part.text}
        ></div>`
      case 'actions':
        // Each is an element of its own: a key that is held presses nothing that comes in the place of what it pressed.
        return html`<div class="card-actions" tabindex="-1">
          ${repeat(
            part.actions,
            ({ id }) => id,
            (action) => this.#button(action),
          )}
        </div>`
      default:
        return assertNever(part)
    }
  }

  #button({ id, label, icon: sign, primary, disabled }: CardAction): TemplateResult {
    return html`<button
      type="button"
      class=${primary === true ? 'primary' : 'secondary'}
      ?disabled=${disabled === true}
      @click=${({ detail }: MouseEvent) => {
        // Nor does the second half of a double click.
        if (detail <= 1) this.onAct(id)
      }}
    >
      ${icon(sign)}<span>${label}</span>
    </button>`
  }
}

customElements.define('tincan-card', CardPage)
