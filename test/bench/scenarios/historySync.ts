import { cp } from 'node:fs/promises'
import { openChat } from '../chatPair.ts'
import type { BenchContext } from '../context.ts'
import type { LoopDelay } from '../gauges.ts'
import { preparePair, type PreparedPair } from '../preparedPair.ts'
import { ratio, target, type Entry, type Section } from '../report.ts'
import { figure, repeat } from '../statistics.ts'
import type { RawFigures } from './rawSocket.ts'

interface Fetch {
  readonly ms: number
  readonly bytes: number
  /** Processor time of the new device. */
  readonly cpuMs: number
  readonly peakMegabytes: number
  readonly sourcePeakMegabytes: number
  readonly delays: readonly LoopDelay[]
}

/** A device that has nothing fetches a whole history from one that has it: from the link's opening to the last commit. */
export async function measureHistorySync(bench: BenchContext, raw: RawFigures): Promise<Section> {
  const { histories, rounds } = bench.scale
  const entries: Entry[] = []
  for (const messages of histories) {
    for (const devices of [2, 10]) {
      const pair = await preparePair(bench, messages, devices)
      const fetches = await repeat(rounds, () => fetchOnce(bench, pair, messages))
      entries.push(...describe(messages, devices, fetches, raw))
    }
  }
  return { title: 'A new device fetches a history', entries }
}

async function fetchOnce(bench: BenchContext, pair: PreparedPair, messages: number): Promise<Fetch> {
  const empty = { ...pair.empty, data: await bench.directory() }
  await cp(pair.empty.data, empty.data, { recursive: true })
  const source = await openChat(bench, pair.source)
  const fetcher = await openChat(bench, empty)
  await Promise.all([source.call('watchLoop', undefined), fetcher.call('watchLoop', undefined)])
  const cpuBefore = await fetcher.call('cpuMs', undefined)
  const [linked, received] = await Promise.all([
    fetcher.call('untilOnline', undefined),
    fetcher.call('untilReceived', { count: messages }),
  ])
  const cpuMs = (await fetcher.call('cpuMs', undefined)) - cpuBefore
  const delays = await Promise.all([source.call('loopDelay', undefined), fetcher.call('loopDelay', undefined)])
  const peakMegabytes = await fetcher.call('peakMemory', undefined)
  const sourcePeakMegabytes = await source.call('peakMemory', undefined)
  await bench.endParticipants()
  return { ms: received.atMs - linked.atMs, bytes: received.bytesIn, cpuMs, peakMegabytes, sourcePeakMegabytes, delays }
}

function describe(messages: number, devices: number, fetches: readonly Fetch[], raw: RawFigures): Entry[] {
  const carried = raw.carryMs.get(messages)
  if (carried === undefined) throw new Error('The plain socket was not measured with this history')
  const name = `${messages.toLocaleString('en')} messages by ${devices} devices`
  const time = figure(fetches.map(({ ms }) => ms))
  const times = ratio(time, carried)
  const isTarget = messages >= 100_000
  const peak = figure(fetches.map(({ peakMegabytes }) => peakMegabytes))
  const sourcePeak = figure(fetches.map(({ sourcePeakMegabytes }) => sourcePeakMegabytes))
  const worstP99 = figure(fetches.map(({ delays }) => Math.max(...delays.map(({ p99Ms }) => p99Ms))))
  return [
    {
      name,
      unit: 'ms',
      figure: time,
      raw: carried,
      ratio: times,
      ...(isTarget && { target: target('at most 6×', times <= 6) }),
    },
    { name: `${name}: processor time`, unit: 'ms', figure: figure(fetches.map(({ cpuMs }) => cpuMs)) },
    {
      name: `${name}: on the wire`,
      unit: 'bytes per message',
      figure: figure(fetches.map(({ bytes }) => bytes / messages)),
      raw: figure([200]),
      ratio: figure(fetches.map(({ bytes }) => bytes / messages)).median / 200,
    },
    {
      name: `${name}: peak memory of the new device`,
      unit: 'MB',
      figure: peak,
      ...(isTarget && { target: target('at most 100 MB', peak.median <= 100) }),
    },
    { name: `${name}: peak memory of the source`, unit: 'MB', figure: sourcePeak },
    {
      name: `${name}: event-loop delay of the worse side, p99`,
      unit: 'ms',
      figure: worstP99,
      target: target('under 20 ms', worstP99.median < 20),
    },
  ]
}
