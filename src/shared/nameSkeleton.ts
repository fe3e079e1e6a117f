/** Letters of other scripts, and digits, that look like Latin ones: the most common of Unicode's confusables (UTS #39). */
const confusables: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['аα', 'a'], ['вβ8', 'b'], ['с', 'c'], ['ԁ', 'd'], ['еε', 'e'], ['ғ', 'f'], ['һн', 'h'], ['ј', 'j'], ['кκ', 'k'],
    // One shape for i, l and whatever is an upright line.
    ['іӏιıi1|', 'l'], ['м', 'm'], ['η', 'n'], ['оο0', 'o'], ['рρ', 'p'], ['ԛ', 'q'], ['ѕ5', 's'], ['тτ', 't'], ['υ', 'u'],
    ['νѵ', 'v'], ['ѡωԝ', 'w'], ['хχ', 'x'], ['у', 'y'], ['з', '3'],
  ].flatMap(([letters = '', like = '']) => [...letters].map((letter) => [letter, like])),
) // prettier-ignore

/**
 * What a name looks like: two names with one skeleton are easily taken for each other. Alike without case, accents,
 * spaces, punctuation, invisible characters and look-alike letters.
 */
export function nameSkeleton(name: string): string {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Z}\p{C}\p{P}]/gu, '')
  return [...plain]
    .map((letter) => confusables[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
}
