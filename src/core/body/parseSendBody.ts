import { parsePersonId, type PersonId } from '../../shared/ids.ts'
import { maxMentions } from '../../shared/rooms.ts'
import { maxTextBytes, type SendBody, type SnippetBody, type TextBody } from '../../shared/service.ts'
import { encodeUtf8, isWellFormed } from '../codec/utf8.ts'
import { isGitCommit, isGitRemote, isLanguage, isLine, isWorkspacePath } from './snippetFields.ts'

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What somebody wants to send, from untrusted parameters: a fresh object that holds the known fields only.
 *
 * Answers `'too-long'` when the text is over `maxTextBytes` of UTF-8, and `undefined` when anything else is wrong: an
 * unknown kind, a field of the wrong type or out of its bounds, text that is blank or is not well-formed Unicode.
 */
export function parseSendBody(value: unknown): SendBody | 'too-long' | undefined {
  if (!isFields(value)) return undefined
  const text = value['text']
  if (typeof text !== 'string') return undefined
  if (isTooLong(text)) return 'too-long'
  if (!isWellFormed(text) || text.trim() === '') return undefined
  switch (value['kind']) {
    case 'text':
      return parseMentions(value, text)
    case 'snippet':
      return parseSnippet(value, text)
    default:
      return undefined
  }
}

function parseMentions({ mentions }: Fields, text: string): TextBody | undefined {
  if (mentions === undefined) return { kind: 'text', text }
  if (!Array.isArray(mentions) || mentions.length > maxMentions) return undefined
  const people = mentions.map(parsePersonId)
  if (people.includes(undefined) || new Set(people).size < people.length) return undefined
  // Mentioning nobody is the same as mentioning not at all.
  return people.length === 0 ? { kind: 'text', text } : { kind: 'text', text, mentions: people as PersonId[] }
}

function isTooLong(text: string): boolean {
  // UTF-8 takes one to three bytes for each UTF-16 unit, so most texts need no encoding to know.
  if (text.length > maxTextBytes) return true
  return text.length * 3 > maxTextBytes && encodeUtf8(text).length > maxTextBytes
}

function parseSnippet(value: Fields, text: string): SnippetBody | undefined {
  const { language, path, lines, git } = value
  if (!isLanguage(language)) return undefined
  if (path !== undefined && !isWorkspacePath(path)) return undefined
  const range = lines === undefined ? undefined : parseLines(lines)
  if (lines !== undefined && range === undefined) return undefined
  const origin = git === undefined ? undefined : parseGit(git)
  if (git !== undefined && origin === undefined) return undefined
  return {
    kind: 'snippet',
    language,
    text,
    ...(path === undefined ? {} : { path }),
    ...(range === undefined ? {} : { lines: range }),
    // A git origin that says nothing is the same as none.
    ...(origin?.remote === undefined && origin?.commit === undefined ? {} : { git: origin }),
  }
}

function parseLines(value: unknown): SnippetBody['lines'] {
  if (!isFields(value)) return undefined
  const { first, last } = value
  return isLine(first) && isLine(last) && first <= last ? { first, last } : undefined
}

function parseGit(value: unknown): SnippetBody['git'] {
  if (!isFields(value)) return undefined
  const { remote, commit } = value
  if (remote !== undefined && !isGitRemote(remote)) return undefined
  if (commit !== undefined && !isGitCommit(commit)) return undefined
  return { ...(remote === undefined ? {} : { remote }), ...(commit === undefined ? {} : { commit }) }
}
