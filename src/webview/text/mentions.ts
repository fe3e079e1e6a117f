import type { PersonId } from '../../shared/ids.ts'
import { maxMentions } from '../../shared/rooms.ts'
import type { RoomMember } from '../../shared/rooms.ts'

/** As much of a member as a mention needs. */
export type Mentionable = Pick<RoomMember, 'person' | 'name' | 'ownName' | 'looksLikeAnother'>

/** A place in a text that names somebody: UTF-16 offsets, the `@` included. Several people where their names are one. */
export interface Mention {
  readonly start: number
  readonly end: number
  readonly people: readonly PersonId[]
}

/** No text is looked at behind this many `@`: nobody mentions so many, and a hostile text must not cost time. */
const maxSigns = 1_000
const keyDigits = 8
const wordCharacter = /[\p{L}\p{N}_]/u

/**
 * What a mention of a member looks like behind its `@`: the name that all others know, and part of the key where the name
 * alone is not enough. What this user calls somebody is nobody else's business.
 */
export function mentionLabel(member: Mentionable): string {
  const { person, looksLikeAnother } = member
  return looksLikeAnother ? `${commonName(member)}#${person.slice(0, keyDigits)}` : commonName(member)
}

const commonName = ({ name, ownName }: Mentionable): string => ownName ?? name

/**
 * The mentions in a plain text, in order: an `@` that does not stand inside a word, and behind it a label or a name,
 * the longest that fits. A name that several bear means all of them.
 */
export function findMentions(text: string, members: readonly Mentionable[]): readonly Mention[] {
  if (members.length === 0 || !text.includes('@')) return []
  const labels = collectLabels(members)
  const mentions: Mention[] = []
  let signs = 0
  for (let at = text.indexOf('@'); at >= 0 && signs < maxSigns; signs++) {
    const found = isInsideWord(text, at) ? undefined : labels.find(({ label }) => standsAt(text, at + 1, label))
    const end = found === undefined ? at + 1 : at + 1 + found.label.length
    if (found !== undefined) mentions.push({ start: at, end, people: found.people })
    at = text.indexOf('@', end)
  }
  return mentions
}

/** Whom a Markdown text mentions outside of its code, each once, as many as a message may. */
export function mentionedIn(source: string, members: readonly Mentionable[]): readonly PersonId[] {
  const withoutCode = source.replace(/```[^]*?(?:```|$)|`[^`\n]*`/g, ' ')
  const people = findMentions(withoutCode, members).flatMap((mention) => mention.people)
  return [...new Set(people)].slice(0, maxMentions)
}

interface Label {
  /** In lower case. */
  readonly label: string
  readonly people: readonly PersonId[]
}

/** The longest first, so that `@Ann Lee` is not taken for `@Ann`. */
function collectLabels(members: readonly Mentionable[]): readonly Label[] {
  const people = new Map<string, PersonId[]>()
  for (const member of members) {
    for (const label of new Set([mentionLabel(member), commonName(member)])) {
      const key = label.toLowerCase()
      people.set(key, [...(people.get(key) ?? []), member.person])
    }
  }
  return [...people]
    .filter(([label]) => label !== '')
    .map(([label, bearers]) => ({ label, people: bearers }))
    .sort((a, b) => b.label.length - a.label.length)
}

function standsAt(text: string, start: number, label: string): boolean {
  const end = start + label.length
  return text.slice(start, end).toLowerCase() === label && !wordCharacter.test(characterAt(text, end))
}

/** Whether the character at `at` follows a letter, a digit or an underscore. */
export const isInsideWord = (text: string, at: number): boolean =>
  wordCharacter.test([...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '')

const characterAt = (text: string, index: number): string => String.fromCodePoint(text.codePointAt(index) ?? 0x20)
