/** `npm run test:soak [-- --minutes N] [--seed N]`: rounds of kill -9 in the middle of sending, for as long as wanted. */
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { parseArgs } from 'node:util'
import { SeededRandom } from '../doubles/seededRandom.ts'
import { playCrashRounds } from '../headless/crashRounds.ts'
import { World } from '../headless/world.ts'

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } })
const minutes = Number(values.minutes ?? 20)
const seed = Number(values.seed ?? randomInt(2 ** 31))
if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('--minutes and --seed take numbers')

/** A world is left after so many rounds, so that histories stay short enough to be compared whole. */
const roundsPerWorld = 100

test(`kill -9 for ${minutes} minutes loses nothing acknowledged and shows nothing twice`, async (t) => {
  console.log(`Seed ${seed}; --seed ${seed} plays the same rounds`)
  const random = new SeededRandom(seed)
  const untilMs = performance.now() + minutes * 60_000
  for (let world = 1; performance.now() < untilMs; world++) {
    await t.test(`world ${world}`, async (t) => {
      const { rounds, acknowledged } = await playCrashRounds(await World.open(t), {
        rounds: roundsPerWorld,
        untilMs,
        random,
      })
      console.log(`World ${world}: ${rounds} rounds, ${acknowledged} messages acknowledged`)
    })
  }
})
