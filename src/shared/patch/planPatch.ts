import { applyFile, type FileResult, type PartRefusal, type PartResult } from './applyFile.ts'
import { countParts, type FilePatch, type Patch } from './patch.ts'

/** A file as it is now: its text, `undefined` where there is none, or why it is left alone whatever a patch says. */
export type FileState = string | undefined | { readonly refused: PartRefusal }

/** What applying a patch comes to, before anything is done. */
export interface PatchPlan {
  /** For each file of the patch what becomes of its parts. */
  readonly files: readonly { readonly file: FilePatch; readonly parts: readonly PartResult[] }[]
  /** The paths that are not as they were: the text afterwards, `undefined` where there is no file then. */
  readonly changes: ReadonlyMap<string, string | undefined>
  /** Of the changes, those that are the same file under another path: new path to old. */
  readonly renames: ReadonlyMap<string, string>
  /** How many parts are applied of how many. */
  readonly hunks: { readonly applied: number; readonly of: number }
}

/** The paths that a patch speaks of and may touch, each once: what `planPatch` asks for. */
export function pathsOf({ files }: Patch): string[] {
  const touched = files.filter(({ refusal }) => refusal === undefined)
  return [...new Set(touched.flatMap(({ path, from }) => (from === undefined ? [path] : [from, path])))]
}

/**
 * What a patch comes to in a folder of these files. Files that occur more than once, as in a series of commits, are changed one
 * time after the other.
 */
export function planPatch(patch: Patch, stateOf: (path: string) => FileState): PatchPlan {
  const now = new Map<string, FileState>(pathsOf(patch).map((path) => [path, stateOf(path)]))
  const renames = new Map<string, string>()
  const files = patch.files.map((file) => ({ file, parts: applyTo(now, renames, file) }))
  const changes = new Map<string, string | undefined>()
  for (const [path, state] of now) if (typeof state !== 'object' && state !== stateOf(path)) changes.set(path, state)
  for (const [path, from] of renames)
    if (!changes.has(path) || !changes.has(from) || changes.get(from) !== undefined) renames.delete(path)
  const parts = files.flatMap((file) => file.parts)
  const applied = parts.filter(({ kind }) => kind === 'applied').length
  return { files, changes, renames, hunks: { applied, of: parts.length } }
}

function applyTo(now: Map<string, FileState>, renames: Map<string, string>, file: FilePatch): readonly PartResult[] {
  const { path, refusal } = file
  const refuse = (reason: PartRefusal): PartResult[] =>
    Array.from({ length: countParts(file) }, () => ({ kind: 'refused', reason }))
  if (refusal !== undefined) return refuse(refusal)
  const target = now.get(path)
  if (typeof target === 'object') return refuse(target.refused)
  if (file.from === undefined) return keep(now, path, applyFile(file, target))
  const source = now.get(file.from)
  if (typeof source === 'object') return refuse(source.refused)
  // Somebody renamed it here already: what else changes in it still applies.
  if (file.change === 'renamed' && source === undefined && target !== undefined)
    return file.hunks.length === 0 ? refuse('already') : keep(now, path, applyFile(file, target))
  if (source !== undefined && target !== undefined) return refuse('exists')
  const parts = keep(now, path, applyFile(file, source))
  if (file.change === 'renamed' && parts.some(({ kind }) => kind === 'applied')) {
    now.set(file.from, undefined)
    renames.set(path, file.from)
  }
  return parts
}

function keep(now: Map<string, FileState>, path: string, { text, parts }: FileResult): readonly PartResult[] {
  if (parts.some(({ kind }) => kind === 'applied')) now.set(path, text)
  return parts
}
