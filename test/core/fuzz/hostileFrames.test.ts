import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { heldBytes } from './heldBytes.ts'
import { sendHostileFrames, tryHostileBytes } from './hostileFrames.ts'

const seed = Number(process.env['TINCAN_SEED'] ?? randomInt(2 ** 31))
/** What a warm program may come to hold besides: code that was compiled on the way. */
const slackBytes = 8 * 1024 * 1024

test('random and bit-flipped bytes are read as what they are or as nothing, and leave memory flat', (t) => {
  t.diagnostic(`seed ${seed} (set TINCAN_SEED to repeat it)`)
  const random = new SeededRandom(seed)
  tryHostileBytes(random, 5_000)
  const before = heldBytes()
  tryHostileBytes(random, 50_000)
  const grown = heldBytes() - before
  assert.ok(grown < slackBytes, `${String(grown)} bytes more`)
})

test('a contact who sends random and bit-flipped frames changes nothing, and leaves memory flat', async (t) => {
  t.diagnostic(`seed ${seed} (set TINCAN_SEED to repeat it)`)
  const random = new SeededRandom(seed)
  await sendHostileFrames(random, 100)
  const before = heldBytes()
  await sendHostileFrames(random, 400)
  const grown = heldBytes() - before
  assert.ok(grown < slackBytes, `${String(grown)} bytes more`)
})
