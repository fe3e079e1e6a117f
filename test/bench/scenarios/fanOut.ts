import { accountOfPerson } from '../../core/chat/insider.ts'
import type { SimulatedPerson } from '../../core/chat/simulatedPerson.ts'
import { World } from '../../core/chat/world.ts'
import { MemoryStore } from '../../doubles/memoryStore.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import type { BenchContext } from '../context.ts'
import { readCpuMs } from '../gauges.ts'
import type { Entry, Section } from '../report.ts'
import { memberOf, plantRoom, planRoom } from '../roomPlan.ts'
import { figure, repeat } from '../statistics.ts'
import type { RawFigures } from './rawSocket.ts'

/** How long the members get to link to their neighbours. */
const linkingMs = 120_000

/**
 * One message to all members of a room. All of them are whole cores in this one process, on a simulated network with
 * 5–25 ms a hop and a clock that does not run by itself: the times are those of the simulation, and say over how many
 * hops the last member is reached; what it costs is processor time, for all members together.
 */
export async function measureFanOut(bench: BenchContext, _raw: RawFigures): Promise<Section> {
  const entries: Entry[] = []
  for (const members of bench.scale.fanOuts) entries.push(...(await measureRoom(members, bench.scale.rounds)))
  return { title: 'One message to a whole room (simulated network, 5–25 ms a hop)', entries }
}

async function measureRoom(members: number, rounds: number): Promise<Entry[]> {
  const world = new World(1, { startMs: Date.now() })
  const people: SimulatedPerson[] = []
  for (let i = 0; i < members; i++) people.push(await world.person(`Member ${i + 1}`))
  const accounts = await Promise.all(people.map((person) => accountOfPerson(person)))
  const random = new SeededRandom(2)
  const plan = planRoom(accounts.map(memberOf), random, world.clock.now())
  for (const [i, person] of people.entries()) {
    await person.stop()
    plantRoom(new MemoryStore(person.disk), accounts[i]?.dataKey ?? new Uint8Array(), plan, random, 0)
    await person.start()
  }
  await world.clock.advance(linkingMs)
  const links = await Promise.all(
    people.map(async ({ chat }) => (await chat.request('network/status', {})).links.length),
  )
  const sendings = await repeat(rounds, (round) => sendOnce(world, people, round))
  for (const person of people) await person.stop()
  const name = `${members} members`
  return [
    {
      name: `${name}: until the last has it, simulated`,
      unit: 'ms',
      figure: figure(sendings.map(({ lastMs }) => lastMs)),
    },
    {
      name: `${name}: processor time for each member`,
      unit: 'ms',
      figure: figure(sendings.map(({ cpuMs }) => cpuMs / members)),
    },
    { name: `${name}: links of a member`, unit: 'links', figure: figure(links) },
  ]
}

async function sendOnce(
  world: World,
  people: readonly SimulatedPerson[],
  round: number,
): Promise<{ lastMs: number; cpuMs: number }> {
  const sender = people[(round * 7) % people.length]
  const [room] = (await sender?.chat.request('conversation/list', {})) ?? []
  if (sender === undefined || room === undefined) throw new Error('No room')
  const text = `Round ${round}`
  let missing = people.length - 1
  const startMs = world.clock.monotonicMs()
  let lastMs = 0
  const watches = people.map(({ chat }) =>
    chat.on('message/added', ({ message: { state, body } }) => {
      if (state !== 'received' || body.kind !== 'text' || body.text !== text) return
      lastMs = world.clock.monotonicMs() - startMs
      missing--
    }),
  )
  const cpuBefore = readCpuMs()
  await sender.send(room.id, text)
  await world.clock.until(() => missing === 0)
  const cpuMs = readCpuMs() - cpuBefore
  for (const watch of watches) watch.dispose()
  await world.clock.advance(10_000)
  return { lastMs, cpuMs }
}
