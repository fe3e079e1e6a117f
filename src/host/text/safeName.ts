const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]+/gu
const maxShownChars = 64

/**
 * A name that somebody else chose, made fit for a sentence of ours: without line breaks, invisible and direction-changing
 * characters, at most 64 characters, and isolated (FSI … PDI) so that it cannot reorder the words around it. The editor
 * reads `[…](command:…)` in messages and `$(…)` in lists as links and icons: a name makes neither.
 */
export function safeName(name: string): string {
  const characters = [
    ...name
      .normalize('NFC')
      .replace(invisible, ' ')
      .replace(/([\]$])\(/g, '$1 (')
      .replace(/\s+/gu, ' ')
      .trim(),
  ]
  const shown =
    characters.length > maxShownChars ? `${characters.slice(0, maxShownChars - 1).join('')}…` : characters.join('')
  return `\u2068${shown === '' ? '?' : shown}\u2069`
}

/** Latin letters by the Cyrillic and Greek ones that look the same, after lower-casing. */
const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', ё: 'e', һ: 'h', і: 'i', ї: 'i', ј: 'j', к: 'k', ӏ: 'l', м: 'm', н: 'h', о: 'o',
  р: 'p', ԛ: 'q', ѕ: 's', т: 't', у: 'y', ѵ: 'v', ԝ: 'w', х: 'x', з: '3', ο: 'o', α: 'a', ε: 'e', ι: 'i', κ: 'k', ν: 'v',
  ρ: 'p', τ: 't', υ: 'u', χ: 'x', η: 'n', ω: 'w', ı: 'i', l: 'i', '1': 'i', '|': 'i', '0': 'o',
} // prettier-ignore

/** What a name looks like: two names with one skeleton are easily taken for each other. */
export function nameSkeleton(name: string): string {
  const folded = name.normalize('NFKC').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(invisible, '')
  return [...folded]
    .map((character) => lookAlikes[character] ?? character)
    .join('')
    .replace(/\s+/gu, '')
}

/** Whether letters of Latin, Cyrillic and Greek stand side by side in one name, as an imitation would need. */
export function mixesScripts(name: string): boolean {
  const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u]
  return scripts.filter((script) => script.test(name)).length > 1
}
