import { linesOf } from '../clone/locateLines.ts'
import type { LineRange } from '../clone/locateLines.ts'

/**
 * A snippet as the lines of a file that it stands for: without the line break behind the last, and with the indentation
 * of the first where the selection began behind it.
 */
export function replacementFor(file: readonly string[], { first }: LineRange, text: string): string {
  const [start = '', ...rest] = linesOf(text.replace(/\r?\n$/, ''))
  const indentation = /^\s*/.exec(file[first - 1] ?? '')?.[0] ?? ''
  const isCut = /^\S/.test(start) && rest.every((line) => line.trim() === '' || line.startsWith(indentation))
  return [isCut ? indentation + start : start, ...rest].join('\n')
}

/** A file's text with lines of it replaced. */
export function replaceLines(text: string, range: LineRange, replacement: string): string {
  const lines = linesOf(text)
  return [...lines.slice(0, range.first - 1), replacement, ...lines.slice(range.last)].join('\n')
}
