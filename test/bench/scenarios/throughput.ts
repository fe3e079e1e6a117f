import { openPair } from '../chatPair.ts'
import type { BenchContext } from '../context.ts'
import { ratio, target, type Section } from '../report.ts'
import { figure, repeat } from '../statistics.ts'
import type { RawFigures } from './rawSocket.ts'

/** Messages that are on both disks, one way, until the sender knows it. */
export async function measureThroughput(bench: BenchContext, raw: RawFigures): Promise<Section> {
  const { scale } = bench
  const { ada, bob, conversation } = await openPair(bench)
  const flood = (): Promise<number> => ada.call('flood', { conversation, count: scale.floodMessages })
  await flood()
  await Promise.all([ada.call('watchLoop', undefined), bob.call('watchLoop', undefined)])
  const cpuMs = (): Promise<number[]> => Promise.all([ada.call('cpuMs', undefined), bob.call('cpuMs', undefined)])
  const before = await cpuMs()
  const times = await repeat(scale.rounds, flood)
  const after = await cpuMs()
  const messages = scale.rounds * scale.floodMessages
  const [sending = 0, receiving = 0] = after.map((ms, i) => ((ms - (before[i] ?? 0)) / messages) * 10_000)
  const [sender, receiver] = await Promise.all([ada.call('loopDelay', undefined), bob.call('loopDelay', undefined)])

  const rate = figure(times.map((ms) => (scale.floodMessages / ms) * 1000))
  const p99Ms = Math.max(sender.p99Ms, receiver.p99Ms)
  return {
    title: 'Durable messages one way: asked for here, delivered there, and known here',
    entries: [
      {
        name: 'messages',
        unit: 'per second',
        figure: rate,
        raw: raw.messagesPerSecond,
        ratio: ratio(rate, raw.messagesPerSecond, 'more-is-better'),
        target: target('at least 20,000 a second', rate.median >= 20_000),
      },
      { name: 'processor time of the sender for 10,000', unit: 'ms', figure: figure([sending]) },
      { name: 'processor time of the receiver for 10,000', unit: 'ms', figure: figure([receiving]) },
      { name: 'event-loop delay of the sender, p99', unit: 'ms', figure: figure([sender.p99Ms]) },
      { name: 'event-loop delay of the receiver, p99', unit: 'ms', figure: figure([receiver.p99Ms]) },
      {
        name: 'event-loop delay of both, p99',
        unit: 'ms',
        figure: figure([p99Ms]),
        target: target('under 20 ms', p99Ms < 20),
      },
    ],
  }
}
