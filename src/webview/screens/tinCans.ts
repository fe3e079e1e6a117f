import { svg } from 'lit'
import type { SVGTemplateResult } from 'lit'
import { html } from 'lit'
import type { TemplateResult } from 'lit'

/** Two tin cans and one string. */
export function tinCans(): TemplateResult {
  return html`<svg class="tin-cans" viewBox="0 0 240 96" fill="none" aria-hidden="true" focusable="false">
    <path class="string" d="M58 47 C 92 84, 148 84, 182 47" />
    ${can('translate(34 44) rotate(-8)')} ${can('translate(206 44) scale(-1 1) rotate(-8)')}
  </svg>`
}

/** A can that opens to the left; the string leaves its bottom on the right. */
const can = (transform: string): SVGTemplateResult =>
  svg`<g class="can" transform=${transform}>
    <path class="tin" d="M-20 -24 L18 -20 Q24 0 18 20 L-20 24 Z" />
    <path d="M-20 -24 L18 -20 Q24 0 18 20 L-20 24" />
    <path class="ridge" d="M-7 -22.5 Q-2 0 -7 22.5 M4 -21.3 Q9 0 4 21.3" />
    <ellipse class="mouth" cx="-20" cy="0" rx="7" ry="24" />
    <circle class="knot" cx="21.5" cy="0" r="2.5" />
  </g>`
