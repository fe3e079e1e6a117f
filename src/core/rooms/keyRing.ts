import { concat, idBytes } from '../codec/bytes.ts'
import { epochIdOf, type Epochs } from '../conversation/epochs.ts'
import { epochOf } from '../room/keyBox.ts'
import type { HeldKey } from '../room/keyBox.ts'
import type { EpochId } from '../room/operation.ts'
import { controlKeyOf, messageKeyOf } from '../room/roomKeys.ts'
import type { RecordTable } from '../store/recordTable.ts'
import type { RoomKeyRecord } from './roomRecords.ts'

export interface KeyRingInit {
  readonly room: Uint8Array
  readonly table: RecordTable<RoomKeyRecord>
  /** Of the room log. */
  readonly control: Epochs
  /** Of the messages. */
  readonly messages: Epochs
}

/** The keys of a room that this device holds. */
export class KeyRing {
  readonly #init: KeyRingInit
  readonly #held = new Map<EpochId, HeldKey>()

  constructor(init: KeyRingInit, held: readonly HeldKey[]) {
    this.#init = init
    for (const key of held) this.#take(key)
  }

  get all(): Iterable<HeldKey> {
    return this.#held.values()
  }

  get epochs(): Iterable<EpochId> {
    return this.#held.keys()
  }

  get(epoch: EpochId): HeldKey | undefined {
    return this.#held.get(epoch)
  }

  /** Takes up a key in memory. False: it was held already. */
  add(key: HeldKey): boolean {
    const present = this.#held.get(epochOf(this.#init.room, key))
    if (present?.kind === 'whole' || present?.kind === key.kind) return false
    this.#take(key)
    return true
  }

  /** Writes a key down, inside a transaction of the caller. */
  keep(key: HeldKey): void {
    const { room, table } = this.#init
    table.put(concat(room, idBytes(epochOf(room, key))), { room, key })
  }

  /**
   * Destroys what opens the messages of an epoch, inside a transaction of the caller: what opens the room log stays. The box
   * in which the key came is bound to the epoch before, so that it is of no use either once that one's key is destroyed.
   */
  destroy(epoch: EpochId): void {
    const { room, messages } = this.#init
    const key = this.#held.get(epoch)
    if (key?.kind !== 'whole') return
    const rest = { kind: 'control' as const, bytes: controlKeyOf(room, key.bytes) }
    this.#held.set(epoch, rest)
    this.keep(rest)
    messages.remove(epochIdOf(messageKeyOf(room, key.bytes)))
    key.bytes.fill(0)
  }

  #take(key: HeldKey): void {
    const { room, control, messages } = this.#init
    this.#held.set(epochOf(room, key), key)
    control.add(key.kind === 'whole' ? controlKeyOf(room, key.bytes) : key.bytes)
    if (key.kind === 'whole') messages.add(messageKeyOf(room, key.bytes))
  }
}
