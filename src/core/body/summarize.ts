import type { MessageBody, SnippetBody } from '../../shared/service.ts'
import { showHidden, shownName } from '../../shared/shownName.ts'

/** The most UTF-16 units of a summary. */
export const maxSummaryLength = 120
/** As much of a text as is looked at: far more than a summary shows, far less than the largest text. */
const maxLookedAt = 2048

/**
 * One line of at most `maxSummaryLength` for a list of conversations: the text with its white space collapsed; for a
 * snippet its file name and lines first, for a patch its title, for a file its name, and what hides in any of them as
 * code points. Empty for notices, lines about a room, and unreadable bodies, which a user interface words itself.
 */
export function summarize(body: MessageBody): string {
  switch (body.kind) {
    case 'text':
      return shorten(oneLine(body.text))
    case 'snippet':
      return shorten([oneLine(origin(body)), oneLine(body.text)].filter((part) => part !== '').join(' · '))
    case 'patch':
      return shorten(oneLine(body.title ?? body.text))
    case 'file':
      return shorten(oneLine(shownName(body.name)))
    case 'notice':
    case 'room':
    case 'unreadable':
      return ''
  }
}

function origin({ path, lines }: SnippetBody): string {
  if (path === undefined) return ''
  const file = shownName(path.slice(path.lastIndexOf('/') + 1))
  if (lines === undefined) return file
  return `${file}:${lines.first}${lines.first === lines.last ? '' : `–${lines.last}`}`
}

/** The beginning of a text without line breaks, and with what would hide there or reorder a list spelled out. */
function oneLine(text: string): string {
  return showHidden(cut(text.trimStart(), maxLookedAt)).replace(/\s+/gu, ' ').trim()
}

function shorten(line: string): string {
  return line.length <= maxSummaryLength ? line : `${cut(line, maxSummaryLength - 1).trimEnd()}…`
}

/** At most `length` units from the start, never half of a surrogate pair. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}
