import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { mapSpans } from '../../shared/mapSpans.ts'
import { codePointName } from '../../shared/trojanSource.ts'
import type { Deception } from '../../shared/trojanSource.ts'
import type { View } from '../view.ts'

/**
 * A piece of received code with what is deceptive in it shown for what it is: hidden characters by their code points,
 * names of mixed alphabets marked. `deceptions` are those of the whole code, in which the piece begins at `offset`.
 */
export function renderMarked(
  view: View,
  piece: string,
  offset: number,
  deceptions: readonly Deception[],
): string | readonly (string | TemplateResult)[] {
  const touching = between(deceptions, offset, offset + piece.length)
  if (touching.length === 0) return piece
  const here = touching.map(({ kind, from, to }) => ({ kind, from: from - offset, to: to - offset }))
  return mapSpans(piece, here, (marked, { kind }) => {
    const title = view.t(titles[kind])
    return kind === 'mixed-script' || kind === 'look-alike'
      ? html`<span class="deceptive-name" title=${title}>${marked}</span>`
      : html`<span class="hidden-character" title=${title}>${codePointName(marked)}</span>`
  })
}

/** Those that touch a stretch of the text. They are in order, and looked up without going through all. */
function between(deceptions: readonly Deception[], from: number, to: number): readonly Deception[] {
  let [low, high] = [0, deceptions.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((deceptions[middle]?.to ?? 0) > from) high = middle
    else low = middle + 1
  }
  let end = low
  while ((deceptions[end]?.from ?? to) < to) end += 1
  return deceptions.slice(low, end)
}

const titles = {
  bidi: 'deceptiveBidi',
  invisible: 'deceptiveInvisible',
  control: 'deceptiveControl',
  'mixed-script': 'deceptiveMixed',
  'look-alike': 'deceptiveLike',
} as const
