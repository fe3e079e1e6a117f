/**
 * Characters that make code read as something it is not: those that reorder or hide text, and letters of one script
 * that stand for look-alikes of another (CVE-2021-42574 and CVE-2021-42694). Emoji, combining marks, and what scripts
 * need to be written are none: joiners of Arabic and Indic ones, marks of direction beside letters that run from right
 * to left, and the breaks between words of scripts without spaces.
 */
import { rightToLeftLetter } from './rightToLeftLetter.ts'

/**
 * - `bidi`: turns the direction of what follows
 * - `invisible`: takes no room, so that two texts look the same
 * - `control`: a control character other than tab, line breaks and form feed
 * - `mixed-script`: a name of Latin letters with look-alikes of other scripts among them
 * - `look-alike`: a name wholly of such letters, beside the Latin name that it looks like
 */
export type DeceptionKind = 'bidi' | 'invisible' | 'control' | 'mixed-script' | 'look-alike'

export interface Deception {
  readonly kind: DeceptionKind
  /** UTF-16 offsets, `to` behind the last unit. */
  readonly from: number
  readonly to: number
}

const suspect =
  /[\u202a-\u202e\u2066-\u2069]|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]|[\0-\u0008\u000b\u000e-\u001f\u007f-\u009f]/gu
const isBidi = /[\u202a-\u202e\u2066-\u2069]/u
const isControl = /\p{Cc}/u
const joiner = /[\u200c\u200d]/u
/** What a joiner may follow: an emoji, or a letter of a script that joins. */
const joins =
  /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\p{M}|(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{L})$/u
/** Says which way to read what is beside it, and may stand beside a letter that runs from right to left. */
const mark = /[\u061c\u200e\u200f]/u
const behindRightToLeft = new RegExp(`${rightToLeftLetter}[\\p{P}\\p{Zs}]*$`, 'u')
const beforeRightToLeft = new RegExp(`^[\\p{P}\\p{Zs}]*${rightToLeftLetter}`, 'u')
/** A place where a line may break, and a script that has no other between its words. */
const wordBreak = /[\u180e\u200b]/u
const withoutSpaces =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Mongolian}]$/u
const identifier = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu
const latin = /\p{Script=Latin}/u
const notLatin = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u
/** A Russian ending behind a Latin word, as in `URLы`; behind an acronym, or where what is beside it is Russian as well. */
const inflected = /^(?:\p{Script=Latin}{2,})(?:(?!\p{Lu})\p{Script=Cyrillic}){1,4}$/u
const inflectedAcronym = /^(?:(?=\p{Lu})\p{Script=Latin})+(?:(?!\p{Lu})\p{Script=Cyrillic})+$/u
const cyrillicBefore = /(?:^|\P{L})\p{Script=Cyrillic}+ $/u
const cyrillicAfter = /^ \p{Script=Cyrillic}+(?:\P{L}|$)/u
/** As much of what stands beside a name is looked at. */
const besideLength = 40
/** As much punctuation may stand between a mark of direction and the letter that it is about. */
const nearLength = 8

/** Latin letters by letters of other scripts that no eye tells from them. */
const lookAlikes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['аᎪ', 'a'], ['АΑ', 'A'], ['ВΒᏴ', 'B'], ['сϲ', 'c'], ['СϹᏟ', 'C'], ['ԁ', 'd'], ['Ꭰ', 'D'], ['е', 'e'], ['ЕΕᎬ', 'E'],
    ['ɡց', 'g'], ['һհ', 'h'], ['НΗᎻ', 'H'], ['іι', 'i'], ['ІΙ', 'I'], ['јϳ', 'j'], ['ЈᎫ', 'J'], ['КΚᏦ', 'K'], ['ӏ', 'l'],
    ['Ꮮ', 'L'], ['МΜᎷ', 'M'], ['ո', 'n'], ['Ν', 'N'], ['оοօ', 'o'], ['ОΟՕ', 'O'], ['рρ', 'p'], ['РΡᏢ', 'P'], ['ԛզ', 'q'],
    ['ѕ', 's'], ['ЅՏᏚ', 'S'], ['ТΤᎢ', 'T'], ['սυ', 'u'], ['Ս', 'U'], ['ѵν', 'v'], ['ᏙѴ', 'V'], ['ԝա', 'w'], ['ᎳԜ', 'W'],
    ['хχ', 'x'], ['ХΧ', 'X'], ['у', 'y'], ['УΥ', 'Y'], ['ΖᏃ', 'Z'],
  ].flatMap(([letters = '', like = '']) => [...letters].map((letter) => [letter, like])),
) // prettier-ignore

