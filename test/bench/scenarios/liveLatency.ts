import { openPair } from '../chatPair.ts'
import type { BenchContext } from '../context.ts'
import { ratio, target, type Section } from '../report.ts'
import { figure, percentile, repeat } from '../statistics.ts'
import { watchLoops } from '../watchLoops.ts'
import { loopEntry } from './loopEntry.ts'
import { connectPair, medians, type RawFigures } from './rawSocket.ts'

/**
 * From `message/send` to the other side's `message/added`, one message at a time. What a machine takes for it drifts by a
 * quarter within a minute: each round has echoes of a plain socket of its own, right before.
 */
export async function measureLiveLatency(bench: BenchContext, raw: RawFigures): Promise<Section> {
  const { scale } = bench
  const { ada, bob, conversation } = await openPair(bench)
  const converse = async (): Promise<number[]> => {
    const sent = await ada.call('converse', { conversation, count: scale.liveMessages })
    const arrivals = new Map((await bob.call('arrivals', undefined)).map(({ id, atMs }) => [id, atMs]))
    return sent.map(({ id, atMs }) => {
      const arrivedMs = arrivals.get(id)
      if (arrivedMs === undefined) throw new Error('A message was not told')
      return arrivedMs - atMs
    })
  }
  const { dialler } = await connectPair(bench)
  const echo = (pauseMs: number): Promise<number[]> => dialler.call('echo', { count: scale.liveMessages, pauseMs })
  await Promise.all([converse(), echo(0)])
  const measured = await repeat(scale.rounds, async () => ({
    busy: await echo(0),
    paused: await echo(1),
    live: await watchLoops([ada, bob], converse),
  }))
  const watched = measured.map(({ live }) => live)
  const rounds = watched.map(({ result }) => result)
  const p50 = medians(rounds)
  const echoMs = medians(measured.map(({ paused }) => paused))
  const busyEchoMs = medians(measured.map(({ busy }) => busy))
  const roundTrips = ratio(p50, echoMs)
  return {
    title: 'A live message: message/send here to message/added there',
    entries: [
      {
        name: 'p50',
        unit: 'ms',
        figure: p50,
        raw: echoMs,
        ratio: roundTrips,
        target: target('at most 8×', roundTrips <= 8),
      },
      {
        name: 'p50, beside an echo back to back',
        unit: 'ms',
        figure: p50,
        raw: busyEchoMs,
        ratio: ratio(p50, busyEchoMs),
      },
      { name: 'p99', unit: 'ms', figure: figure(rounds.map((times) => percentile(times, 0.99))) },
      loopEntry('event-loop delay of the later side, p99', watched, raw.loopMs.echo),
    ],
  }
}
