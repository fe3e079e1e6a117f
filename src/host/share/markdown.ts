/** A text as Markdown shows it in the letters of code, on one line. Empty for an empty text. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line === '') return ''
  const ticks = '`'.repeat(longestTicks(line) + 1)
  const padding = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${ticks}${padding}${line}${padding}${ticks}`
}

/** What a block of code that holds this text begins and ends with. */
export const fenceFor = (text: string): string => '`'.repeat(Math.max(3, longestTicks(text) + 1))

const longestTicks = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0)