/** As many places are told one by one: more would be a burden of their own, and change nothing about the text. */
export const maxDeceptions = 2_000

/** What is deceptive in code or in the name of a file, in order of place: the first `maxDeceptions` of it. */
export function findDeceptions(text: string): readonly Deception[] {
  // Nearly all code is ASCII without control characters.
  if (/^[\t\n\r -~]*$/.test(text)) return []
  const characters = findCharacters(text)
  // A name with a hidden character in it is marked at that character.
  let next = 0
  const names = findNames(text).filter(({ from, to }) => {
    while ((characters[next]?.to ?? Number.POSITIVE_INFINITY) <= from) next += 1
    return (characters[next]?.from ?? Number.POSITIVE_INFINITY) >= to
  })
  return [...characters, ...names].sort((a, b) => a.from - b.from).slice(0, maxDeceptions)
}

function findCharacters(text: string): Deception[] {
  const found: Deception[] = []
  for (const { 0: character, index: from } of text.matchAll(suspect)) {
    const kind = kindOf(character, text, from)
    if (kind !== undefined) found.push({ kind, from, to: from + character.length })
  }
  return found
}

/** What a suspect character is, or `undefined` where it belongs. */
function kindOf(character: string, text: string, at: number): DeceptionKind | undefined {
  if (isBidi.test(character)) return 'bidi'
  if (isControl.test(character)) return 'control'
  // Four units before it are enough to see one character and its modifier.
  if (joiner.test(character) && joins.test(text.slice(Math.max(0, at - 4), at))) return undefined
  if (mark.test(character) && isBesideRightToLeft(text, at)) return undefined
  if (wordBreak.test(character) && withoutSpaces.test(text.slice(Math.max(0, at - 1), at))) return undefined
  // A mark of byte order at the very beginning is customary.
  if (character === '\ufeff' && at === 0) return undefined
  return isFlagTag(text, at) ? undefined : 'invisible'
}

/** Whether the nearest letter on either side runs from right to left, with nothing but punctuation in between. */
function isBesideRightToLeft(text: string, at: number): boolean {
  return (
    behindRightToLeft.test(text.slice(Math.max(0, at - nearLength), at)) ||
    beforeRightToLeft.test(text.slice(at + 1, at + 1 + nearLength))
  )
}

/** Tag characters belong to the flags of regions: behind a black flag, up to the cancel tag. */
function isFlagTag(text: string, at: number): boolean {
  return /\u{1f3f4}[\u{e0020}-\u{e007f}]*$/u.test(text.slice(Math.max(0, at - 14), at))
}

function findNames(text: string): Deception[] {
  const names = [...text.matchAll(identifier)].map(({ 0: name, index: from }) => ({
    name,
    from,
    to: from + name.length,
  }))
  const latinNames = new Set(names.map(({ name }) => name).filter((name) => !notLatin.test(name)))
  const found: Deception[] = []
  for (const { name, from, to } of names) {
    if (!notLatin.test(name) || ![...name].some((letter) => letter in lookAlikes)) continue
    if (!latin.test(name)) {
      if (latinNames.has(skeletonOf(name))) found.push({ kind: 'look-alike', from, to })
    } else if (name.split(/[_\d]+/).some(imitates) && !isInflected(name, text, from, to)) {
      found.push({ kind: 'mixed-script', from, to })
    }
  }
  return found
}

const skeletonOf = (name: string): string => [...name].map((letter) => lookAlikes[letter] ?? letter).join('')

/**
 * Whether letters of another script in a part of a name all pass for Latin ones, as those of an imitation do. Two words
 * of two alphabets side by side (`userИмя`) are none.
 */
function imitates(part: string): boolean {
  const others = part.match(/[^\p{Script=Latin}]+/gu) ?? []
  return others.length > 1 || others.some((run) => [...run].every((letter) => letter in lookAlikes))
}

function isInflected(name: string, text: string, from: number, to: number): boolean {
  if (inflectedAcronym.test(name)) return true
  if (!inflected.test(name)) return false
  const before = text.slice(Math.max(0, from - besideLength), from)
  return cyrillicBefore.test(before) || cyrillicAfter.test(text.slice(to, to + besideLength))
}

/** The Latin letter that no eye tells a letter of another script from; `undefined` where there is none. */
export function latinLookOf(letter: string): string | undefined {
  return Object.hasOwn(lookAlikes, letter) ? lookAlikes[letter] : undefined
}

/** The name of a character as it is written in code charts: `U+202E`. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
