import type { BenchContext } from '../context.ts'
import { openChat } from '../chatPair.ts'
import { preparePair } from '../preparedPair.ts'
import { ratio, target, type Section } from '../report.ts'
import { sampleWord } from '../sampleText.ts'
import type { SearchHandlers } from '../searchParticipant.ts'
import { figure, percentile } from '../statistics.ts'

/** What is typed, key by key: a common word and a rare one. */
const typed = [3, 15_000].flatMap((n) => Array.from(sampleWord(n), (_, i) => sampleWord(n).slice(0, i + 1)))

/** Searching as one types, and building the index that it needs, beside a plain FTS5 index of as many texts. */
export async function measureSearch(bench: BenchContext): Promise<Section> {
  const { rounds, openedHistory: messages } = bench.scale
  const plain = bench.start<SearchHandlers>('searchParticipant')
  const plainBuild = await plain.call('build', { messages })
  const plainFinds: number[] = []
  for (let round = 0; round < rounds; round++)
    for (const start of typed) plainFinds.push(await plain.call('find', { start }))
  await plain.kill()

  const pair = await preparePair(bench, messages, 2, { isVaried: true })
  const reader = await openChat(bench, pair.source)
  const before = await reader.call('idleMemory', undefined)
  await reader.call('watchLoop', undefined)
  const build = await reader.call('completeSearch', undefined)
  const { p99Ms } = await reader.call('loopDelay', undefined)
  const memory = (await reader.call('idleMemory', undefined)) - before
  const finds: number[] = []
  for (let round = 0; round < rounds; round++)
    for (const query of typed) finds.push(await reader.call('search', { query }))
  await reader.kill()

  const found = figure(finds)
  const worst = percentile(finds, 0.99)
  return {
    title: `Search (${messages.toLocaleString('en')} messages)`,
    entries: [
      {
        name: 'a key typed to 50 results, beside a plain FTS5 index',
        unit: 'ms',
        figure: found,
        raw: figure(plainFinds),
        ratio: ratio(found, figure(plainFinds)),
        target: target('99 of 100 under 50 ms', worst < 50),
      },
      {
        name: 'building the index, in slices',
        unit: 'ms',
        figure: figure([build]),
        raw: figure([plainBuild]),
        ratio: build / plainBuild,
      },
      {
        name: 'event loop delay meanwhile, p99',
        unit: 'ms',
        figure: figure([p99Ms]),
        target: target('under 20 ms', p99Ms < 20),
      },
      {
        name: 'memory of the index',
        unit: 'MB',
        figure: figure([Math.max(0, memory)]),
        target: target('under 150 MB', memory < 150),
      },
    ],
  }
}
