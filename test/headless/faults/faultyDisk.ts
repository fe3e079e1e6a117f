import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the disk does to whoever writes: fails, is full, takes half of what it is given, or never flushes. */
export type Fault = 'eio' | 'enospc' | 'short' | 'fsync'

/** A disk that fails when a test says so, for the processes that are started with its environment. */
export interface FaultyDisk {
  readonly environment: Readonly<Record<string, string>>
  /** For a process that dies at its `change`th change to what is kept; `isTorn`: half of that one is made. */
  dyingAt(change: number, isTorn: boolean): Readonly<Record<string, string>>
  /** For a process whose power can be cut: `losePower` then leaves of its directory what was flushed. */
  readonly keepingFlushed: Readonly<Record<string, string>>
  fail(fault: Fault): void
  mend(): void
  dispose(): void
}

/** Builds it; a sentence where this machine cannot. */
export function createFaultyDisk(): FaultyDisk | string {
  if (process.platform !== 'linux') return 'faults are put in front of the C library, on Linux alone'
  const directory = mkdtempSync(join(tmpdir(), 'tincan-fault-'))
  const library = join(directory, 'faultyDisk.so')
  const control = join(directory, 'fault')
  try {
    const source = join(import.meta.dirname, 'faultyDisk.c')
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], { stdio: 'pipe' })
  } catch {
    rmSync(directory, { recursive: true, force: true })
    return 'there is no C compiler to build the faults with'
  }
  return {
    environment: { LD_PRELOAD: library, TINCAN_TEST_FAULT: control },
    dyingAt: (change, isTorn) => ({
      LD_PRELOAD: library,
      TINCAN_TEST_DIES_AT: `${String(change)}${isTorn ? 't' : ''}`,
    }),
    keepingFlushed: { LD_PRELOAD: library, TINCAN_TEST_KEEP_FLUSHED: '1' },
    fail: (fault) => writeFileSync(control, fault),
    mend: () => rmSync(control, { force: true }),
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** Leaves in a directory, once its process is dead, what was flushed to the disk: each file as it was then, or not at all. */
export function losePower(directory: string): void {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory() || path.endsWith('.flushed')) continue
    const flushed = `${path}.flushed`
    if (entry.isFile() && existsSync(flushed)) copyFileSync(flushed, path)
    else rmSync(path)
  }
}
