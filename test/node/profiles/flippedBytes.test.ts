import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { playFlippedBytes } from './flippedBytes.ts'
import { keptVersions } from './oldProfiles.ts'

test('a byte flipped anywhere in the store changes nothing, or is noticed and never shown as something else', async (t) => {
  const seed = Number(process.env['TINCAN_SEED'] ?? randomInt(2 ** 31))
  t.diagnostic(`seed ${String(seed)} (set TINCAN_SEED to repeat it)`)
  const rounds = 40
  const noticed = await playFlippedBytes(new SeededRandom(seed), rounds, keptVersions.at(-1) ?? '')
  t.diagnostic(`${String(noticed)} of ${String(rounds)} were noticed`)
  assert.ok(noticed > 0)
})
