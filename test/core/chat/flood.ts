import type { Frame } from '../../../src/core/link/frame.ts'
import type { MemoryStore } from '../../doubles/memoryStore.ts'
import { count } from '../../record/tally.ts'
import type { Insider } from './insider.ts'
import type { World } from './world.ts'

/** Sends a batch of a frame each turn until the link ends or so many are out. Returns how many were sent. */
export async function flood(
  world: World,
  insider: Insider,
  most: number,
  make: (i: number) => Frame,
  batch = 400,
): Promise<number> {
  let sent = 0
  for (; sent < most && !insider.link.isClosed; sent += batch) {
    for (let i = 0; i < batch; i++) insider.link.send(make(sent + i))
    await world.clock.advance(1)
  }
  await world.clock.advance(500)
  count({ badInputs: sent })
  return sent
}

const calls = [
  'getRecord',
  'putRecord',
  'deleteRecord',
  'listRecords',
  'getEvent',
  'readLog',
  'readHistory',
  'findEvent',
] as const
const more = [
  'readLines',
  'readLinesAfter',
  'readOpen',
  'replaceEvent',
  'readRelations',
  'readSlot',
  'countEvents',
] as const

/**
 * Counts from now on what a store is asked for and what it gives: the work of an event loop that a busy machine does not
 * change. Answers how much it is so far.
 */
export function countWork(store: MemoryStore): () => number {
  let work = 0
  for (const name of [...calls, ...more]) {
    const call = store[name].bind(store) as (...args: unknown[]) => unknown
    const counted = (...args: unknown[]): unknown => {
      const result = call(...args)
      work += 1 + (Array.isArray(result) ? result.length : 0)
      return result
    }
    Object.assign(store, { [name]: counted })
  }
  return () => work
}
