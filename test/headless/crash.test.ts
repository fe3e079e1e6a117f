import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { SeededRandom } from '../doubles/seededRandom.ts'
import { playCrashRounds } from './crashRounds.ts'
import { World } from './world.ts'

test('kill -9 in the middle of sending loses nothing acknowledged and shows nothing twice', async (t) => {
  const seed = Number(process.env['TINCAN_SEED'] ?? randomInt(2 ** 31))
  t.diagnostic(`seed ${seed} (set TINCAN_SEED to repeat it)`)
  const plan = { rounds: 24, untilMs: performance.now() + 45_000, random: new SeededRandom(seed) }
  const { rounds, acknowledged } = await playCrashRounds(await World.open(t), plan)
  t.diagnostic(`${rounds} rounds, ${acknowledged} messages acknowledged`)
  assert.ok(acknowledged > 0)
})
