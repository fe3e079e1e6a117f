import type { PersonId } from '../../shared/ids.ts'
import type { Message, MessageBody } from '../../shared/service.ts'
import { plainTime } from './plainTime.ts'

/** Who somebody is in an export. */
export type NameOf = (person: PersonId) => string

/** What stands above the messages. */
export function markdownHead(title: string, members: readonly string[], at: number): string {
  const { day, time } = plainTime(at)
  return `# ${inline(title)}\n\nWith ${members.map(inline).join(', ')}. Exported from Tincan at ${day} ${time}; all times are UTC.\n`
}

/** One message, and its day above it where that is another than `lastDay`. */
export function markdownMessage(
  message: Message,
  nameOf: NameOf,
  lastDay: string | undefined,
): { text: string; day: string } {
  const { day, time } = plainTime(message.sentAt)
  const { author, state, sentAtDoubtful } = message
  const notes = [
    ...(sentAtDoubtful ? ['time in doubt'] : []),
    ...(state === 'received' || state === 'delivered' ? [] : [state]),
  ]
  const note = notes.length === 0 ? '' : ` (${notes.join(', ')})`
  const head = day === lastDay ? '' : `\n## ${day}\n`
  return { text: `${head}\n**${inline(nameOf(author))}** ${time}${note}\n\n${bodyText(message.body, nameOf)}\n`, day }
}

function bodyText(body: MessageBody, nameOf: NameOf): string {
  switch (body.kind) {
    case 'text':
      return quoted(body.text)
    case 'snippet': {
      const { path, lines, language, text, git } = body
      const where = [
        ...(path === undefined ? [] : [path]),
        ...(lines ? [`lines ${lines.first}–${lines.last}`] : []),
        ...(git?.commit ? [git.commit] : []),
      ]
      return `${where.length === 0 ? '' : `${inline(where.join(', '))}\n\n`}${fenced(text, language)}`
    }
    case 'patch':
      return `${body.title === undefined ? '' : `${inline(body.title)}\n\n`}${fenced(body.text, 'diff')}`
    case 'file':
      return `*file: ${inline(body.name)}, ${body.size} bytes*`
    case 'notice':
      return `*${body.notice}: ${inline(nameOf(body.person))}*`
    case 'room':
      return `*${roomLine(body, nameOf)}*`
    case 'unreadable':
      return `*unreadable: ${body.why}*`
  }
}

function roomLine(body: Extract<MessageBody, { kind: 'room' }>, nameOf: NameOf): string {
  const about = ((): readonly string[] => {
    if (body.change === 'left' && body.owner !== undefined) return [nameOf(body.person), 'owner', nameOf(body.owner)]
    if ('person' in body) return [nameOf(body.person)]
    if ('title' in body) return [body.title]
    if ('topic' in body) return [body.topic]
    return 'lifetimeMs' in body ? [`${String(body.lifetimeMs / 1000)} s`] : []
  })()
  return [body.change, ...about.map(inline)].join(': ')
}

/** Markdown of somebody else as a quotation, so that its headings and rules stay inside. */
const quoted = (text: string): string =>
  text
    .split(/\r\n|\n|\r/)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')

/** Code in a fence that is longer than any in it. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text.endsWith('\n') ? text : `${text}\n`}${fence}`
}

/** A name or a title in one line, with what Markdown would read in it taken as it stands. */
const inline = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\\`*_[\]<>#|~]/g, '\\$&')
    .trim()
