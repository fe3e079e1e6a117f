/** A file as lines that keep their ends, so that joined again they are the file, byte for byte. */

export interface FileLine {
  /** Without its end; a carriage return that no line feed follows belongs to it. */
  readonly text: string
  /** Nothing only at the end of a file that ends without a line break. */
  readonly end: LineEnd | ''
}

export type LineEnd = '\n' | '\r\n'

/** The lines of a file. An empty file has none. */
export function splitLines(text: string): FileLine[] {
  const lines = text.split('\n').map((line, index, all): FileLine => {
    if (index === all.length - 1) return { text: line, end: '' }
    return line.endsWith('\r') ? { text: line.slice(0, -1), end: '\r\n' } : { text: line, end: '\n' }
  })
  if (lines.at(-1)?.text === '') lines.pop()
  return lines
}

/** The file that these are the lines of. */
export function joinLines(lines: readonly FileLine[]): string {
  return lines.map(({ text, end }) => text + end).join('')
}

/** How most lines of a file end. */
export function usualEnd(lines: readonly FileLine[]): LineEnd {
  const count = (wanted: LineEnd): number => lines.filter(({ end }) => end === wanted).length
  return count('\r\n') > count('\n') ? '\r\n' : '\n'
}
