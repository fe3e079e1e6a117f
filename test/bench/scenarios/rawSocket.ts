import type { BenchContext } from '../context.ts'
import type { Participant } from '../control.ts'
import type { RawHandlers } from '../rawParticipant.ts'
import type { Section } from '../report.ts'
import { figure, percentile, repeat, type Figure } from '../statistics.ts'
import { watchLoops } from '../watchLoops.ts'

/** What a plain HyperDHT socket does between two processes of this machine, in this run. */
export interface RawFigures {
  /** A round trip at the pace of live messages: one after a pause, when both processes have gone to sleep. */
  readonly echoMs: Figure
  /** A round trip right after the one before. */
  readonly busyEchoMs: Figure
  /** One small durable transaction: a live message waits for one before it goes out. */
  readonly commitMs: Figure
  readonly messagesPerSecond: Figure
  readonly connectMs: Figure
  readonly idleMegabytes: Figure
  /** By length of the history: what it costs to carry so many messages one way. */
  readonly carried: ReadonlyMap<number, Carried>
  /** The event-loop delay of the later side, p99, during the echoes after a pause, the flood and the connecting. */
  readonly loopMs: { readonly echo: Figure; readonly flood: Figure; readonly connect: Figure }
}

export interface Carried {
  readonly ms: Figure
  /** The event-loop delay of the later side, p99. */
  readonly loopMs: Figure
  /** The most memory of a process that received them. */
  readonly peakMegabytes: Figure
}

type RawPair = Readonly<Record<'listener' | 'dialler', Participant<RawHandlers>>>

export async function measureRawSocket(bench: BenchContext): Promise<{ raw: RawFigures; section: Section }> {
  const { scale } = bench
  const idle = await repeat(scale.rounds, async () => {
    const { listener } = await connectPair(bench)
    const megabytes = await listener.call('idleMemory', undefined)
    await bench.endParticipants()
    return megabytes
  })
  const peaks = new Map<number, Figure>()
  for (const count of scale.histories) peaks.set(count, await measurePeak(bench, count))

  const { listener, dialler, connects, connectLoops } = await connectPair(bench, scale.rounds)
  const echo = (count: number, pauseMs: number) =>
    repeat(scale.rounds, () => watchLoops([listener, dialler], () => dialler.call('echo', { count, pauseMs })))
  await echo(scale.echoes, 0)
  const busyEchoes = await echo(scale.echoes, 0)
  const echoes = await echo(scale.liveMessages, 1)
  const commits = await repeat(scale.rounds, async () =>
    listener.call('commit', { directory: await bench.directory(), count: scale.liveMessages }),
  )
  const flood = (count: number) =>
    repeat(scale.rounds, () => watchLoops([listener, dialler], () => dialler.call('flood', { count })))
  const floods = await flood(scale.floodMessages)
  const carried = new Map<number, Carried>()
  for (const [count, peakMegabytes] of peaks) {
    const rounds = await flood(count)
    carried.set(count, {
      ms: figure(rounds.map(({ result }) => result)),
      loopMs: figure(rounds.map(({ p99Ms }) => p99Ms)),
      peakMegabytes,
    })
  }
  const raw: RawFigures = {
    echoMs: medians(echoes.map(({ result }) => result)),
    busyEchoMs: medians(busyEchoes.map(({ result }) => result)),
    commitMs: medians(commits),
    messagesPerSecond: figure(floods.map(({ result }) => (scale.floodMessages / result) * 1000)),
    connectMs: figure(connects),
    idleMegabytes: figure(idle),
    carried,
    loopMs: {
      echo: figure(echoes.map(({ p99Ms }) => p99Ms)),
      flood: figure(floods.map(({ p99Ms }) => p99Ms)),
      connect: figure(connectLoops),
    },
  }
  return { raw, section: describeRaw(raw) }
}

/** Two bare nodes, the one connected to the other, `times` times anew. */
export async function connectPair(bench: BenchContext, times = 1) {
  const { bootstrap } = bench
  const pair: RawPair = {
    listener: bench.start<RawHandlers>('rawParticipant'),
    dialler: bench.start<RawHandlers>('rawParticipant'),
  }
  const publicKey = await pair.listener.call('listen', { bootstrap })
  const connections = await repeat(times, () =>
    watchLoops([pair.listener, pair.dialler], () => pair.dialler.call('connect', { bootstrap, publicKey })),
  )
  return {
    ...pair,
    connects: connections.map(({ result }) => result),
    connectLoops: connections.map(({ p99Ms }) => p99Ms),
  }
}

/** The most memory of a process that does nothing but receive so many messages. */
async function measurePeak(bench: BenchContext, count: number): Promise<Figure> {
  const peaks = await repeat(bench.scale.rounds, async () => {
    const { listener, dialler } = await connectPair(bench)
    await dialler.call('flood', { count })
    const megabytes = await listener.call('peakMemory', undefined)
    await bench.endParticipants()
    return megabytes
  })
  return figure(peaks)
}

/** The figure of each round's median. */
export function medians(rounds: readonly (readonly number[])[]): Figure {
  return figure(rounds.map((times) => percentile(times, 0.5)))
}

function describeRaw(raw: RawFigures): Section {
  const { loopMs } = raw
  return {
    title: 'A plain HyperDHT socket',
    entries: [
      { name: 'echo of 200 bytes after a pause of 1 ms, p50', unit: 'ms', figure: raw.echoMs },
      { name: 'echo of 200 bytes back to back, p50', unit: 'ms', figure: raw.busyEchoMs },
      { name: '200-byte messages one way', unit: 'per second', figure: raw.messagesPerSecond },
      ...[...raw.carried].map(([count, { ms }]) => ({ name: `${count} messages`, unit: 'ms' as const, figure: ms })),
      { name: 'connect by key', unit: 'ms', figure: raw.connectMs },
      { name: 'beside it: one durable commit of one row, p50', unit: 'ms', figure: raw.commitMs },
      { name: 'resident memory of a bare node', unit: 'MB', figure: raw.idleMegabytes },
      { name: 'event-loop delay during the echoes, p99', unit: 'ms', figure: loopMs.echo },
      { name: 'event-loop delay during the messages one way, p99', unit: 'ms', figure: loopMs.flood },
      { name: 'event-loop delay during the connecting, p99', unit: 'ms', figure: loopMs.connect },
    ],
  }
}
