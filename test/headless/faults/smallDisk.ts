import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of a few MiB in memory, for one directory. */
export interface SmallDisk {
  readonly path: string
  readOnly(isReadOnly: boolean): void
  dispose(): void
}

/** Mounts it; a sentence where this user may not. */
export function mountSmallDisk(megabytes: number): SmallDisk | string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux may mount a small disk'
  const path = mkdtempSync(join(tmpdir(), 'tincan-disk-'))
  const mount = (...args: readonly string[]): void => {
    execFileSync('mount', [...args], { stdio: 'pipe' })
  }
  try {
    mount('-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', path)
  } catch {
    rmSync(path, { recursive: true, force: true })
    return 'this machine lets nobody mount a small disk'
  }
  return {
    path,
    readOnly: (isReadOnly) => mount('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, path),
    dispose: () => {
      execFileSync('umount', ['--lazy', path], { stdio: 'pipe' })
      rmSync(path, { recursive: true, force: true })
    },
  }
}
