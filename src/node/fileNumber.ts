import { statSync } from 'node:fs'

/** What tells a file from one that took its place, or `undefined` when there is none. */
export const fileNumber = (path: string): bigint | undefined =>
  statSync(path, { bigint: true, throwIfNoEntry: false })?.ino
