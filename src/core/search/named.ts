import { nameSkeleton } from '../../shared/nameSkeleton.ts'
import { splitWords } from './words.ts'

/** The fewest hex digits that name a key. */
const minKeyDigits = 8

/**
 * Whoever of those named is meant: by the words of the name, each a beginning, or by the beginning of the id. A name that
 * only looks like what was typed counts where nobody has the very letters, so that an imitation never mixes with the original.
 */
export function named<Id extends string>(
  typed: string,
  all: Iterable<{ readonly id: Id; readonly name: string }>,
): readonly Id[] {
  const named = [...all]
  const byId = new RegExp(`^[0-9a-f]{${minKeyDigits},}$`, 'i').test(typed)
    ? named.filter(({ id }) => id.startsWith(typed.toLowerCase()))
    : []
  if (byId.length > 0) return byId.map(({ id }) => id)
  const looked = splitWords(typed).words.map(({ text }) => text)
  const literal = named.filter(({ name }) => {
    const words = splitWords(name).words.map(({ text }) => text)
    return looked.length > 0 && looked.every((text) => words.some((word) => word.startsWith(text)))
  })
  const found = literal.length > 0 ? literal : named.filter(({ name }) => nameSkeleton(name) === nameSkeleton(typed))
  return [...new Set(found.map(({ id }) => id))]
}

/** Whether what was typed after `from:` means oneself. */
export const isSelf = (typed: string): boolean => typed.toLowerCase() === 'me'
