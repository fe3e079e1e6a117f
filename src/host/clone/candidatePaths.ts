/** As many folders at the beginning of a path may be the sender's own, around the repository. */
const maxDropped = 2

/**
 * Where in a repository a file may be whose path the sender gave relative to an open folder: that was the repository
 * itself, a folder in it that is open here as well (`folders`), or one around it.
 */
export function candidatePaths(path: string, folders: readonly string[]): readonly string[] {
  const names = path.split('/')
  const dropped = Array.from({ length: Math.min(maxDropped, names.length - 2) }, (_, index) =>
    names.slice(index + 1).join('/'),
  )
  return [...new Set([path, ...folders.map((folder) => `${folder}/${path}`), ...dropped])]
}
