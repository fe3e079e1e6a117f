/** Places of this machine whose names are nobody else's business; absolute paths. */
export interface PrivatePlaces {
  readonly home: string
  /** The folders that are open in the editor. */
  readonly folders: readonly string[]
}

/** Anybody's home folder, as the common systems name it: text of a terminal may come from another machine. */
const someHome = String.raw`(?:\/home|\/Users|[A-Za-z]:[\\/]+Users)[\\/]+[^\\/\s:;,"'<>|()[\]]+`
/** A name ends here: `/home/al` is not in `/home/alice`. */
const nameEnd = String.raw`(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])`
const scheme = String.raw`(?:file:\/\/\/?(?=\/|[A-Za-z]:))?`
/** The machine that an editor works on from afar, as it writes it in front of its paths. */
const remote = /vscode-remote:\/\/[^/\s]{0,300}(?=\/)/giu
const separator = String.raw`[\\/]+`

/** A text that others may read: paths in open folders are relative to them, and the home folder is `~`. */
export function hidePrivatePaths(text: string, { home, folders }: PrivatePlaces): string {
  let shown = text.replace(remote, '')
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
    for (const pattern of patternsOf(folder)) {
      shown = shown
        .replace(new RegExp(`${scheme}${pattern}${separator}(?=[^\\s\\\\/])`, 'giu'), '')
        .replace(new RegExp(`${scheme}${pattern}${nameEnd}`, 'giu'), '.')
    }
  }
  for (const pattern of [...patternsOf(home), someHome])
    shown = shown.replace(new RegExp(`${scheme}${pattern}${nameEnd}`, 'giu'), '~')
  return shown
}

/** What finds a path in a text: with either kind of separator, also doubled as in JSON, and as a URI writes it. */
function patternsOf(path: string): readonly string[] {
  const names = path.split(/[\\/]+/).filter((name) => name !== '')
  // The top of a disk is the beginning of every path: it says nothing, and to cut it off would.
  if (names.length === 0 || (names.length === 1 && /^[A-Za-z]:$/.test(names[0] ?? ''))) return []
  const start = /^[\\/]/.test(path) ? '[\\\\/]+' : ''
  const spellings = new Set(
    [names, names.map((name) => encodeURIComponent(name).replace('%3A', ':'))].map(
      (spelling) => start + spelling.map(escapePattern).join(separator),
    ),
  )
  return [...spellings]
}

const escapePattern = (name: string): string => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
