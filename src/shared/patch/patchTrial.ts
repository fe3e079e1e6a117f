import type { PartRefusal, PartResult } from './applyFile.ts'

/** The most parts that a trial speaks of: a patch of a message has fewer. */
export const maxTrialParts = 4096
/** The most lines of a file. */
const maxLine = 100_000_000

/** What becomes of each part of each file of a patch on this machine. */
export interface PatchTrial {
  readonly files: readonly (readonly PartResult[])[]
  /** It was applied; else this is what would happen. */
  readonly isDone: boolean
}

const refusals: Readonly<Record<PartRefusal, true>> = {
  outside: true,
  protected: true,
  unportable: true,
  'symbolic-link': true,
  submodule: true,
  mode: true,
  binary: true,
  'binary-large': true,
  combined: true,
  damaged: true,
  'no-match': true,
  ambiguous: true,
  'too-costly': true,
  missing: true,
  exists: true,
  already: true,
  'no-context': true,
  'too-large': true,
  'not-text': true,
  unsaved: true,
}

/** A trial from outside or from disk; `undefined` when one of its fields is wrong, or there are too many. */
export function parsePatchTrial(value: unknown): PatchTrial | undefined {
  const { files, isDone } = fieldsOf(value)
  if (typeof isDone !== 'boolean' || !Array.isArray(files) || files.length > maxTrialParts) return undefined
  const read: PartResult[][] = []
  let left = maxTrialParts
  for (const parts of files as readonly unknown[]) {
    if (!Array.isArray(parts) || parts.length > left) return undefined
    left -= parts.length
    const results = (parts as readonly unknown[]).map(parsePart)
    if (results.includes(undefined)) return undefined
    read.push(results as PartResult[])
  }
  return { files: read, isDone }
}

function parsePart(value: unknown): PartResult | undefined {
  const { kind, reason, line, moved } = fieldsOf(value)
  if (kind === 'refused') return isRefusal(reason) ? { kind, reason } : undefined
  if (kind !== 'applied') return undefined
  if (line !== undefined && !isCount(line, 1)) return undefined
  if (moved !== undefined && !isCount(moved, -maxLine)) return undefined
  return { kind, ...(line === undefined ? {} : { line }), ...(moved === undefined ? {} : { moved }) }
}

const isRefusal = (value: unknown): value is PartRefusal => typeof value === 'string' && Object.hasOwn(refusals, value)

const isCount = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= maxLine

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
