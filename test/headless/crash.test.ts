import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import { SeededRandom } from '../doubles/seededRandom.ts'
import { count } from '../record/tally.ts'
import { playCrashRounds } from './crashRounds.ts'
import { createFaultyDisk, losePower, type FaultyDisk } from './faults/faultyDisk.ts'
import { lendDisk } from './faults/lendDisk.ts'
import { friends } from './people.ts'
import { readAll, text, textsOf, untilOnline, untilState, World } from './world.ts'

async function play(t: TestContext, rounds: number, seconds: number, disk?: FaultyDisk): Promise<void> {
  const seed = Number(process.env['TINCAN_SEED'] ?? randomInt(2 ** 31))
  t.diagnostic(`seed ${seed} (set TINCAN_SEED to repeat it)`)
  const untilMs = performance.now() + seconds * 1000
  const plan = { rounds, untilMs, random: new SeededRandom(seed), ...(disk && { disk }) }
  const played = await playCrashRounds(await World.open(t), plan)
  t.diagnostic(`${played.rounds} rounds, ${played.acknowledged} messages acknowledged`)
  assert.ok(played.acknowledged > 0)
}

test('kill -9 in the middle of sending loses nothing acknowledged and shows nothing twice', (t) => play(t, 24, 45))

test('a power cut in the middle of sending loses nothing acknowledged, nothing delivered, and shows nothing twice', async (t) => {
  const disk = lendDisk(t, createFaultyDisk())
  if (disk !== undefined) await play(t, 16, 40, disk)
})

test('what is delivered is on the disk of whoever writes nothing, when its power is cut that very moment', async (t) => {
  const disk = lendDisk(t, createFaultyDisk())
  if (disk === undefined) return
  const options = { environment: disk.keepingFlushed }
  const world = await World.open(t)
  const { homes, conversation, ...first } = await friends(world, options)
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
    bob = await homes.bob.start(options)
    assert.deepEqual(textsOf(await readAll(bob, conversation)), delivered)
    ada = await homes.ada.start(options)
    await untilOnline(ada, conversation)
  }
  count({ acknowledged: delivered.length })
})
