/** What stands at a place: a symbolic link is never followed, wherever it leads. */
export type EntryKind = 'file' | 'folder' | 'link' | 'other'

export type Walked =
  /** A plain file, reached through plain folders. */
  | 'file'
  /** Nothing, or a folder. */
  | 'absent'
  /** It leads through a symbolic link, out of the folder, or into what belongs to git. */
  | 'refused'

/**
 * Goes down a path that somebody else chose, one name at a time. `kindOf` answers what stands at a path below the folder
 * where it begins, `undefined` for nothing.
 */
export async function walkInside(
  path: string,
  kindOf: (path: string) => Promise<EntryKind | undefined>,
): Promise<Walked> {
  const names = path.split('/')
  if (names.some((name) => !isPlainName(name))) return 'refused'
  for (let count = 1; count <= names.length; count++) {
    const kind = await kindOf(names.slice(0, count).join('/'))
    if (kind === 'link') return 'refused'
    if (kind !== (count === names.length ? 'file' : 'folder')) return 'absent'
  }
  return 'file'
}

/** Neither a way up or to another drive, nor one of the spellings in which file systems know `.git`. */
function isPlainName(name: string): boolean {
  if (name === '' || name === '.' || name === '..' || /[\\:\p{Cc}]/u.test(name)) return false
  return !/^(?:\.git|git~\d+)[ .]*$/i.test(name.replace(/\p{Cf}/gu, ''))
}
