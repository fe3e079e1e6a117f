/** The most characters of a git configuration that are read. */
const maxLength = 100_000

/** The addresses of the remotes in a repository's own configuration file, in order. Includes are not followed. */
export function parseGitConfig(text: string): readonly string[] {
  const found: string[] = []
  let isRemote = false
  for (const line of text.slice(0, maxLength).split(/\r?\n/)) {
    const section = /^\s*\[([^\]"\s]+)(?:\s+"[^"]*")?\s*\]/.exec(line)
    if (section !== null) isRemote = section[1]?.toLowerCase() === 'remote'
    const url = isRemote ? /^\s*url\s*=(.*)$/i.exec(line)?.[1]?.trim() : undefined
    if (url !== undefined && url !== '') found.push(url.replace(/^"(.*)"$/, '$1'))
  }
  return found
}
