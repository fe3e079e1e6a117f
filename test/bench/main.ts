/** `npm run bench [-- --quick] [--only NAME,…] [--out FILE]`: every figure beside a plain HyperDHT socket measured in the same run. */
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { openLoopbackDht } from '../doubles/loopbackDht.ts'
import { BenchContext, fullScale, quickScale } from './context.ts'
import { formatSections, type Section } from './report.ts'
import { measureFanOut } from './scenarios/fanOut.ts'
import { measureFiles } from './scenarios/files.ts'
import { measureFollowerMemory } from './scenarios/followerMemory.ts'
import { measureHistorySync } from './scenarios/historySync.ts'
import { measureIdleMemory } from './scenarios/idleMemory.ts'
import { measureLiveLatency } from './scenarios/liveLatency.ts'
import { measureOpening } from './scenarios/opening.ts'
import { measureRawSocket, type RawFigures } from './scenarios/rawSocket.ts'
import { measureRooms } from './scenarios/rooms.ts'
import { measureScrolling } from './scenarios/scrolling.ts'
import { measureSecretScan } from './scenarios/secretScan.ts'
import { measureSearch } from './scenarios/search.ts'
import { measureStdio } from './scenarios/stdio.ts'
import { measureThroughput } from './scenarios/throughput.ts'

const scenarios: Readonly<Record<string, (bench: BenchContext, raw: RawFigures) => Promise<Section>>> = {
  live: measureLiveLatency,
  stdio: measureStdio,
  throughput: measureThroughput,
  history: measureHistorySync,
  opening: measureOpening,
  memory: measureIdleMemory,
  rooms: measureRooms,
  fanOut: measureFanOut,
  follower: measureFollowerMemory,
  secrets: measureSecretScan,
  search: measureSearch,
  files: measureFiles,
  scrolling: measureScrolling,
}

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, out: { type: 'string' } },
})
const wanted = values.only?.split(',') ?? Object.keys(scenarios)
for (const name of wanted) {
  if (scenarios[name] === undefined)
    throw new Error(`There is no scenario ${name}: ${Object.keys(scenarios).join(', ')}`)
}
const root = join(import.meta.dirname, '..', '..')
const out = values.out ?? join(root, 'artifacts', 'bench.json')

const [load = 0] = loadavg()
const cores = cpus().length
if (load > cores / 2)
  console.log(
    `Other work keeps this machine busy (load ${load.toFixed(1)} on ${cores} cores): times will be too long.\n`,
  )

const dht = await openLoopbackDht()
const bench = await BenchContext.open(values.quick === true ? quickScale : fullScale, dht.bootstrap, root)
const sections: Section[] = []
try {
  const { raw, section } = await measureRawSocket(bench)
  await bench.endParticipants()
  show(section)
  for (const name of wanted) {
    const measure = scenarios[name]
    if (measure !== undefined) show(await measure(bench, raw))
    await bench.endParticipants()
  }
} finally {
  await bench.close()
  await dht.dispose()
}

const machine = { node: process.version, platform: process.platform, cpu: cpus()[0]?.model, cores, load }
const result = { at: new Date().toISOString(), scale: bench.scale, machine, sections }
await mkdir(dirname(out), { recursive: true })
await writeFile(out, `${JSON.stringify(result, null, 2)}\n`)

const targets = sections.flatMap(({ entries }) => entries.flatMap(({ target }) => target ?? []))
const met = targets.filter(({ isMet }) => isMet).length
console.log(`${met} of ${targets.length} targets met; the figures are in ${relative(process.cwd(), out)}`)
// Handles of the DHT's nodes may outlive their end by a moment.
process.exit(0)

function show(section: Section): void {
  sections.push(section)
  console.log(`${formatSections([section])}\n`)
}
