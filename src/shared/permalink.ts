import { checkPlace } from './codePlace.ts'
import { isWorkspacePath } from './workspacePath.ts'

/** A link to a file on a forge, with what of it a clone needs. */
export interface Permalink {
  /** The repository's address, for `repositoryIdentity`. */
  readonly remote: string
  /**
   * Where the file may be in the repository: the name of a branch may hold slashes, so where the path begins is not
   * certain. The likeliest first.
   */
  readonly paths: readonly string[]
  readonly lines?: { readonly first: number; readonly last: number }
}

interface Shape {
  /** Groups: the repository's path, the revision and path. */
  readonly pattern: RegExp
  /** The revision is one name: a commit, or what is written before a `/item/`. */
  readonly isExact?: true
}

const owner = String.raw`[^/]+/[^/]+`

/** The forms of the common forges, wherever they are installed. */
const shapes: readonly Shape[] = [
  // Gitea, Forgejo, Codeberg
  { pattern: new RegExp(`^/(${owner})/src/commit/([^/]+/.+)$`), isExact: true },
  { pattern: new RegExp(`^/(${owner})/src/(?:branch|tag)/([^/]+/.+)$`) },
  // GitLab, with any number of groups
  { pattern: /^\/((?:[^/]+\/)+[^/]+)\/-\/(?:blob|raw|blame)\/([^/]+\/.+)$/ },
  // GitHub
  { pattern: new RegExp(`^/(${owner})/(?:blob|blame|raw)/([^/]+/.+)$`) },
  // sourcehut
  { pattern: /^\/(~[^/]+\/[^/]+)\/tree\/(.+?\/item\/.+)$/, isExact: true },
]
const bitbucket: Shape = { pattern: new RegExp(`^/(${owner})/src/([^/]+/.+)$`) }

/** As many names at the beginning may belong to a branch. */
const maxBranchNames = 3

/**
 * Reads a link to a file on GitHub, GitLab, Bitbucket, Gitea, Forgejo, Codeberg, Azure DevOps or sourcehut. `undefined`:
 * it is none, or its path leaves the repository.
 */
export function parsePermalink(link: string): Permalink | undefined {
  const [address = '', hash = ''] = link.split('#', 2)
  const match = /^https?:\/\/(?:[^/?@]*@)?([^/?@]+)(\/[^?]*)(?:\?(.*))?$/i.exec(address)
  if (match === null || link.length > 2048) return undefined
  const [, host = '', path = '', query = ''] = match
  if (/(?:^|\.)(?:dev\.azure\.com|visualstudio\.com)$/i.test(host)) return azurePermalink(host, path, query)
  for (const shape of /(?:^|\.)bitbucket\.org$/i.test(host) ? [bitbucket] : shapes) {
    const [, repository, rest] = shape.pattern.exec(path) ?? []
    if (repository === undefined || rest === undefined) continue
    const paths = pathsIn(rest, shape)
    return paths.length === 0 ? undefined : { remote: `https://${host}/${repository}`, paths, ...linesOf(hash) }
  }
  return undefined
}

/** Behind the revision, which has at least one name. */
function pathsIn(rest: string, { isExact }: Shape): readonly string[] {
  const item = /^.+?\/item\/(.+)$/.exec(rest)?.[1]
  const names = (isExact === true && item !== undefined ? `x/${item}` : rest).split('/')
  const most = isExact === true ? 1 : Math.min(maxBranchNames, names.length - 1)
  const paths = Array.from({ length: most }, (_, index) => decode(names.slice(index + 1).join('/')))
  return paths.every(isWorkspacePath) ? paths : []
}

function azurePermalink(host: string, path: string, query: string): Permalink | undefined {
  const repository = /^\/((?:[^/]+\/){1,2}_git\/[^/]+)$/.exec(path)?.[1]
  const fields = new Map(query.split('&').map((field) => field.split('=', 2) as [string, string]))
  const file = decode(fields.get('path') ?? '').replace(/^\//, '')
  if (repository === undefined || !isWorkspacePath(file)) return undefined
  const lines = rangeOf(fields.get('line'), fields.get('lineEnd'))
  return { remote: `https://${host}/${repository}`, paths: [file], ...lines }
}

/** `L10`, `L10-L20`, `L10-20`, `L10C3-L20C4`; on Bitbucket `lines-10:20`. */
function linesOf(hash: string): Pick<Permalink, 'lines'> {
  const [, first, last] = /^(?:L|lines-)(\d+)(?:C\d+)?(?:[-:]L?(\d+)(?:C\d+)?)?$/.exec(hash) ?? []
  return rangeOf(first, last)
}

function rangeOf(first: string | undefined, last: string | undefined): Pick<Permalink, 'lines'> {
  const range = checkPlace({ path: 'x', line: first, last })
  return range === undefined ? {} : { lines: { first: range.line, last: range.last ?? range.line } }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
