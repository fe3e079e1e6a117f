import { hasSeq } from '../event/ranges.ts'
import type { Run } from '../event/run.ts'
import { maxRunBytes, maxRunEvents, runEventBytes } from '../event/run.ts'
import type { KeptEvent } from '../event/storedEvent.ts'
import { openKept } from '../event/storedEvent.ts'
import type { Store } from '../ports/store.ts'
import type { Vault } from '../store/vault.ts'
import type { DeviceLog } from './deviceLog.ts'

/** How many rows are read at once while a run is put together: what does not fit the run any more was read in vain. */
const chunkRows = 32

/**
 * The events `from..to` of a log as a run that ends at `to` and goes down as far as one frame allows. `undefined` if
 * `to` is not held or a row is damaged right there.
 */
export function readRunDown(store: Store, vault: Vault, log: DeviceLog, from: number, to: number): Run | undefined {
  const events: KeptEvent[] = []
  let bytes = 256
  let next = to
  const lowest = Math.max(from, to - maxRunEvents + 1)
  collect: while (next >= lowest && hasSeq(log.ranges, next)) {
    const rows = store.readLog(log.number, Math.max(lowest, next - chunkRows + 1), next, chunkRows)
    for (let i = rows.length - 1; i >= 0; i--) {
      const row = rows[i]
      if (row?.seq !== next) break collect
      const event = openKept(vault, log.number, row)
      if (event === undefined) break collect
      bytes += runEventBytes(event.body)
      if (bytes > maxRunBytes && events.length > 0) break collect
      events.push(event)
      next--
    }
    if (rows.length === 0) break
  }
  const first = events.at(-1)
  const last = events[0]
  if (first === undefined || last === undefined) return undefined
  const run: Run = { device: log.device, previous: first.previous, events: events.reverse() }
  return last.signature === undefined ? run : { ...run, signature: last.signature }
}
