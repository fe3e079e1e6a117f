import type { PersonId } from '../../shared/ids.ts'

/** Letters of other scripts, and digits, that look like Latin ones: the most common of Unicode's confusables (UTS #39). */
const confusables: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  ғ: 'f',
  һ: 'h',
  і: 'l',
  ӏ: 'l',
  ј: 'j',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  ԛ: 'q',
  ѕ: 's',
  т: 't',
  у: 'y',
  х: 'x',
  ѡ: 'w',
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'n',
  ι: 'l',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ω: 'w',
  ı: 'l',
  i: 'l',
  '1': 'l',
  '|': 'l',
  '!': 'l',
  '0': 'o',
  '5': 's',
  '8': 'b',
}

/** People whose names cannot be told from another one's by eye: alike without case, accents, spaces and look-alike letters. */
export function lookalikes(
  people: readonly { readonly person: PersonId; readonly name: string }[],
): ReadonlySet<PersonId> {
  const bySkeleton = new Map<string, PersonId[]>()
  for (const { person, name } of people) {
    const skeleton = skeletonOf(name)
    bySkeleton.set(skeleton, [...(bySkeleton.get(skeleton) ?? []), person])
  }
  return new Set([...bySkeleton.values()].filter(({ length }) => length > 1).flat())
}

function skeletonOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Z}\p{Cf}\p{P}]/gu, '')
  return [...plain]
    .map((letter) => confusables[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
}
