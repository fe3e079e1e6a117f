/** A patch that was read: which files it changes, and how. */

import type { BinaryChange } from './binary.ts'

export interface Patch {
  readonly files: readonly FilePatch[]
}

export interface FilePatch {
  readonly change: 'modified' | 'added' | 'deleted' | 'renamed' | 'copied'
  /** The file as it is called afterwards (before, when it is deleted), as the patch writes it: for the eye, unless `refusal` is absent. */
  readonly path: string
  /** What it was called before, where it is renamed or copied. */
  readonly from?: string
  /** How many lines are added and removed. */
  readonly added: number
  readonly removed: number
  readonly hunks: readonly Hunk[]
  /** How it changes where it is no text; there are no hunks then. */
  readonly binary?: BinaryChange
  /** Why none of it is ever applied. */
  readonly refusal?: FileRefusal
}

/**
 * - `outside`: a path that is absolute, climbs out of its folder, or is no path
 * - `protected`: it lies where an editor or git take orders from
 * - `unportable`: a name that another system reads as another file or as a device
 * - `symbolic-link`, `submodule`: it is no file
 * - `mode`: it makes a file executable, or stops it from being that
 * - `binary`: it is no text, and what it holds is not in the patch
 * - `binary-large`: it is no text, and over `maxBinaryBytes`
 * - `combined`: it compares with several parents, as for a merge
 * - `damaged`: it contradicts itself, or ends in the middle
 */
export type FileRefusal =
  | 'outside'
  | 'protected'
  | 'unportable'
  | 'symbolic-link'
  | 'submodule'
  | 'mode'
  | 'binary'
  | 'binary-large'
  | 'combined'
  | 'damaged'

export interface Hunk {
  /** The first line before and after, 1-based; where there are no lines, the one in front. */
  readonly oldStart: number
  readonly newStart: number
  /** What git writes behind the line numbers: the function that it is in. */
  readonly heading: string
  readonly lines: readonly HunkLine[]
}

export interface HunkLine {
  readonly kind: 'context' | 'added' | 'removed'
  /** Without its line break; a carriage return belongs to the text. */
  readonly text: string
  /** It is the last line of its file, and no line break follows. */
  readonly isUnended?: true
}

/** How many things of a file are applied or not, each by itself: its hunks, or the file as a whole where it has none. */
export function countParts({ hunks }: FilePatch): number {
  return Math.max(1, hunks.length)
}
