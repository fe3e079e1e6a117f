import type { TextRange } from '../../shared/search.ts'
import type { Phrase } from './parseSearch.ts'
import type { Word } from './words.ts'
import { splitWords } from './words.ts'

/** The most ranges of one text that are marked. */
export const maxMarked = 64

/** Where a text holds what was looked for: in order, apart, at most `maxMarked`. */
export function highlight(text: string, terms: readonly (readonly Phrase[])[]): readonly TextRange[] {
  const phrases = terms.flat()
  if (phrases.length === 0) return []
  const { words, wholes } = splitWords(text)
  const found = phrases.flatMap((phrase) => [...findIn(words, phrase), ...findIn(wholes, phrase, true)])
  return merged(found).slice(0, maxMarked)
}

/** `apart`: the words do not stand in a row, so that only a single one can be found. */
function* findIn(words: readonly Word[], { words: looked, isPrefix }: Phrase, apart = false): Iterable<TextRange> {
  if (apart && looked.length > 1) return
  const last = looked.length - 1
  for (let start = 0; start + last < words.length; start++) {
    const isHere = looked.every((text, i) => {
      const word = (words[start + i] as Word).text
      return word === text || (isPrefix && i === last && word.startsWith(text))
    })
    if (isHere) yield { from: (words[start] as Word).from, to: (words[start + last] as Word).to }
  }
}

function merged(ranges: readonly TextRange[]): TextRange[] {
  const result: TextRange[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = result.at(-1)
    if (last !== undefined && range.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
    else result.push(range)
  }
  return result
}
