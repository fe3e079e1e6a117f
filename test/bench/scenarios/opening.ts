import { openChat } from '../chatPair.ts'
import type { ChatHandlers } from '../chatParticipant.ts'
import type { BenchContext } from '../context.ts'
import { sharedClockMs } from '../gauges.ts'
import { preparePair } from '../preparedPair.ts'
import { ratio, target, type Section } from '../report.ts'
import { figure, repeat } from '../statistics.ts'
import { watchLoops } from '../watchLoops.ts'
import { loopEntry } from './loopEntry.ts'
import type { RawFigures } from './rawSocket.ts'

/** Opening a long conversation at its last 50, and a process from its start to its link with a contact. */
export async function measureOpening(bench: BenchContext, raw: RawFigures): Promise<Section> {
  const { rounds, openedHistory } = bench.scale
  const pair = await preparePair(bench, openedHistory, 2)
  const openings = await repeat(rounds, async () => {
    const reader = bench.start<ChatHandlers>('chatParticipant')
    // The process is up and its code is loaded; what is measured is the opening of the data.
    await reader.call('arrivals', undefined)
    const { result, p99Ms } = await watchLoops([reader], async () => {
      const start = sharedClockMs()
      await reader.call('open', pair.source)
      return { openMs: sharedClockMs() - start, lastMs: await reader.call('readLast', undefined) }
    })
    await reader.kill()
    return { ...result, p99Ms }
  })

  const known = await preparePair(bench, 0, 1)
  const standing = await openChat(bench, known.source)
  const starts = await repeat(rounds, async () => {
    const start = sharedClockMs()
    const starter = await openChat(bench, known.empty)
    const { atMs } = await starter.call('untilOnline', undefined)
    await starter.kill()
    return atMs - start
  })
  await standing.kill()

  const open = figure(openings.map(({ openMs }) => openMs))
  const last = figure(openings.map(({ lastMs }) => lastMs))
  const linked = figure(starts)
  return {
    title: `Opening (${openedHistory.toLocaleString('en')} messages)`,
    entries: [
      {
        name: 'opening the data, beside connecting by key',
        unit: 'ms',
        figure: open,
        raw: raw.connectMs,
        ratio: ratio(open, raw.connectMs),
        target: target('under 100 ms', open.median < 100),
      },
      {
        name: 'then the last 50 messages, beside an echo',
        unit: 'ms',
        figure: last,
        raw: raw.echoMs,
        ratio: ratio(last, raw.echoMs),
        target: target('under 10 ms', last.median < 10),
      },
      loopEntry('event-loop delay of both, p99', openings, raw.loopMs.connect),
      {
        name: 'process start to open link with a contact',
        unit: 'ms',
        figure: linked,
        raw: raw.connectMs,
        ratio: ratio(linked, raw.connectMs),
        target: target('under 1 s', linked.median < 1000),
      },
    ],
  }
}
