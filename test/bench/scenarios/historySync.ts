import { cp } from 'node:fs/promises'
import { openChat } from '../chatPair.ts'
import type { BenchContext } from '../context.ts'
import { preparePair, type PreparedPair } from '../preparedPair.ts'
import { ratio, target, type Entry, type Section } from '../report.ts'
import { figure, repeat } from '../statistics.ts'
import { watchLoops } from '../watchLoops.ts'
import { loopEntry } from './loopEntry.ts'
import { connectPair, type RawFigures } from './rawSocket.ts'

interface Fetch {
  readonly ms: number
  /** What a plain socket took to carry as many messages, right before. */
  readonly plainMs: number
  readonly bytes: number
  /** Processor time of the new device. */
  readonly cpuMs: number
  readonly peakMegabytes: number
  readonly sourcePeakMegabytes: number
  /** Of the event loop of the later side. */
  readonly p99Ms: number
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

/** In milliseconds, by a pair that is warm. */
async function carryOnce(bench: BenchContext, messages: number): Promise<number> {
  const { dialler } = await connectPair(bench)
  await repeat(3, () => dialler.call('flood', { count: bench.scale.floodMessages }))
  const ms = await dialler.call('flood', { count: messages })
  await bench.endParticipants()
  return ms
}

async function fetchOnce(bench: BenchContext, pair: PreparedPair, messages: number): Promise<Fetch> {
  const plainMs = await carryOnce(bench, messages)
  const empty = { ...pair.empty, data: await bench.directory() }
  await cp(pair.empty.data, empty.data, { recursive: true })
  const source = await openChat(bench, pair.source)
  const fetcher = await openChat(bench, empty)
  const cpuBefore = await fetcher.call('cpuMs', undefined)
  const { result, p99Ms } = await watchLoops([source, fetcher], () =>
    Promise.all([fetcher.call('untilOnline', undefined), fetcher.call('untilReceived', { count: messages })]),
  )
  const [linked, received] = result
  const cpuMs = (await fetcher.call('cpuMs', undefined)) - cpuBefore
  const peakMegabytes = await fetcher.call('peakMemory', undefined)
  const sourcePeakMegabytes = await source.call('peakMemory', undefined)
  await bench.endParticipants()
  const ms = received.atMs - linked.atMs
  return { ms, plainMs, bytes: received.bytesIn, cpuMs, peakMegabytes, sourcePeakMegabytes, p99Ms }
}

function describe(messages: number, devices: number, fetches: readonly Fetch[], raw: RawFigures): Entry[] {
  const carried = raw.carried.get(messages)
  if (carried === undefined) throw new Error('The plain socket was not measured with this history')
  const name = `${messages.toLocaleString('en')} messages by ${devices} devices`
  const time = figure(fetches.map(({ ms }) => ms))
  const plain = figure(fetches.map(({ plainMs }) => plainMs))
  const times = ratio(time, plain)
  const isTarget = messages >= 100_000
  const peak = figure(fetches.map(({ peakMegabytes }) => peakMegabytes))
  const sourcePeak = figure(fetches.map(({ sourcePeakMegabytes }) => sourcePeakMegabytes))
  const wire = figure(fetches.map(({ bytes }) => bytes / messages))
  const payload = figure(fetches.map(() => 200))
  return [
    {
      name,
      unit: 'ms',
      figure: time,
      raw: plain,
      ratio: times,
      ...(isTarget && { target: target('at most 6×', times <= 6) }),
    },
    { name: `${name}: processor time`, unit: 'ms', figure: figure(fetches.map(({ cpuMs }) => cpuMs)) },
    {
      name: `${name}: on the wire`,
      unit: 'bytes per message',
      figure: wire,
      raw: payload,
      ratio: ratio(wire, payload),
    },
    {
      name: `${name}: peak memory of the new device`,
      unit: 'MB',
      figure: peak,
      raw: carried.peakMegabytes,
      ratio: ratio(peak, carried.peakMegabytes),
      ...(isTarget && { target: target('at most 100 MB', peak.median <= 100) }),
    },
    {
      name: `${name}: peak memory of the source`,
      unit: 'MB',
      figure: sourcePeak,
      raw: carried.peakMegabytes,
      ratio: ratio(sourcePeak, carried.peakMegabytes),
      ...(isTarget && { target: target('at most 100 MB', sourcePeak.median <= 100) }),
    },
    loopEntry(`${name}: event-loop delay of the later side, p99`, fetches, carried.loopMs),
  ]
}
