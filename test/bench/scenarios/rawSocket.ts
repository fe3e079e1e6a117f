import type { BenchContext } from '../context.ts'
import type { LoopDelay } from '../gauges.ts'
import type { RawHandlers } from '../rawParticipant.ts'
import type { Section } from '../report.ts'
import { figure, percentile, repeat, type Figure } from '../statistics.ts'

/** What a plain HyperDHT socket does between two processes of this machine, in this run. */
export interface RawFigures {
  readonly echoMs: Figure
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
  await dialler.call('echo', { count: scale.echoes })
  const echoes = await repeat(scale.rounds, async () =>
    percentile(await dialler.call('echo', { count: scale.echoes }), 0.5),
  )
  const carry = async (count: number): Promise<Figure> =>
    figure(await repeat(scale.rounds, () => dialler.call('flood', { count })))
  const flood = await repeat(scale.rounds, () => dialler.call('flood', { count: scale.floodMessages }))
  const carryMs = new Map<number, Figure>()
  for (const count of scale.histories) carryMs.set(count, await carry(count))

  const raw: RawFigures = {
    echoMs: figure(echoes),
    messagesPerSecond: figure(flood.map((ms) => (scale.floodMessages / ms) * 1000)),
    connectMs: figure(connects),
    idleMegabytes: figure([idle]),
    loopDelay: await dialler.call('loopDelay', undefined),
    carryMs,
  }
  return { raw, section: describeRaw(raw) }
}

function describeRaw(raw: RawFigures): Section {
  return {
    title: 'A plain HyperDHT socket',
    entries: [
      { name: 'echo of 200 bytes, p50', unit: 'ms', figure: raw.echoMs },
      { name: '200-byte messages one way', unit: 'per second', figure: raw.messagesPerSecond },
      ...[...raw.carryMs].map(([count, figure]) => ({ name: `${count} messages`, unit: 'ms' as const, figure })),
      { name: 'connect by key', unit: 'ms', figure: raw.connectMs },
      { name: 'resident memory of a bare node', unit: 'MB', figure: raw.idleMegabytes },
      { name: 'event-loop delay, p99', unit: 'ms', figure: figure([raw.loopDelay.p99Ms]) },
    ],
  }
}
