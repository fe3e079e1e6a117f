import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Deception } from '../../shared/trojanSource.ts'
import type { View } from '../view.ts'
import { renderMarked } from './renderMarked.ts'
import { tokenStyle } from './tokenStyle.ts'

export interface CodeText {
  readonly language: string
  /** With `\n` for line breaks. */
  readonly text: string
  readonly deceptions: readonly Deception[]
}

/** The lines of a code, plain at first and coloured once the host has answered. `maxLines` folds the rest. */
export function renderCodeLines(
  view: View,
  { language, text, deceptions }: CodeText,
  maxLines: number,
): readonly TemplateResult[] {
  const coloured = view.highlighter.linesOf(language, text)
  if (coloured === undefined) {
    const lines = text.split('\n')
    const shown = lines.length > maxLines ? lines.slice(0, maxLines) : lines
    return [html`${renderMarked(view, shown.join('\n'), 0, deceptions)}`]
  }
  let offset = 0
  return coloured.slice(0, maxLines).map((line, index) => {
    if (index > 0) offset++
    const tokens = line.map((token) => {
      const marked = renderMarked(view, token.text, offset, deceptions)
      offset += token.text.length
      return html`<span ${tokenStyle(token)}>${marked}</span>`
    })
    return html`${index > 0 ? '\n' : ''}${tokens}`
  })
}
