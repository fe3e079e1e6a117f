import { readHeaderNames, readName, withoutPrefixes, type NamePair } from './pathNames.ts'

/** What stands above the hunks of a file. */
export interface FileHeader {
  /** The names in the first line, where it has them and does not leave them open. */
  readonly names?: NamePair
  /** The names in the lines `---` and `+++`, where there are any. */
  readonly sides?: NamePair
  readonly moved?: { readonly kind: 'renamed' | 'copied'; readonly from: string; readonly to: string }
  readonly isNew: boolean
  readonly isDeleted: boolean
  /** Every mode that the file has before or after. */
  readonly modes: readonly string[]
  /** The mode is another one afterwards. */
  readonly changesMode: boolean
  /** - `named`: that it changes is all that is said; `content`: what changes follows behind it */
  readonly binary?: 'named' | 'content'
  /** Git's names for what it holds before and after, in full or as much of them as is there; zeros stand for no file. */
  readonly blobs?: { readonly before: string; readonly after: string }
  /** A name in it could not be read. */
  readonly isDamaged: boolean
}

/** The extended header lines of git: a word or two, and what is behind them. */
const extended =
  /^(old mode|new mode|deleted file mode|new file mode|copy from|copy to|rename from|rename to|rename old|rename new|similarity index|dissimilarity index|index) (.*)$/su

const blobs = /^([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})(?: [0-7]{6})?$/u

/** Reads what stands above the hunks from `lines[at]` on, which begins with `diff --git ` or `--- `; `next` is the line behind it. */
export function readFileHeader(
  lines: readonly string[],
  at: number,
): { readonly header: FileHeader; readonly next: number } {
  const first = lines[at] ?? ''
  const isGit = first.startsWith('diff --git ')
  const values = new Map<string, string>()
  let next = isGit ? at + 1 : at
  for (; isGit; next++) {
    const [, word, value = ''] = extended.exec(lines[next] ?? '') ?? []
    if (word === undefined) break
    values.set(word, value)
  }
  const binary = binaryForm(lines[next] ?? '')
  if (binary === 'content') next++
  const raw = isGit ? readHeaderNames(first.slice('diff --git '.length)) : undefined
  // The same name twice has no prefixes (`diff.noprefix`), whatever folder it begins with.
  const plain = raw !== undefined && raw.old === raw.new ? (pair: NamePair): NamePair => pair : withoutPrefixes
  const names = raw && plain(raw)
  const read = readSides(lines[next], lines[next + 1])
  const sides = typeof read === 'object' ? plain(read) : read
  if (sides !== undefined) next += 2
  const moved = readMoved(values)
  const [oldMode, newMode] = [values.get('old mode'), values.get('new mode')]
  const indexMode = /[0-9a-f]+ ([0-7]{6})$/u.exec(values.get('index') ?? '')?.[1]
  const [, before, after] = blobs.exec(values.get('index') ?? '') ?? []
  const modes = [oldMode, newMode, values.get('deleted file mode'), values.get('new file mode'), indexMode]
  const header: FileHeader = {
    ...(names === undefined ? {} : { names }),
    ...(typeof sides === 'object' ? { sides } : {}),
    ...(typeof moved === 'object' ? { moved } : {}),
    isNew: values.has('new file mode') || (typeof sides === 'object' && sides.old === undefined),
    isDeleted: values.has('deleted file mode') || (typeof sides === 'object' && sides.new === undefined),
    modes: modes.filter((mode) => mode !== undefined),
    changesMode: oldMode !== newMode || !['100644', undefined].includes(values.get('new file mode')),
    ...(binary === undefined ? {} : { binary }),
    ...(before === undefined || after === undefined ? {} : { blobs: { before, after } }),
    isDamaged: sides === 'damaged' || moved === 'damaged' || (typeof sides === 'object' && !agrees(names, sides)),
  }
  return { header, next }
}

function binaryForm(line: string): FileHeader['binary'] {
  if (line === 'GIT binary patch') return 'content'
  return line.startsWith('Binary files ') ? 'named' : undefined
}

function readSides(minus = '', plus = ''): NamePair | 'damaged' | undefined {
  if (!minus.startsWith('--- ') || !plus.startsWith('+++ ')) return undefined
  const [old, now] = [readName(minus.slice(4)), readName(plus.slice(4))]
  if (old === undefined || now === undefined) return 'damaged'
  return { old: unlessNull(old.name), new: unlessNull(now.name) }
}

/** Whether the lines `---` and `+++` name what the first line names. */
function agrees(names: NamePair | undefined, sides: NamePair | undefined): boolean {
  if (names === undefined || sides === undefined) return true
  return [undefined, names.old].includes(sides.old) && [undefined, names.new].includes(sides.new)
}

const unlessNull = (name: string): string | undefined => (name === '/dev/null' ? undefined : name)

function readMoved(values: ReadonlyMap<string, string>): FileHeader['moved'] | 'damaged' {
  const kind = values.has('copy from') ? 'copied' : 'renamed'
  const from = values.get('copy from') ?? values.get('rename from') ?? values.get('rename old')
  const to = values.get('copy to') ?? values.get('rename to') ?? values.get('rename new')
  if (from === undefined && to === undefined) return undefined
  const [old, now] = [from && readName(from), to && readName(to)]
  return old && now ? { kind, from: old.name, to: now.name } : 'damaged'
}
