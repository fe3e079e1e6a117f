import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MessageId } from '../../../src/shared/ids.ts'
import type { PatchTrial } from '../../../src/shared/patch/patchTrial.ts'
import { maxTrials, PatchTrials } from '../../../src/core/service/patchTrials.ts'
import { Committer } from '../../../src/core/store/committer.ts'
import { RecordTable } from '../../../src/core/store/recordTable.ts'
import { Vault } from '../../../src/core/store/vault.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'
import { MemoryStore } from '../../doubles/memoryStore.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'

const idOf = (number: number): MessageId => number.toString(16).padStart(76, '0') as MessageId
const trialOf = (line: number): PatchTrial => ({
  files: [
    [
      { kind: 'applied', line },
      { kind: 'refused', reason: 'ambiguous' },
    ],
  ],
  isDone: true,
})

function setUp() {
  const [store, clock] = [new MemoryStore(), new FakeClock()]
  const vault = new Vault(new Uint8Array(32).fill(7), new SeededRandom(1))
  const open = () =>
    new PatchTrials(new RecordTable(store, vault, PatchTrials.format), new Committer(store, clock, new RecordingLog()))
  const keep = async (trials: PatchTrials, number: number, line = number): Promise<void> => {
    const kept = trials.set(idOf(number), trialOf(line))
    await clock.settle()
    await kept
  }
  return { store, open, keep }
}

test('what became of a patch is there after a restart, the latest of each, and sealed', async () => {
  const { store, open, keep } = setUp()
  const trials = open()
  assert.equal(trials.get(idOf(1)), undefined)
  await keep(trials, 1, 5)
  await keep(trials, 2, 6)
  await keep(trials, 1, 7)
  assert.deepEqual(open().get(idOf(1)), trialOf(7))
  assert.deepEqual(open().get(idOf(2)), trialOf(6))
  const sealed = store.listRecords('patch-trial').map((record) => Buffer.from(record.sealed).toString('latin1'))
  assert.equal(sealed.length, 2)
  assert.ok(sealed.every((text) => !text.includes('ambiguous')))
})

test('only of the patches that were tried last', async () => {
  const { store, open, keep } = setUp()
  const trials = open()
  for (let number = 1; number <= maxTrials; number++) await keep(trials, number)
  await keep(trials, 1, 99)
  await keep(trials, maxTrials + 1)
  assert.equal(store.listRecords('patch-trial').length, maxTrials)
  assert.deepEqual(trials.get(idOf(1)), trialOf(99))
  assert.equal(trials.get(idOf(2)), undefined)
  assert.deepEqual(trials.get(idOf(maxTrials + 1)), trialOf(maxTrials + 1))
})
