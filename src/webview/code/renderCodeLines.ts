import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { View } from '../view.ts'
import { tokenStyle } from './tokenStyle.ts'

/** The lines of a code, plain at first and coloured once the host has answered. `maxLines` folds the rest. */
export function renderCodeLines(
  view: View,
  language: string,
  text: string,
  maxLines: number,
): readonly TemplateResult[] {
  const coloured = view.highlighter.linesOf(language, text)
  if (coloured === undefined) {
    const lines = text.split('\n')
    const shown = lines.length > maxLines ? lines.slice(0, maxLines) : lines
    return [html`${shown.join('\n')}`]
  }
  return coloured
    .slice(0, maxLines)
    .map(
      (line, index) =>
        html`${index > 0 ? '\n' : ''}${line.map((token) => html`<span ${tokenStyle(token)}>${token.text}</span>`)}`,
    )
}
