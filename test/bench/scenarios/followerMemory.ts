import type { BenchContext } from '../context.ts'
import { target, type Section } from '../report.ts'
import { figure, repeat } from '../statistics.ts'
import type { WindowHandlers } from '../windowParticipant.ts'

/** What a further window of a person costs in memory: it uses the chat that another one runs. */
export async function measureFollowerMemory(bench: BenchContext): Promise<Section> {
  const rounds = await repeat(bench.scale.rounds, async () => {
    const directory = await bench.directory()
    const leader = bench.start<WindowHandlers>('windowParticipant')
    await leader.call('join', directory)
    await leader.call('createIdentity', 'Ada')
    const follower = bench.start<WindowHandlers>('windowParticipant')
    const before = await follower.call('idleMemory', undefined)
    const kind = await follower.call('join', directory)
    const name = await follower.call('readName', undefined)
    if (kind !== 'follower' || name !== 'Ada') throw new Error('The second window does not follow the first')
    const megabytes = (await follower.call('idleMemory', undefined)) - before
    const leading = await leader.call('idleMemory', undefined)
    await bench.endParticipants()
    return { megabytes, leading }
  })
  const above = figure(rounds.map(({ megabytes }) => megabytes))
  return {
    title: 'Memory of a further window',
    entries: [
      { name: 'leader, resident', unit: 'MB', figure: figure(rounds.map(({ leading }) => leading)) },
      {
        name: 'follower, above an empty process',
        unit: 'MB',
        figure: above,
        target: target('at most 15 MB', above.median <= 15),
      },
    ],
  }
}
