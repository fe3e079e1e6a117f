import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Hunk, HunkLine } from '../../shared/patch/patch.ts'
import type { Deception } from '../../shared/trojanSource.ts'
import type { CodeToken } from '../../shared/webviewProtocol.ts'
import { renderMarked } from '../code/renderMarked.ts'
import { tokenStyle } from '../code/tokenStyle.ts'
import type { View } from '../view.ts'

const marks = { context: ' ', added: '+', removed: '−' } as const

export interface ShownHunk {
  readonly hunk: Hunk
  /** By which the host knows how to colour it. */
  readonly language: string
  readonly deceptions: readonly Deception[]
  /** Where its lines begin in the text that the deceptions were found in. */
  readonly start: number
  /** The most lines that are shown. */
  readonly maxLines: number
}

/** The lines of a hunk: what is removed and added marked by sign and ground, in the colours of the user's theme. */
export function renderHunk(view: View, { hunk, language, deceptions, start, maxLines }: ShownHunk): TemplateResult {
  const colours = {
    added: coloursOf(view, language, hunk, 'removed'),
    removed: coloursOf(view, language, hunk, 'added'),
  }
  let offset = start
  let [before, after] = [0, 0]
  const lines = hunk.lines.slice(0, maxLines).map((line) => {
    const tokens = line.kind === 'removed' ? colours.removed?.[before] : colours.added?.[after]
    if (line.kind !== 'added') before++
    if (line.kind !== 'removed') after++
    const shown = renderLine(view, line, tokens, offset, deceptions)
    offset += line.text.length + 1
    return shown
  })
  return html`<pre
    class="hunk-lines"
    dir="ltr"
    aria-label=${view.t('patchLine', Math.max(1, hunk.newStart))}
  ><code>${lines}</code></pre>`
}

/** The lines of one side with their colours, once the host has answered. */
function coloursOf(
  view: View,
  language: string,
  { lines }: Hunk,
  other: HunkLine['kind'],
): readonly (readonly CodeToken[])[] | undefined {
  const side = lines.filter(({ kind }) => kind !== other)
  return side.length === 0 ? undefined : view.highlighter.linesOf(language, side.map(({ text }) => text).join('\n'))
}

function renderLine(
  view: View,
  line: HunkLine,
  tokens: readonly CodeToken[] | undefined,
  start: number,
  deceptions: readonly Deception[],
): TemplateResult {
  let offset = start
  const text = (tokens ?? [{ text: line.text }]).map((token) => {
    const marked = renderMarked(view, token.text.replace(/\r$/u, ''), offset, deceptions)
    offset += token.text.length
    return html`<span ${tokenStyle(token)}>${marked}</span>`
  })
  return html`<span class="hunk-line ${line.kind}"
      ><span class="hunk-mark">${marks[line.kind]}</span><span class="hunk-text">${text}</span>${
        line.isUnended === true ? html`<span class="hunk-unended"> ${view.t('patchUnended')}</span>` : nothing
      }</span
    >${'\n'}`
}
