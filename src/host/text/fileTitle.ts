const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]+/gu
const maxTitleCharacters = 80

/**
 * The last name of a path that somebody else chose, fit for the title of a tab and for the address of a document that is
 * nowhere on disk: without separators, invisible and direction-changing characters, its beginning and its end where it
 * is very long. `undefined` where nothing is left.
 */
export function fileTitle(path: string): string | undefined {
  const name = path.split(/[\\/]/).at(-1) ?? ''
  const characters = [...name.normalize('NFC').replace(invisible, '').trim()]
  if (characters.length === 0 || characters.every((character) => character === '.')) return undefined
  if (characters.length <= maxTitleCharacters) return characters.join('')
  const half = maxTitleCharacters / 2
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`
}
