import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { SeededRandom } from '../doubles/seededRandom.ts'
import { count } from '../record/tally.ts'
import { playCrashRounds } from './crashRounds.ts'
import { createFaultyDisk, losePower } from './faults/faultyDisk.ts'
import { friends } from './people.ts'
import { readAll, text, textsOf, untilOnline, untilState, World } from './world.ts'

test('kill -9 in the middle of sending loses nothing acknowledged and shows nothing twice', async (t) => {
  const seed = Number(process.env['TINCAN_SEED'] ?? randomInt(2 ** 31))
  t.diagnostic(`seed ${seed} (set TINCAN_SEED to repeat it)`)
  const plan = { rounds: 24, untilMs: performance.now() + 45_000, random: new SeededRandom(seed) }
  const { rounds, acknowledged } = await playCrashRounds(await World.open(t), plan)
  t.diagnostic(`${rounds} rounds, ${acknowledged} messages acknowledged`)
  assert.ok(acknowledged > 0)
})

test('a power cut in the middle of sending loses nothing acknowledged, nothing delivered, and shows nothing twice', async (t) => {
  const disk = createFaultyDisk()
  if (typeof disk === 'string') {
    t.skip(disk)
    return
  }
  t.after(() => disk.dispose())
  const seed = Number(process.env['TINCAN_SEED'] ?? randomInt(2 ** 31))
  t.diagnostic(`seed ${seed} (set TINCAN_SEED to repeat it)`)
  const power = { isPowerCut: true, environment: disk.keepingFlushed }
  const plan = { rounds: 16, untilMs: performance.now() + 40_000, random: new SeededRandom(seed), ...power }
  const { rounds, acknowledged } = await playCrashRounds(await World.open(t), plan)
  t.diagnostic(`${rounds} rounds, ${acknowledged} messages acknowledged`)
  assert.ok(acknowledged > 0)
})

test('what is delivered is on the disk of whoever writes nothing, when its power is cut that very moment', async (t) => {
  const disk = createFaultyDisk()
  if (typeof disk === 'string') {
    t.skip(disk)
    return
  }
  t.after(() => disk.dispose())
  const world = await World.open(t)
  const { homes, conversation, ...first } = await friends(world, { environment: disk.keepingFlushed })
  let { ada, bob } = first
  const delivered: string[] = []
  for (let round = 0; round < 4; round++) {
    for (const words of [1, 2, 3].map((i) => `round ${round} message ${i}`)) {
      const { id } = await ada.request('message/send', { conversation, body: text(words) })
      await untilState(ada, conversation, id, 'delivered')
      delivered.push(words)
    }
    await Promise.all([ada.kill(), bob.kill()])
    count({ faults: 1 })
    losePower(homes.bob.data)
    bob = await homes.bob.start({ environment: disk.keepingFlushed })
    assert.deepEqual(textsOf(await readAll(bob, conversation)), delivered)
    ada = await homes.ada.start({ environment: disk.keepingFlushed })
    await untilOnline(ada, conversation)
  }
  count({ acknowledged: delivered.length })
})
