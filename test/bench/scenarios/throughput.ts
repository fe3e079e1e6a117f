import { openPair } from '../chatPair.ts'
import type { BenchContext } from '../context.ts'
import { ratio, target, type Section } from '../report.ts'
import { figure, repeat } from '../statistics.ts'
import { watchLoops } from '../watchLoops.ts'
import { loopEntry } from './loopEntry.ts'
import type { RawFigures } from './rawSocket.ts'

/** As many as 20,000 a second where the plain socket carries 240,000: a slower machine carries less of both. */
const mostTimes = 12

/** Messages that are on both disks, one way, until the sender knows it. */
export async function measureThroughput(bench: BenchContext, raw: RawFigures): Promise<Section> {
  const { scale } = bench
  const { ada, bob, conversation } = await openPair(bench)
  const flood = (): Promise<number> => ada.call('flood', { conversation, count: scale.floodMessages })
  await flood()
  const cpuMs = async (): Promise<readonly number[]> =>
    Promise.all([ada.call('cpuMs', undefined), bob.call('cpuMs', undefined)])
  const rounds = await repeat(scale.rounds, async () => {
    const before = await cpuMs()
    const { result: ms, p99Ms } = await watchLoops([ada, bob], flood)
    const [sender = 0, receiver = 0] = (await cpuMs()).map(
      (spent, i) => ((spent - (before[i] ?? 0)) / scale.floodMessages) * 10_000,
    )
    return { ms, p99Ms, sender, receiver }
  })

  const rate = figure(rounds.map(({ ms }) => (scale.floodMessages / ms) * 1000))
  const times = ratio(rate, raw.messagesPerSecond, 'more-is-better')
  return {
    title: 'Durable messages one way: asked for here, delivered there, and known here',
    entries: [
      {
        name: 'messages',
        unit: 'per second',
        figure: rate,
        raw: raw.messagesPerSecond,
        ratio: times,
        target: target(`at most ${String(mostTimes)}×`, times <= mostTimes),
      },
      {
        name: 'processor time of the sender for 10,000',
        unit: 'ms',
        figure: figure(rounds.map(({ sender }) => sender)),
      },
      {
        name: 'processor time of the receiver for 10,000',
        unit: 'ms',
        figure: figure(rounds.map(({ receiver }) => receiver)),
      },
      loopEntry('event-loop delay of the later side, p99', rounds, raw.loopMs.flood),
    ],
  }
}
