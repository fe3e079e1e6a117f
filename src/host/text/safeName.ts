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

/** Whether letters of Latin, Cyrillic and Greek stand side by side in one name, as an imitation would need. */
export function mixesScripts(name: string): boolean {
  const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u]
  return scripts.filter((script) => script.test(name)).length > 1
}
