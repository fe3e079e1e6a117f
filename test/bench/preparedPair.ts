import { randomBytes } from 'node:crypto'
import { openPair } from './chatPair.ts'
import type { ChatHome } from './chatParticipant.ts'
import type { BenchContext } from './context.ts'
import type { HistoryHandlers } from './historyWriter.ts'

/** Two homes of contacts, not running. */
export interface PreparedPair {
  /** Holds the whole history. */
  readonly source: ChatHome
  /** Knows of the devices, and has nothing of what they wrote. */
  readonly empty: ChatHome
}

/** Contacts of whom one has `messages` messages written by `devices` devices, and the other is to fetch them all. `isVaried`: each of words of its own. */
export async function preparePair(
  bench: BenchContext,
  messages: number,
  devices: number,
  { isVaried = false }: { isVaried?: boolean } = {},
): Promise<PreparedPair> {
  const { homes, ada, bob } = await openPair(bench)
  await Promise.all([ada.call('close', undefined), bob.call('close', undefined)])
  await bench.endParticipants()
  const writer = bench.start<HistoryHandlers>('historyWriter')
  const person = await writer.call('person', { home: homes.ada })
  const extra = { person, seeds: Array.from({ length: devices - 1 }, () => new Uint8Array(randomBytes(32))) }
  await writer.call('write', { home: homes.ada, extra, messages, isVaried })
  await writer.call('write', { home: homes.bob, extra, messages: 0, isVaried })
  await bench.endParticipants()
  return { source: homes.ada, empty: homes.bob }
}
