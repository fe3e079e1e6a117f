import { html } from 'lit'
import type { TemplateResult } from 'lit'
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
  const end = offset + piece.length
  const touching = deceptions.filter(({ from, to }) => from < end && to > offset)
  if (touching.length === 0) return piece
  const parts: (string | TemplateResult)[] = []
  let at = offset
  for (const { kind, from, to } of touching) {
    const start = Math.max(from, at)
    parts.push(piece.slice(at - offset, start - offset))
    at = Math.min(to, end)
    const marked = piece.slice(start - offset, at - offset)
    const title = view.t(titles[kind])
    parts.push(
      kind === 'mixed-script' || kind === 'look-alike'
        ? html`<span class="deceptive-name" title=${title}>${marked}</span>`
        : html`<span class="hidden-character" title=${title}>${codePointName(marked)}</span>`,
    )
  }
  return [...parts, piece.slice(at - offset)]
}

const titles = {
  bidi: 'deceptiveBidi',
  invisible: 'deceptiveInvisible',
  control: 'deceptiveControl',
  'mixed-script': 'deceptiveMixed',
  'look-alike': 'deceptiveLike',
} as const
