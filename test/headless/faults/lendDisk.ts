import type { TestContext } from 'node:test'

/** Lends a disk to a test, and takes it back at its end; where this machine has none, skips the test with the sentence that says why. */
export function lendDisk<D extends { dispose(): void }>(t: TestContext, disk: D | string): D | undefined {
  if (typeof disk === 'string') {
    t.skip(disk)
    return undefined
  }
  t.after(() => {
    disk.dispose()
  })
  return disk
}
