import type { RepairCause, StoreRepair } from '../../shared/store.ts'
import type { Store } from '../ports/store.ts'
import type { RecordFormat } from '../store/recordTable.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'

/** How far the store has come; the identity file counts along. Where the store says less, it is an older copy. */
export interface Marks {
  /** Goes up by one at least with every opening and every closing. */
  readonly generation: number
  /** The version of this person's device list when the store was last opened. */
  readonly listVersion: number
}

// The position in this list is what is stored: append only.
const causes: readonly RepairCause[] = ['damaged', 'foreign', 'older', 'missing']

// Keys among the settings, where the first one is the `TimeKeeper`'s.
const marksKey = new Uint8Array([2])
const repairKey = new Uint8Array([3])

const marksFormat: RecordFormat<Marks> = {
  kind: 'setting',
  write(writer, { generation, listVersion }) {
    writer.uint8(1).uint(generation).uint(listVersion)
  },
  read(reader) {
    if (reader.uint8() !== 1) reader.fail()
    return { generation: reader.uint(Number.MAX_SAFE_INTEGER), listVersion: reader.uint(Number.MAX_SAFE_INTEGER) }
  },
}

const repairFormat: RecordFormat<StoreRepair> = {
  kind: 'setting',
  // Version 2 is one that cost rooms.
  write(writer, { cause, at, setAside, lostRooms }) {
    writer
      .uint8(lostRooms === undefined ? 1 : 2)
      .uint8(causes.indexOf(cause))
      .uint(at)
    writer.optional(setAside, (name) => writer.string(name))
    if (lostRooms !== undefined) writer.uint(lostRooms)
  },
  read(reader) {
    const version = reader.uint8()
    if (version !== 1 && version !== 2) reader.fail()
    const cause = causes[reader.uint8()]
    const at = reader.uint(Number.MAX_SAFE_INTEGER)
    const setAside = reader.optional(() => reader.string(255))
    const lostRooms = version === 2 ? reader.uint(Number.MAX_SAFE_INTEGER) : undefined
    if (cause === undefined) reader.fail()
    const given = { ...(setAside !== undefined && { setAside }), ...(lostRooms !== undefined && { lostRooms }) }
    return { cause: cause ?? 'damaged', at, ...given }
  },
}

/** What a store says about itself. Writing needs a transaction of the caller. */
export class StoreMarks {
  readonly #marks: RecordTable<Marks>
  readonly #repair: RecordTable<StoreRepair>

  constructor(store: Store, vault: Vault) {
    this.#marks = new RecordTable(store, vault, marksFormat)
    this.#repair = new RecordTable(store, vault, repairFormat)
  }

  /** `undefined` in a new store, and in one that was repaired and not opened since. */
  get marks(): Marks | undefined {
    return this.#marks.get(marksKey)
  }

  put(marks: Marks): void {
    this.#marks.put(marksKey, marks)
  }

  forget(): void {
    this.#marks.delete(marksKey)
  }

  /** The last repair that the user has not taken note of. */
  get repair(): StoreRepair | undefined {
    return this.#repair.get(repairKey)
  }

  putRepair(repair: StoreRepair): void {
    this.#repair.put(repairKey, repair)
  }

  noteRepair(): void {
    this.#repair.delete(repairKey)
  }
}
