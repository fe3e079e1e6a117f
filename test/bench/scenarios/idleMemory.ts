import { openPair } from '../chatPair.ts'
import type { BenchContext } from '../context.ts'
import { ratio, target, type Section } from '../report.ts'
import { figure, repeat } from '../statistics.ts'
import type { RawFigures } from './rawSocket.ts'

/** What the chat holds in memory when nothing happens, beside a bare HyperDHT node. */
export async function measureIdleMemory(bench: BenchContext, raw: RawFigures): Promise<Section> {
  const residents = await repeat(bench.scale.rounds, async () => {
    const { ada } = await openPair(bench)
    const megabytes = await ada.call('idleMemory', undefined)
    await bench.endParticipants()
    return megabytes
  })
  const idle = figure(residents)
  const above = figure(residents.map((megabytes) => megabytes - raw.idleMegabytes.median))
  return {
    title: 'Memory at rest, linked to one contact',
    entries: [
      { name: 'resident', unit: 'MB', figure: idle, raw: raw.idleMegabytes, ratio: ratio(idle, raw.idleMegabytes) },
      {
        name: 'above a bare HyperDHT node',
        unit: 'MB',
        figure: above,
        raw: raw.idleMegabytes,
        ratio: ratio(above, raw.idleMegabytes),
        target: target('at most 25 MB', above.median <= 25),
      },
    ],
  }
}
