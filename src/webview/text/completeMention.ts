import type { RoomMember } from '../../shared/rooms.ts'
import { isInsideWord, mentionLabel } from './mentions.ts'

/** The most members offered at once. */
const maxOffered = 8
/** The longest name has 64 bytes: what is longer behind an `@` is no name being typed. */
const maxQueryLength = 64

/** What is being typed behind an `@`, and who it may become. */
export interface MentionCompletion {
  /** Where the `@` is, and where what is typed of the name ends: UTF-16 offsets. */
  readonly start: number
  readonly end: number
  /** Never empty; the likeliest first. */
  readonly members: readonly RoomMember[]
}

/** What may be completed at the caret; `undefined` where no name of a member is being typed. Oneself is never offered. */
export function completionAt(
  text: string,
  caret: number,
  members: readonly RoomMember[],
): MentionCompletion | undefined {
  const start = text.slice(0, caret).lastIndexOf('@')
  if (start < 0 || caret - start > maxQueryLength || isInsideWord(text, start)) return undefined
  const query = text.slice(start + 1, caret)
  if (/\n|^\s/.test(query)) return undefined
  const matches = members
    .filter((member) => !member.isSelf)
    .map((member) => ({ member, rank: rankOf(mentionLabel(member), query) ?? rankOf(member.name, query) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || Number(b.member.online) - Number(a.member.online) || byName(a, b))
  // A name that stands there whole is finished: Enter sends then.
  const isFinished = matches.length === 1 && matches.some(({ member }) => mentionLabel(member) === query)
  if (matches.length === 0 || isFinished) return undefined
  return { start, end: caret, members: matches.slice(0, maxOffered).map(({ member }) => member) }
}

/** The text with the mention of a member in place of what was typed of it, and where the caret belongs then. */
export function completeMention(
  text: string,
  { start, end }: MentionCompletion,
  member: RoomMember,
): { readonly text: string; readonly caret: number } {
  const rest = text.slice(end)
  const inserted = `@${mentionLabel(member)}${/^\s/.test(rest) ? '' : ' '}`
  return { text: text.slice(0, start) + inserted + rest, caret: start + inserted.length }
}

/** How well a label fits: its beginning, the beginning of one of its words, somewhere inside, not at all. */
function rankOf(label: string, query: string): number | undefined {
  const folded = fold(label)
  const wanted = fold(query)
  if (folded.startsWith(wanted)) return 0
  if (folded.split(/[\s#_.-]+/).some((word) => word.startsWith(wanted))) return 1
  return folded.includes(wanted) ? 2 : undefined
}

/** Without case and accents: `@jo` finds José and JO. */
const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const byName = (a: { readonly member: RoomMember }, b: { readonly member: RoomMember }): number =>
  a.member.name.localeCompare(b.member.name) || (a.member.person < b.member.person ? -1 : 1)
