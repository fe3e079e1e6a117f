import { isWorkspacePath } from './workspacePath.ts'

/** A place in a file as people write it: `src/kettle.ts:12`, `src/kettle.ts:12:5`, `src/kettle.ts#L10-L20`. */
export interface CodePlace {
  /** Relative, without `.` and `..`. */
  readonly path: string
  /** 1-based. */
  readonly line: number
  /** 1-based. */
  readonly column?: number
  /** The last of several lines. */
  readonly last?: number
}

/** A place in a text: UTF-16 offsets, `to` behind the last unit. */
export interface FoundPlace extends CodePlace {
  readonly from: number
  readonly to: number
}

/** The highest line and column, as bodies have them. */
export const maxLine = 10_000_000
/** A longer word is no path. */
const maxWordLength = 400
/** As many are looked for in one text. */
const maxPlaces = 200

/** What may stand in a path and behind it; brackets and quotes end it, as in a stack trace. */
const word = /[^\s<>"'`()[\]{},;|]+/gu
const place =
  /^(?:\.\/)?((?:[\p{L}\p{N}\p{M}_.@+~-]+\/)*[\p{L}\p{N}\p{M}_.@+~-]+)(?::(\d{1,8})(?::(\d{1,8})|-(\d{1,8}))?|#L(\d{1,8})(?:-L?(\d{1,8}))?)[.:!?]*$/u

/** Files whose names have no ending. */
const bareNames =
  /^(?:Makefile|Dockerfile|Containerfile|Gemfile|Rakefile|Jenkinsfile|Vagrantfile|Procfile|Justfile|Brewfile)$/i

/** Endings of files of code and text: a name without a folder is a file only with one of them, or `host.org:80` would be. */
const endings = new Set(
  (
    'ada adb ads asm astro awk bash bat bazel bzl c cc cfg cjs clj cljs cmake cmd coffee conf cpp cs csproj css csv cts cu cue ' +
    'cxx d dart diff dts el elm env erb erl ex exs f f90 fish fs fsx gd glsl go gql gradle graphql groovy h haml hbs hcl hh hlsl ' +
    'hpp hrl hs htm html hxx ini ipynb java jl js json json5 jsonc jsonl jsx kt kts less lisp lock log lua m make md mdx mjs ml mli ' +
    'mm mts nim nix nu pas patch php pl pm prisma properties proto ps1 psm1 pug py pyi pyx r rb rego rkt rs rst s sass sbt scala ' +
    'scm scss sh sol sql styl sv svelte svg swift tcl tex tf tfvars toml ts tsx txt v vb vhd vim vue wat wgsl xml xsd xsl yaml yml zig zsh'
  ).split(' '),
)

/** Endings under which hosts stand: in `example.com/a.html:80` the first name is none of a folder. */
const hostEnding = /\.(?:com|org|net|edu|gov|io|dev|app|local|internal|lan|localhost|[a-z]{2})$/i

/** Every place in a text that stands for itself, in order. Times, ratios and hosts with a port are none. */
export function findPlaces(text: string): readonly FoundPlace[] {
  if (!/[:#]L?\d/.test(text)) return []
  const found: FoundPlace[] = []
  for (const { 0: each, index } of text.matchAll(word)) {
    const parsed = found.length < maxPlaces && each.length <= maxWordLength ? parsePlace(each) : undefined
    if (parsed === undefined) continue
    const punctuation = /[.:!?]*$/.exec(each)?.[0].length ?? 0
    found.push({ ...parsed, from: index, to: index + each.length - punctuation })
  }
  return found
}

function parsePlace(text: string): CodePlace | undefined {
  const match = place.exec(text)
  if (match === null) return undefined
  const [, path = '', colonLine, column, colonLast, hashLine, hashLast] = match
  if (!isFilePath(path)) return undefined
  return checkPlace({ path, line: colonLine ?? hashLine, column, last: colonLast ?? hashLast })
}

function isFilePath(path: string): boolean {
  const names = path.split('/')
  const name = names.at(-1) ?? ''
  if (bareNames.test(name)) return true
  const ending = /[^.]\.([A-Za-z][A-Za-z0-9_-]{0,9})$/.exec(name)?.[1]
  if (ending === undefined) return false
  if (names.length === 1) return endings.has(ending.toLowerCase())
  return !hostEnding.test(names[0] ?? '') || endings.has(/[^.]*$/.exec(names[0] ?? '')?.[0].toLowerCase() ?? '')
}

/** The parts of a place from outside; `undefined` when one of them is wrong. */
export function checkPlace(parts: {
  readonly path: unknown
  readonly line: unknown
  readonly column?: unknown
  readonly last?: unknown
}): CodePlace | undefined {
  const { path } = parts
  const line = numberOf(parts.line)
  const column = parts.column === undefined ? undefined : numberOf(parts.column)
  const last = parts.last === undefined ? undefined : numberOf(parts.last)
  if (!isWorkspacePath(path) || line === undefined) return undefined
  if (parts.column !== undefined && column === undefined) return undefined
  if (parts.last !== undefined && (last === undefined || last < line)) return undefined
  return { path, line, ...(column === undefined ? {} : { column }), ...(last === undefined ? {} : { last }) }
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,8}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= maxLine ? number : undefined
}
