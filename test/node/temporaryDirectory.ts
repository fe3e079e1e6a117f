import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A fresh directory of one's own, removed again with all that is in it by `dispose`. */
export function temporaryDirectory(): { readonly path: string; readonly dispose: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'tincan-test-'))
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) }
}
