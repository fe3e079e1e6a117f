import { hashBytes } from '../crypto/primitives.ts'
import { copyOf, isEqual } from '../codec/bytes.ts'
import type { Store } from '../ports/store.ts'
import type { RecordFormat } from '../store/recordTable.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'

/** The most rooms that are remembered as lost. */
export const maxLostRooms = 256
/** Its place among the settings. */
const key = new Uint8Array([5])

const format: RecordFormat<readonly Uint8Array[]> = {
  kind: 'setting',
  write(writer, rooms) {
    writer.uint8(1).uint(rooms.length)
    for (const room of rooms) writer.fixed(room)
  },
  read(reader) {
    if (reader.uint8() !== 1) reader.fail()
    return reader.list(maxLostRooms, () => copyOf(reader.fixed(hashBytes)))
  },
}

/** The rooms that this person was in and that damage took away from this disk. Writing needs a transaction of the caller. */
export class LostRoomList {
  readonly #table: RecordTable<readonly Uint8Array[]>

  constructor(store: Store, vault: Vault) {
    this.#table = new RecordTable(store, vault, format)
  }

  get rooms(): readonly Uint8Array[] {
    return this.#table.get(key) ?? []
  }

  add(lost: readonly Uint8Array[]): void {
    const known = this.rooms
    const fresh = lost.filter((room) => !known.some((one) => isEqual(one, room)))
    if (fresh.length > 0) this.#table.put(key, [...known, ...fresh].slice(-maxLostRooms))
  }

  /** It is here again. */
  remove(room: Uint8Array): void {
    const known = this.rooms
    const left = known.filter((one) => !isEqual(one, room))
    if (left.length === known.length) return
    if (left.length === 0) this.#table.delete(key)
    else this.#table.put(key, left)
  }
}
