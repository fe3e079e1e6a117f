import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createFaultyDisk } from '../../headless/faults/faultyDisk.ts'
import { lendDisk } from '../../headless/faults/lendDisk.ts'
import { count } from '../../record/tally.ts'
import { copyProfile } from '../profiles/filePerson.ts'
import { contentOf, keptVersions, profileFolder } from '../profiles/oldProfiles.ts'
import { temporaryDirectory } from '../temporaryDirectory.ts'
import { checkDirectory, nothingYet, useOnce } from './playWritePoints.ts'

/**
 * Lets a process die at the first change that it makes to the disk (or at the `from`th), the next one at the second, and so
 * on until one lives to its end: each before the change is made or, where `isTorn`, in the middle of it.
 */
export async function playEveryWritePoint(t: TestContext, isTorn: boolean, from = 1): Promise<void> {
  const disk = lendDisk(t, createFaultyDisk())
  if (disk === undefined) return
  const { path, dispose } = temporaryDirectory()
  t.after(dispose)
  const version = keptVersions.at(-1) ?? ''
  copyProfile(join(profileFolder(version), 'alice'), path)
  const known = nothingYet(contentOf(version).alice.secret)
  let change = from
  for (let isDead = true; isDead; change++) {
    const round = `round ${String(change)}`
    isDead = useOnce(path, disk, { change, isTorn, round }, known)
    await checkDirectory(path, round, known)
    if (change % 25 === 0) console.log(`${String(change)} changes`)
  }
  console.log(`${String(change - 1 - from)} deaths${isTorn ? ' in the middle of a change' : ''}`)
  assert.ok(change > 20)
  count({ acknowledged: known.messages.size })
}
