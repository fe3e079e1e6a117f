/** How git writes the names of files in a patch. */

const escapes: Readonly<Record<string, string>> = {
  a: '%07',
  b: '%08',
  t: '%09',
  n: '%0A',
  v: '%0B',
  f: '%0C',
  r: '%0D',
  '"': '%22',
  '\\': '%5C',
}

/** The most characters of a name that is read. */
const maxNameLength = 16_384
const quoted = /^"(?:[^"\\]|\\(?:[abtnvfr"\\]|[0-3][0-7][0-7]))*"/u

/**
 * The name at the beginning of `text` and how many characters it takes: up to a tab, or in quotes as git writes names of
 * unusual characters (`core.quotePath`). `undefined` where the quotes are wrong or hold no UTF-8.
 */
export function readName(text: string): { readonly name: string; readonly length: number } | undefined {
  if (text.length > maxNameLength) return undefined
  if (!text.startsWith('"')) {
    const [name = ''] = text.split('\t', 1)
    return { name, length: name.length }
  }
  const [whole] = quoted.exec(text) ?? []
  if (whole === undefined) return undefined
  const name = unquote(whole.slice(1, -1))
  return name === undefined ? undefined : { name, length: whole.length }
}

function unquote(inner: string): string | undefined {
  const encoded = inner
    .replace(/%/gu, '%25')
    .replace(/\\([0-7]{3}|.)/gu, (_, code: string) => escapes[code] ?? percent(Number.parseInt(code, 8)))
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}

const percent = (byte: number): string => `%${byte.toString(16).padStart(2, '0')}`

/** The two names of a file in a patch; `undefined` stands for `/dev/null`. */
export interface NamePair {
  readonly old: string | undefined
  readonly new: string | undefined
}

/** Prefixes that tell the two sides apart: git's own, and those of `diff.mnemonicPrefix`; in reverse for `git diff -R`. */
const sides = ['ab', 'ci', 'cw', 'iw', 'ow', '12', 'ba', 'ic', 'wc', 'wi', 'wo', '21']

/** Names without the prefixes of their sides. */
export function withoutPrefixes(pair: NamePair): NamePair {
  const [a, b] = [pair.old, pair.new]
  const hasSides = sides.some(
    ([x, y]) =>
      (a === undefined || a.startsWith(`${String(x)}/`)) && (b === undefined || b.startsWith(`${String(y)}/`)),
  )
  return hasSides ? { old: a?.slice(2), new: b?.slice(2) } : pair
}

/**
 * The names as they stand in what follows `diff --git `; `undefined` where they cannot be told apart, as of a rename of
 * `a b` to `b`: then other lines name them.
 */
export function readHeaderNames(text: string): { readonly old: string; readonly new: string } | undefined {
  if (text.startsWith('"')) {
    const first = readName(text)
    const second = first && readName(text.slice(first.length + 1))
    return first && second && { old: first.name, new: second.name }
  }
  // Where nothing else names them, both are the same behind their prefixes: then they are equally long.
  const middle = (text.length - 1) / 2
  if (!Number.isInteger(middle) || text[middle] !== ' ') return undefined
  const raw = { old: text.slice(0, middle), new: text.slice(middle + 1) }
  const plain = withoutPrefixes(raw)
  return plain.old === plain.new ? raw : undefined
}
