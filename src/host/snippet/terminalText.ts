/** A longer line is no command that somebody reads before running it. */
const maxLineChars = 2_000
const maxLines = 100

/**
 * What of a received script can be put into a terminal without running: one line, with nothing in it that a terminal
 * obeys. A line break would run what stands before it, so several lines are a choice, never a whole.
 */
export type TerminalText =
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  /** It holds characters that a terminal would obey, or is too long. */
  | { readonly kind: 'refused' }
  /** Nothing but comments and white space. */
  | { readonly kind: 'empty' }

export function terminalText(code: string): TerminalText {
  const lines = joinContinued(code.replace(/\r\n?/g, '\n').split('\n'))
    .map((line) => line.replace(/\t/g, ' ').trim().replace(/^\$ +/, ''))
    .filter((line) => line !== '' && !/^(?:#|::|rem\s)/i.test(line))
  if (lines.length === 0) return { kind: 'empty' }
  const isRefused = lines.some((line) => line.length > maxLineChars || /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(line))
  return isRefused || lines.length > maxLines ? { kind: 'refused' } : { kind: 'lines', lines }
}

/** A backslash at the end of a line is a shell's way to write one command in several lines. */
function joinContinued(lines: readonly string[]): readonly string[] {
  const joined: string[] = []
  let open = ''
  for (const line of lines) {
    const isContinued = /(?:^|[^\\])\\$/.test(line)
    open = open === '' ? line : `${open} ${line.trim()}`
    if (isContinued) open = open.slice(0, -1).trimEnd()
    else {
      joined.push(open)
      open = ''
    }
  }
  return open === '' ? joined : [...joined, open]
}
