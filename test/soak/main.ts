/**
 * `npm run test:soak [-- PART…] [--minutes N] [--runs N] [--rounds N] [--frames N] [--flips N] [--from N] [--bytes N] [--seed N]`: what
 * `npm test` does for a minute, for as long as wanted. Rooms whose members do anything in any order come first (10,000 runs,
 * however long they take), then a million hostile frames, bad networks, bytes flipped anywhere in a store, deaths at every
 * change to the disk and a leader that is stopped for a minute, then interactions driven by random bytes and rounds of
 * kill -9, each half of the time that is left; of the rounds at least a thousand, however long they take. Named parts run alone.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { heldBytes } from '../core/fuzz/heldBytes.ts'
import { sendHostileFrames, tryHostileBytes } from '../core/fuzz/hostileFrames.ts'
import { playProgram } from '../core/fuzz/playProgram.ts'
import { anyRoomCourse, playRoomCourse } from '../core/chat/roomCourse.ts'
import { anyCourse, playCourse } from '../core/room/roomModel.ts'
import { SeededRandom } from '../doubles/seededRandom.ts'
import { playCrashRounds } from '../headless/crashRounds.ts'
import { playLargeFile } from '../headless/largeFile.ts'
import { World } from '../headless/world.ts'
import { playFlippedBytes } from '../node/profiles/flippedBytes.ts'
import { keptVersions } from '../node/profiles/oldProfiles.ts'
import { playStoppedLeader } from '../node/windows/stoppedLeader.ts'
import { playEveryWritePoint } from '../node/writePoints/everyWritePoint.ts'
import { recordVariable } from '../record/recordFolder.ts'
import { count, formatTally, tallySoFar } from '../record/tally.ts'
import { RunRecord } from '../run/runRecord.ts'

const parts = [
  'roomModel',
  'rooms',
  'frames',
  'networks',
  'flips',
  'writePoints',
  'tornWrites',
  'stoppedLeader',
  'largeFile',
  'interactions',
  'kills',
] as const
type Part = (typeof parts)[number]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string' },
    runs: { type: 'string' },
    rounds: { type: 'string' },
    frames: { type: 'string' },
    flips: { type: 'string' },
    from: { type: 'string' },
    bytes: { type: 'string' },
    seed: { type: 'string' },
  },
})
const unknown = positionals.filter((name) => !parts.some((part) => part === name))
if (unknown.length > 0) throw new Error(`There is no part '${unknown.join("', '")}': ${parts.join(', ')}`)
const minutes = Number(values.minutes ?? 20)
const runs = Number(values.runs ?? 10_000)
const leastRounds = Number(values.rounds ?? 1_000)
const hostileBytes = Number(values.frames ?? 1_000_000)
const flips = Number(values.flips ?? 2_000)
/** At which change to the disk the first process dies, for whoever goes on with what was broken off. */
const firstChange = Number(values.from ?? 1)
/** Of the file that is sent: twice that has to be free. */
const fileBytes = Number(values.bytes ?? 10 * 1024 ** 3)
const seed = Number(values.seed ?? randomInt(2 ** 31))
const areNumbers =
  minutes > 0 &&
  [runs, leastRounds, hostileBytes, flips, firstChange, fileBytes, seed].every((value) => Number.isInteger(value))
if (!areNumbers)
  throw new Error('--minutes, --runs, --rounds, --frames, --flips, --from, --bytes and --seed take numbers')
let startMs = performance.now()
const leftMs = (): number => startMs + minutes * 60_000 - performance.now()
process.once('exit', () => console.log(formatTally(tallySoFar())))
console.log(`Seed ${seed}; --seed ${seed} plays the same rounds`)

/** So many of the hostile frames go over links, which takes far longer. */
const hostileFrames = Math.ceil(hostileBytes / 100)
/** What a warm program may come to hold besides: code that was compiled on the way. */
const slackBytes = 16 * 1024 * 1024

/** A world is left after so many rounds, so that histories stay short enough to be compared whole. */
const roundsPerWorld = 100

function part(name: Part, what: string, play: (context: TestContext) => void | Promise<void>): void {
  if (positionals.length === 0 || positionals.includes(name)) test(what, play)
}

