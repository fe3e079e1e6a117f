import { applyFile, type FileContent, type FileResult, type PartRefusal, type PartResult } from './applyFile.ts'
import type { BinaryMeans } from './binary.ts'
import { countParts, type FilePatch, type Patch } from './patch.ts'

/** A file as it is now: what it holds, `undefined` where there is none, or why it is left alone whatever a patch says. */
export type FileState = FileContent | undefined | Untouchable

interface Untouchable {
  readonly refused: PartRefusal
}

/** What applying a patch comes to, before anything is done. */
export interface PatchPlan {
  /** For each file of the patch what becomes of its parts. */
  readonly files: readonly { readonly file: FilePatch; readonly parts: readonly PartResult[] }[]
  /** The paths that are not as they were: what is there afterwards, `undefined` where there is no file then. */
  readonly changes: ReadonlyMap<string, FileContent | undefined>
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

/** Of those the ones that it changes as bytes: their state is to be told as such. */
export function binaryPathsOf({ files }: Patch): ReadonlySet<string> {
  const binary = files.filter(({ refusal, binary: change }) => refusal === undefined && change !== undefined)
  return new Set(binary.flatMap(({ path, from }) => (from === undefined ? [path] : [from, path])))
}

/**
 * What a patch comes to in a folder of these files. Files that occur more than once, as in a series of commits, are changed one
 * time after the other.
 */
export function planPatch(patch: Patch, stateOf: (path: string) => FileState, means: BinaryMeans): PatchPlan {
  const now = new Map<string, FileState>(pathsOf(patch).map((path) => [path, stateOf(path)]))
  const renames = new Map<string, string>()
  const files = patch.files.map((file) => ({ file, parts: applyTo(now, renames, file, means) }))
  const changes = new Map<string, FileContent | undefined>()
  for (const [path, state] of now) if (!isUntouchable(state) && state !== stateOf(path)) changes.set(path, state)
  for (const [path, from] of renames)
    if (!changes.has(path) || !changes.has(from) || changes.get(from) !== undefined) renames.delete(path)
  const parts = files.flatMap((file) => file.parts)
  const applied = parts.filter(({ kind }) => kind === 'applied').length
  return { files, changes, renames, hunks: { applied, of: parts.length } }
}

const isUntouchable = (state: FileState): state is Untouchable => typeof state === 'object' && 'refused' in state

function applyTo(
  now: Map<string, FileState>,
  renames: Map<string, string>,
  file: FilePatch,
  means: BinaryMeans,
): readonly PartResult[] {
  const { path, refusal } = file
  const refuse = (reason: PartRefusal): PartResult[] =>
    Array.from({ length: countParts(file) }, () => ({ kind: 'refused', reason }))
  if (refusal !== undefined) return refuse(refusal)
  const target = now.get(path)
  if (isUntouchable(target)) return refuse(target.refused)
  if (file.from === undefined) return keep(now, path, applyFile(file, target, means))
  const source = now.get(file.from)
  if (isUntouchable(source)) return refuse(source.refused)
  // Somebody renamed it here already: what else changes in it still applies.
  if (file.change === 'renamed' && source === undefined && target !== undefined)
    return file.hunks.length === 0 && file.binary === undefined
      ? refuse('already')
      : keep(now, path, applyFile(file, target, means))
  if (source !== undefined && target !== undefined) return refuse('exists')
  const parts = keep(now, path, applyFile(file, source, means))
  if (file.change === 'renamed' && parts.some(({ kind }) => kind === 'applied')) {
    now.set(file.from, undefined)
    renames.set(path, file.from)
  }
  return parts
}

function keep(now: Map<string, FileState>, path: string, { content, parts }: FileResult): readonly PartResult[] {
  if (parts.some(({ kind }) => kind === 'applied')) now.set(path, content)
  return parts
}
