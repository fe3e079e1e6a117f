import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { createFaultyDisk, type FaultyDisk } from '../../headless/faults/faultyDisk.ts'
import { lendDisk } from '../../headless/faults/lendDisk.ts'
import { count } from '../../record/tally.ts'
import { copyProfile } from '../profiles/filePerson.ts'
import { contentOf, keptVersions, profileFolder } from '../profiles/oldProfiles.ts'
import { temporaryDirectory } from '../temporaryDirectory.ts'
import { checkDirectory, nothingYet, useOnce } from './playWritePoints.ts'

/** More changes than a process makes; lowered as soon as one makes fewer. */
const mostChanges = 400

function prepare(t: TestContext): { disk: FaultyDisk; random: SeededRandom; directory: string } | undefined {
  const disk = lendDisk(t, createFaultyDisk())
  if (disk === undefined) return undefined
  const seed = Number(process.env['TINCAN_SEED'] ?? randomInt(2 ** 31))
  t.diagnostic(`seed ${String(seed)} (set TINCAN_SEED to repeat it)`)
  const { path: directory, dispose } = temporaryDirectory()
  t.after(dispose)
  return { disk, random: new SeededRandom(seed), directory }
}

test('whichever change to the disk a process dies at, what it acknowledged is there once and nothing is to be repaired', async (t) => {
  const prepared = prepare(t)
  if (prepared === undefined) return
  const { disk, random, directory } = prepared
  const version = keptVersions.at(-1) ?? ''
  copyProfile(join(profileFolder(version), 'alice'), directory)
  const known = nothingYet(contentOf(version).alice.secret)
  let most = mostChanges
  let deaths = 0
  for (let tries = 0; deaths < 12 && tries < 30; tries++) {
    const change = 1 + random.below(most)
    const round = `round ${String(tries)}`
    if (useOnce(directory, disk, { change, isTorn: random.below(2) === 0, round }, known)) deaths++
    else most = Math.min(most, change)
    await checkDirectory(directory, round, known)
  }
  t.diagnostic(`${String(deaths)} deaths at the first ${String(most)} changes`)
  assert.equal(deaths, 12)
  assert.ok(known.messages.size > 0)
  count({ acknowledged: known.messages.size })
})

test('whichever change to the disk a process dies at that makes an identity, there is a whole one or none', async (t) => {
  const prepared = prepare(t)
  if (prepared === undefined) return
  const { disk, random, directory } = prepared
  let most = 60
  let deaths = 0
  for (let tries = 0; deaths < 4 && tries < 20; tries++) {
    const own = join(directory, String(tries))
    const known = nothingYet('ab'.repeat(32))
    const change = 1 + random.below(most)
    if (useOnce(own, disk, { change, isTorn: random.below(2) === 0, round: 'only' }, known)) deaths++
    else most = Math.min(most, change)
    await checkDirectory(own, 'only', known)
  }
  assert.equal(deaths, 4)
})
