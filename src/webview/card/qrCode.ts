import { html, svg } from 'lit'
import type { TemplateResult } from 'lit'

/** So many light modules stand around a code, as its standard asks for. */
const quietModules = 4

/**
 * A QR code as a picture of one path: dark on light in every theme, since a scanner needs it so. `rows`: texts of `1` and
 * `0`, one for each row of modules.
 */
export function qrCode(rows: readonly string[], label: string): TemplateResult {
  const size = rows.length + 2 * quietModules
  const path = rows.flatMap((row, y) =>
    darkRuns(row).map(([x, width]) => runPath(x + quietModules, y + quietModules, width)),
  )
  return html`<svg class="card-qr" role="img" aria-label=${label} viewBox="0 0 ${size} ${size}">
    ${svg`<rect class="card-qr-light" width=${size} height=${size}></rect>
      <path class="card-qr-dark" d=${path.join('')}></path>`}
  </svg>`
}

/** Where dark modules begin in a row, and how many follow each other. */
function darkRuns(row: string): readonly (readonly [start: number, length: number])[] {
  return [...row.matchAll(/1+/g)].map((run) => [run.index, run[0].length] as const)
}

const runPath = (x: number, y: number, width: number): string =>
  `M${String(x)} ${String(y)}h${String(width)}v1h-${String(width)}z`
