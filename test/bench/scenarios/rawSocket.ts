import type { BenchContext } from '../context.ts'
import type { LoopDelay } from '../gauges.ts'
import type { RawHandlers } from '../rawParticipant.ts'
import type { Section } from '../report.ts'
import { figure, percentile, repeat, type Figure } from '../statistics.ts'

/** What a plain HyperDHT socket does between two processes of this machine, in this run. */
export interface RawFigures {
  /** A round trip at the pace of live messages: one after a pause, when both processes have gone to sleep. */
  readonly echoMs: Figure
  /** A round trip right after the one before. */
  readonly busyEchoMs: Figure
  /** One small durable transaction: a live message waits for one on each side. */
  readonly commitMs: Figure
  readonly messagesPerSecond: Figure
  readonly connectMs: Figure
  readonly idleMegabytes: Figure
  readonly loopDelay: LoopDelay
  /** Milliseconds to carry so many messages one way. */
  readonly carryMs: ReadonlyMap<number, Figure>
}

export async function measureRawSocket(bench: BenchContext): Promise<{ raw: RawFigures; section: Section }> {
  const { scale, bootstrap } = bench
  const listener = bench.start<RawHandlers>('rawParticipant')
  const dialler = bench.start<RawHandlers>('rawParticipant')
  const publicKey = await listener.call('listen', { bootstrap })
  const connect = (): Promise<number> => dialler.call('connect', { bootstrap, publicKey })
  const firstConnectMs = await connect()
  const idle = await listener.call('idleMemory', undefined)

  await dialler.call('watchLoop', undefined)
  const connects = [firstConnectMs, ...(await repeat(scale.rounds - 1, connect))]
  const echo = (count: number, pauseMs: number): Promise<Figure> =>
    medians(scale.rounds, () => dialler.call('echo', { count, pauseMs }))
  await echo(scale.echoes, 0)
  const busyEchoMs = await echo(scale.echoes, 0)
  const echoMs = await echo(scale.liveMessages, 1)
  const commitMs = await medians(scale.rounds, async () =>
    listener.call('commit', { directory: await bench.directory(), count: scale.liveMessages }),
  )
  const carry = async (count: number): Promise<Figure> =>
    figure(await repeat(scale.rounds, () => dialler.call('flood', { count })))
  const flood = await repeat(scale.rounds, () => dialler.call('flood', { count: scale.floodMessages }))
  const carryMs = new Map<number, Figure>()
  for (const count of scale.histories) carryMs.set(count, await carry(count))

  const raw: RawFigures = {
    echoMs,
    busyEchoMs,
    commitMs,
    messagesPerSecond: figure(flood.map((ms) => (scale.floodMessages / ms) * 1000)),
    connectMs: figure(connects),
    idleMegabytes: figure([idle]),
    loopDelay: await dialler.call('loopDelay', undefined),
    carryMs,
  }
  return { raw, section: describeRaw(raw) }
}

/** The median of each round's median. */
async function medians(rounds: number, measure: () => Promise<readonly number[]>): Promise<Figure> {
  return figure((await repeat(rounds, measure)).map((times) => percentile(times, 0.5)))
}

function describeRaw(raw: RawFigures): Section {
  return {
    title: 'A plain HyperDHT socket',
    entries: [
      { name: 'echo of 200 bytes after a pause of 1 ms, p50', unit: 'ms', figure: raw.echoMs },
      { name: 'echo of 200 bytes back to back, p50', unit: 'ms', figure: raw.busyEchoMs },
      { name: '200-byte messages one way', unit: 'per second', figure: raw.messagesPerSecond },
      ...[...raw.carryMs].map(([count, figure]) => ({ name: `${count} messages`, unit: 'ms' as const, figure })),
      { name: 'connect by key', unit: 'ms', figure: raw.connectMs },
      { name: 'beside it: one durable commit of one row, p50', unit: 'ms', figure: raw.commitMs },
      { name: 'resident memory of a bare node', unit: 'MB', figure: raw.idleMegabytes },
      { name: 'event-loop delay, p99', unit: 'ms', figure: figure([raw.loopDelay.p99Ms]) },
    ],
  }
}
