import { shownName } from '../../shared/shownName.ts'

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]+/gu
const maxTitleCharacters = 80

/**
 * The last name of a path that somebody else chose, fit for the title of a tab and for the address of a document that is
 * nowhere on disk: without separators, with what hides or deceives in it shown for what it is, its beginning and its end
 * where it is very long. `undefined` where nothing is left.
 */
export function fileTitle(path: string): string | undefined {
  const name = (path.split(/[\\/]/).at(-1) ?? '').normalize('NFC')
  // A name of nothing but hidden characters is none.
  const isName = /[^.\s]/u.test(name.replace(invisible, ''))
  if (!isName) return undefined
  const characters = [...shownName(name).replace(invisible, '').trim()]
  if (characters.length <= maxTitleCharacters) return characters.join('')
  const half = maxTitleCharacters / 2
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`
}

/**
 * A path that somebody else chose as one of a document that is nowhere on disk: each of its names as `fileTitle` has it, and
 * none that leads anywhere. `undefined` where nothing is left.
 */
export function documentPath(path: string): string | undefined {
  const names = path.split(/[\\/]/).flatMap((name) => fileTitle(name) ?? [])
  return names.length === 0 ? undefined : `/${names.join('/')}`
}
