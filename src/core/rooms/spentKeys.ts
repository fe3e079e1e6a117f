import { toHex } from '../codec/bytes.ts'
import { epochIdOf } from '../conversation/epochs.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import { currentEpoch } from '../room/currentEpoch.ts'
import type { EpochId } from '../room/operation.ts'
import { messageKeyOf } from '../room/roomKeys.ts'
import type { Room } from './room.ts'
import type { RoomContext } from './roomContext.ts'

/** So long after an epoch was followed by another its key is kept: somebody may have written in it while away. */
export const spentAfterMs = 30 * 24 * 60 * 60 * 1000
/** So many events of a log are looked at together. */
const chunkEvents = 256

export interface SpentKeysInit {
  readonly context: RoomContext
  readonly room: Room
}

/**
 * Destroys old keys together with the messages they protect: once the contents of all messages under a key are erased here,
 * nothing is left for it to open but copies that others made.
 */
export class SpentKeys {
  readonly #init: SpentKeysInit

  constructor(init: SpentKeysInit) {
    this.#init = init
  }

  /** Destroys what protects nothing any more. Resolves once that is on disk. */
  async destroy(): Promise<void> {
    const { context, room } = this.#init
    const spent = this.#spent()
    if (spent.length === 0) return
    await context.committer.run(
      () => {
        for (const epoch of spent) room.keys.destroy(epoch)
        context.store.scrub()
      },
      () => {
        room.restore()
      },
    )
    context.log.info(`Room ${toHex(room.id).slice(0, 8)}: destroyed ${String(spent.length)} old keys`)
  }

  /** The oldest epochs, one after the other, until the first that still protects something: each box opens with the key before. */
  #spent(): EpochId[] {
    const old = this.#old()
    if (old.size === 0 || this.#init.room.messages.missing > 0) return []
    for (const log of this.#init.room.messages.logs)
      for (const name of this.#living(log)) {
        const places = [...old.keys()]
        const from = places.indexOf(name)
        if (from !== -1) for (const later of places.slice(from)) old.delete(later)
        if (old.size === 0) return []
      }
    return [...old.values()]
  }

  /** Epochs that others followed long ago, in order, by the names under which messages know them. */
  #old(): Map<string, EpochId> {
    const { context, room } = this.#init
    const { epochs } = room.view
    const latest = context.clock.now() - spentAfterMs
    const old = new Map<string, EpochId>()
    for (const [place, { id }] of epochs.entries()) {
      const next = epochs[place + 1]
      if (next === undefined || next.startedAt > latest || id === currentEpoch(room.view)?.id) break
      const key = room.keys.get(id)
      if (key?.kind === 'whole') old.set(toHex(epochIdOf(messageKeyOf(room.id, key.bytes))), id)
    }
    return old
  }

  /** Under which epochs the messages of a device are whose contents are here. */
  *#living(log: DeviceLog): Generator<string> {
    for (const range of log.ranges)
      for (let from = range.from; from <= range.to; from += chunkEvents)
        for (let to = Math.min(range.to, from + chunkEvents - 1); to >= from;) {
          const run = this.#init.room.messages.readRun(log, from, to)
          if (run === undefined) throw new Error('A message that is held cannot be read')
          for (const { body, epoch } of run.events) if (body.kind === 'sealed') yield toHex(epoch)
          to -= run.events.length
        }
  }
}
