import { parsePatch } from '../../shared/patch/parsePatch.ts'
import type { FilePatch } from '../../shared/patch/patch.ts'
import { findDeceptions, type Deception } from '../../shared/trojanSource.ts'

/** A file of a patch, and what is deceptive in the lines that its hunks show, one below the other. */
export interface ShownFile {
  readonly file: FilePatch
  readonly deceptions: readonly Deception[]
  /** Where the lines of each hunk begin among all of them, in UTF-16 units. */
  readonly starts: readonly number[]
}

const maxEntries = 50
const cache = new Map<string, readonly ShownFile[]>()

/** The files of a patch, remembering the patches shown last: a list that scrolls renders the same ones again and again. */
export function cachedPatch(text: string): readonly ShownFile[] {
  const known = cache.get(text)
  const files = known ?? parsePatch(text).files.map(lookAt)
  cache.delete(text)
  cache.set(text, files)
  const oldest = cache.size > maxEntries ? cache.keys().next().value : undefined
  if (oldest !== undefined) cache.delete(oldest)
  return files
}

function lookAt(file: FilePatch): ShownFile {
  const texts = file.hunks.map(({ lines }) => lines.map((line) => `${line.text}\n`).join(''))
  let length = 0
  const starts = texts.map((text) => {
    const start = length
    length += text.length
    return start
  })
  return { file, deceptions: findDeceptions(texts.join('')), starts }
}