part('roomModel', `${runs} rooms come to one outcome for all their members`, () => {
  fc.assert(fc.property(anyCourse, playCourse), { numRuns: runs, seed })
})

part(
  'rooms',
  `${runs} rooms on the real core are the same for all who belong, and closed to everybody else`,
  async () => {
    await fc.assert(fc.asyncProperty(anyRoomCourse, playRoomCourse), { numRuns: runs, seed })
  },
)

part('frames', `${hostileBytes} hostile frames leave memory flat`, async () => {
  startMs = performance.now()
  const random = new SeededRandom(seed)
  tryHostileBytes(random, 10_000)
  await sendHostileFrames(random, 100)
  const before = heldBytes()
  tryHostileBytes(random, hostileBytes)
  for (let sent = 0; sent < hostileFrames; sent += 500) await sendHostileFrames(random, 500)
  const grown = heldBytes() - before
  assert.ok(grown < slackBytes, `${String(grown)} bytes more`)
})

part(
  'networks',
  'bad networks of every kind, and moves between networks, lose nothing and show nothing twice',
  async (t) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tincan-soak-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    const record = new RunRecord(folder)
    await record.begin()
    const script = fileURLToPath(new URL('../networks/run.ts', import.meta.url))
    const child = spawn(process.execPath, [script, 'soak'], {
      stdio: 'inherit',
      env: { ...process.env, [recordVariable]: folder, TINCAN_SEED: String(seed) },
    })
    const [code] = (await once(child, 'exit')) as [number | null]
    count(await record.tally())
    assert.equal(code, 0)
  },
)

part(
  'flips',
  `${String(flips)} bytes flipped in a store change nothing, or are noticed and never shown as something else`,
  async () => {
    for (const version of keptVersions)
      console.log(`${await playFlippedBytes(new SeededRandom(seed), flips, version)} of ${flips} were noticed`)
  },
)

part('writePoints', 'whichever change to the disk a process dies at, what it acknowledged is there once', (t) =>
  playEveryWritePoint(t, false, firstChange),
)

part('tornWrites', 'whichever change to the disk a process dies in the middle of, the same holds', (t) =>
  playEveryWritePoint(t, true, firstChange),
)

part('stoppedLeader', 'a leader that is stopped for a minute is fenced, and follows when it goes on', (t) =>
  playStoppedLeader(t, 60_000),
)

part('largeFile', `a file of ${String(fileBytes)} bytes is sealed and fetched in flat memory`, async (t) => {
  if (process.platform !== 'linux') {
    t.skip('only Linux says what a process holds')
    return
  }
  for (const { name, ms, held } of await playLargeFile(t, fileBytes, 60 * 60_000))
    console.log(
      `${name}: ${(ms / 1000).toFixed(1)} s, at most ${held.map((most) => (most / 2 ** 20).toFixed(0)).join(' and ')} MiB`,
    )
})

part(
  'interactions',
  'interactions driven by random bytes lose nothing acknowledged and show nothing twice',
  async (t) => {
    const random = new SeededRandom(seed)
    const untilMs = performance.now() + leftMs() / 2
    let programs = 0
    for (; performance.now() < untilMs; programs++) {
      const [world, program] = [random.below(1_000_000), random.bytes(20 + random.below(400))]
      try {
        await playProgram(world, program)
      } catch (error) {
        t.diagnostic(`World ${world}, program ${Buffer.from(program).toString('hex')}`)
        throw error
      }
    }
    console.log(`${programs} programs`)
  },
)

part('kills', `kill -9 loses nothing acknowledged and shows nothing twice`, async (t) => {
  const random = new SeededRandom(seed)
  let played = 0
  for (let world = 1; leftMs() > 0 || played < leastRounds; world++) {
    await t.test(`world ${world}`, async (t) => {
      const owed = Math.min(roundsPerWorld, leastRounds - played)
      const plan = {
        rounds: Math.max(owed, roundsPerWorld),
        leastRounds: owed,
        untilMs: performance.now() + leftMs(),
        random,
      }
      const { rounds, acknowledged } = await playCrashRounds(await World.open(t), plan)
      played += rounds
      console.log(`World ${world}: ${rounds} rounds, ${acknowledged} messages acknowledged`)
    })
  }
  console.log(`${played} rounds`)
})
