/** A word of a text, and where it stands there (UTF-16 units). */
export interface Word {
  /** Folded: two words are the same exactly when these are. */
  readonly text: string
  readonly from: number
  readonly to: number
}

/** The most UTF-16 units of a folded word; of longer ones (encoded data, keys) only the beginning can be searched for. */
export const maxWordLength = 64

const chunk = /[\p{L}\p{N}\p{M}]+/gu
/** Scripts that set no spaces between words: each of their characters is a word, and a search for several a phrase. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const unspacedCharacter = new RegExp(`${unspaced.source}\\p{M}*`, 'gu')
/** Where one word of an identifier ends and the next begins: `getUser`, `HTTPServer`. */
const hump = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u
const isAscii = /^[\0-\x7f]*$/

/** Letters that Unicode does not take apart, and what they are looked for as. */
const spelled: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th' }
const spelledLetters = new RegExp(`[${Object.keys(spelled).join('')}]`, 'g')

/**
 * The words of a text, in order. Case, accents, width and ligatures make no difference. A compound identifier
 * (`getUserName`, `user_name`) is several words in a row; `wholes` has those that only capitals part once more, as one.
 */
export function splitWords(text: string): { readonly words: readonly Word[]; readonly wholes: readonly Word[] } {
  const words: Word[] = []
  const wholes: Word[] = []
  for (const { 0: found, index } of text.matchAll(chunk)) {
    if (!isAscii.test(found) && unspaced.test(found)) {
      splitUnspaced(found, index, words)
      continue
    }
    const parts = found.split(hump)
    let from = index
    for (const part of parts) {
      add(words, part, from)
      from += part.length
    }
    if (parts.length > 1) add(wholes, found, index)
  }
  return { words, wholes }
}

function splitUnspaced(found: string, at: number, words: Word[]): void {
  let last = 0
  for (const { 0: character, index } of found.matchAll(unspacedCharacter)) {
    add(words, found.slice(last, index), at + last)
    add(words, character, at + index)
    last = index + character.length
  }
  add(words, found.slice(last), at + last)
}

function add(words: Word[], piece: string, from: number): void {
  const text = fold(piece)
  if (text !== '') words.push({ text, from, to: from + piece.length })
}

/** A word without case, accents, width and ligatures, at most `maxWordLength` long: letters, digits and marks alone. */
function fold(piece: string): string {
  if (isAscii.test(piece)) return piece.slice(0, maxWordLength).toLowerCase()
  return piece
    .slice(0, 2 * maxWordLength)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(spelledLetters, (letter) => spelled[letter] ?? letter)
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '')
    .slice(0, maxWordLength)
    .replace(/[\ud800-\udbff]$/, '')
}
