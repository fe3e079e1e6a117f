import { compareBytes, toHex } from '../../src/core/codec/bytes.ts'
import type {
  Durability,
  EventPart,
  EventRow,
  LogRow,
  Position,
  RecordKind,
  RelationRow,
  Store,
  StoreRemains,
} from '../../src/core/ports/store.ts'
import { recordKinds } from '../../src/core/ports/store.ts'
import { chatError } from '../../src/shared/chatError.ts'

interface Row {
  readonly event: EventRow
}

/** What outlives a `MemoryStore`: give the same disk to the next one, and it finds what was committed. */
export class MemoryDisk implements StoreRemains {
  readonly records = new Map<RecordKind, Map<string, { readonly id: Uint8Array; readonly sealed: Uint8Array }>>()
  readonly logs = new Map<number, Map<number, EventRow>>()
  /** Each conversation in order of (clock, id); a row is looked up in its log, where its bytes may be replaced. */
  readonly conversations = new Map<number, Row[]>()
  /** By target, in order of (slot, clock, id). */
  readonly relations = new Map<string, readonly RelationRow[]>()
  /** The steps that take back what a power cut would take now, oldest first. */
  readonly unflushed: (() => void)[] = []
  /** Every write fails with `store-failed` while set. */
  isFull = false
  /** This many more commits succeed before one fails and rolls back; `undefined` for no failure. */
  commitsUntilFailure: number | undefined;

  *readRecords(): ReturnType<StoreRemains['readRecords']> {
    for (const [kind, records] of this.records)
      for (const { id, sealed } of records.values()) yield { kind, id: id.slice(), sealed: sealed.slice() }
  }

  *readEvents(): ReturnType<StoreRemains['readEvents']> {
    for (const rows of this.logs.values()) for (const row of rows.values()) yield copyOf(row)
  }

  /** The power is cut: what was not flushed is not there any more. No store is open. */
  losePower(): void {
    for (const step of this.unflushed.splice(0).reverse()) step()
  }

  /** What a backup of it holds. */
  copy(): MemoryDisk {
    const copy = new MemoryDisk()
    for (const [kind, records] of this.records) copy.records.set(kind, new Map(records))
    for (const [log, rows] of this.logs) copy.logs.set(log, new Map(rows))
    for (const [conversation, rows] of this.conversations) copy.conversations.set(conversation, [...rows])
    for (const [target, rows] of this.relations) copy.relations.set(target, rows)
    return copy
  }
}

/** A store in memory, with the transactions, the copies and the failures of a real one. */
export class MemoryStore implements Store {
  readonly disk: MemoryDisk
  #undo: (() => void)[] | undefined
  #isOpen = true
  /** How many transactions were committed. */
  commits = 0

  constructor(disk: MemoryDisk = new MemoryDisk()) {
    this.disk = disk
  }

  transaction<T>(work: () => T, durability: Durability = 'flushed'): T {
    this.#check()
    if (this.#undo !== undefined) throw new Error('A transaction is running already')
    const undo: (() => void)[] = []
    this.#undo = undo
    try {
      const result = work()
      this.#commit()
      if (durability === 'written') this.disk.unflushed.push(...undo)
      // What changes nothing writes nothing, and so flushes nothing.
      else if (undo.length > 0) this.disk.unflushed.length = 0
      return result
    } catch (error) {
      for (const step of undo.reverse()) step()
      throw error
    } finally {
      this.#undo = undefined
    }
  }

  getRecord(kind: RecordKind, id: Uint8Array): Uint8Array | undefined {
    this.#check()
    return this.disk.records.get(kind)?.get(toHex(id))?.sealed.slice()
  }

  putRecord(kind: RecordKind, id: Uint8Array, sealed: Uint8Array): void {
    const rows = this.#recordsForWriting(kind)
    const key = toHex(id)
    this.#restoreLater(rows, key)
    rows.set(key, { id: id.slice(), sealed: sealed.slice() })
  }

  deleteRecord(kind: RecordKind, id: Uint8Array): void {
    const rows = this.#recordsForWriting(kind)
    const key = toHex(id)
    this.#restoreLater(rows, key)
    rows.delete(key)
  }

  listRecords(kind: RecordKind): readonly { readonly id: Uint8Array; readonly sealed: Uint8Array }[] {
    this.#check()
    return [...(this.disk.records.get(kind)?.values() ?? [])]
      .sort((a, b) => compareBytes(a.id, b.id))
      .map(({ id, sealed }) => ({ id: id.slice(), sealed: sealed.slice() }))
  }

  listUnknownRecords(): readonly { readonly id: Uint8Array; readonly sealed: Uint8Array }[] {
    this.#check()
    const unknown = [...this.disk.records].filter(([kind]) => !recordKinds.includes(kind))
    return unknown.flatMap(([, records]) => [...records.values()])
  }

  addEvents(rows: readonly EventRow[]): void {
    if (this.#undo === undefined) {
      this.transaction(() => this.addEvents(rows))
      return
    }
    this.#checkWritable()
    for (const row of rows) this.#addEvent(copyOf(row))
  }

  getEvent(log: number, seq: number): EventRow | undefined {
    this.#check()
    const row = this.disk.logs.get(log)?.get(seq)
    return row === undefined ? undefined : copyOf(row)
  }

  readLog(log: number, from: number, to: number, limit: number): readonly LogRow[] {
    this.#check()
    const rows = this.disk.logs.get(log)
    if (rows === undefined) return []
    return [...rows.values()]
      .filter(({ seq }) => from <= seq && seq <= to)
      .sort((a, b) => a.seq - b.seq)
      .slice(0, Math.max(0, limit))
      .map(({ seq, clock, sealed }) => ({ seq, clock, sealed: new Uint8Array(sealed) }))
  }

  readHistory(conversation: number, before: Position | undefined, limit: number): readonly EventRow[] {
    return this.#readDown(conversation, before, limit, () => true)
  }

  readLines(conversation: number, before: Position | undefined, limit: number): readonly EventRow[] {
    return this.#readDown(conversation, before, limit, isLine)
  }

  readOpen(conversation: number, before: Position | undefined, limit: number): readonly EventRow[] {
    return this.#readDown(conversation, before, limit, ({ part }) => part === 'unsorted' || part === 'lacking')
  }

  #readDown(
    conversation: number,
    before: Position | undefined,
    limit: number,
    isWanted: (row: EventRow) => boolean,
  ): readonly EventRow[] {
    this.#check()
    const rows = this.disk.conversations.get(conversation) ?? []
    const found: EventRow[] = []
    for (let i = before === undefined ? rows.length : placeOf(rows, before); i > 0 && found.length < limit; i--) {
      const row = this.#current(rows[i - 1] as Row)
      if (isWanted(row)) found.push(row)
    }
    return found.reverse()
  }

  readLinesAfter(conversation: number, after: Position, limit: number): readonly EventRow[] {
    this.#check()
    const rows = this.disk.conversations.get(conversation) ?? []
    const place = placeOf(rows, after)
    const found = rows[place]
    const start = found !== undefined && compare(found.event, after) === 0 ? place + 1 : place
    const lines = rows.slice(start).map((row) => this.#current(row))
    return lines.filter(isLine).slice(0, Math.max(0, limit))
  }

  findEvent(conversation: number, at: Position): EventRow | undefined {
    this.#check()
    const rows = this.disk.conversations.get(conversation) ?? []
    const row = rows[placeOf(rows, at)]
    return row !== undefined && compare(row.event, at) === 0 ? this.#current(row) : undefined
  }

  countEvents(
    conversation: number,
    after: Position | undefined,
    exceptLogs: readonly number[],
    upToClock = Infinity,
  ): number {
    this.#check()
    const rows = this.disk.conversations.get(conversation) ?? []
    return rows.filter(
      (row) =>
        row.event.log >= 0 &&
        row.event.clock <= upToClock &&
        isLine(this.#current(row)) &&
        !exceptLogs.includes(row.event.log) &&
        (after === undefined || compare(row.event, after) > 0),
    ).length
  }

  replaceEvent(log: number, seq: number, sealed: Uint8Array, part: EventPart): void {
    this.#checkWritable()
    const rows = this.disk.logs.get(log)
    const row = rows?.get(seq)
    if (rows === undefined || row === undefined) return
    this.#restoreLater(rows, seq)
    rows.set(seq, { ...row, sealed: sealed.slice(), part })
  }

  addRelations(rows: readonly RelationRow[]): void {
    this.#checkWritable()
    for (const row of rows) {
      const key = toHex(row.target)
      const present = this.disk.relations.get(key) ?? []
      const at = firstNotBefore(present, (one) => compareInTarget(one, row))
      const there = present[at]
      if (there !== undefined && compareInTarget(there, row) === 0) continue
      this.#restoreLater(this.disk.relations, key)
      this.disk.relations.set(key, present.toSpliced(at, 0, row))
    }
  }

  deleteRelations(rows: readonly RelationRow[]): void {
    this.#checkWritable()
    for (const row of rows) {
      const key = toHex(row.target)
      const present = this.disk.relations.get(key) ?? []
      this.#restoreLater(this.disk.relations, key)
      this.disk.relations.set(
        key,
        present.filter((one) => compareInTarget(one, row) !== 0),
      )
    }
  }

  readRelations(target: Uint8Array): readonly RelationRow[] {
    this.#check()
    const rows = this.disk.relations.get(toHex(target)) ?? []
    const newest: RelationRow[] = []
    for (let row = rows.at(-1); row !== undefined;) {
      newest.push(row)
      const { slot } = row
      row = rows[firstNotBefore(rows, (one) => compareBytes(one.slot, slot)) - 1]
    }
    return newest
  }

  readSlot(target: Uint8Array, slot: Uint8Array, before: Position | undefined, limit: number): readonly RelationRow[] {
    this.#check()
    const rows = this.disk.relations.get(toHex(target)) ?? []
    const end = firstNotBefore(
      rows,
      (row) => compareBytes(row.slot, slot) || (before === undefined ? -1 : compare(row, before)),
    )
    const found: RelationRow[] = []
    for (let i = end - 1; i >= 0 && found.length < limit; i--) {
      const row = rows[i] as RelationRow
      if (compareBytes(row.slot, slot) !== 0) break
      found.push(row)
    }
    return found
  }

  /** What is replaced is nowhere any more as it is. */
  scrub(): void {
    if (this.#undo === undefined) throw new Error('There is no transaction')
  }

  tidy(): boolean {
    return false
  }

  flush(): void {
    if (this.#undo !== undefined) throw new Error('A transaction is running')
    if (this.disk.unflushed.length === 0) return
    this.#checkWritable()
    this.#commit()
    this.disk.unflushed.length = 0
  }

  close(): void {
    this.#isOpen = false
  }

  #addEvent(row: EventRow): void {
    const log = this.disk.logs.get(row.log) ?? new Map<number, EventRow>()
    this.disk.logs.set(row.log, log)
    if (log.has(row.seq)) return
    this.#restoreLater(log, row.seq)
    log.set(row.seq, row)
    const rows = this.disk.conversations.get(row.conversation) ?? []
    this.disk.conversations.set(row.conversation, rows)
    const own = { event: row }
    rows.splice(placeOf(rows, row), 0, own)
    this.#undo?.push(() => rows.splice(rows.indexOf(own), 1))
  }

  #current({ event }: Row): EventRow {
    return copyOf(this.disk.logs.get(event.log)?.get(event.seq) ?? event)
  }

  #recordsForWriting(kind: RecordKind): Map<string, { readonly id: Uint8Array; readonly sealed: Uint8Array }> {
    this.#checkWritable()
    const rows = this.disk.records.get(kind) ?? new Map<string, { id: Uint8Array; sealed: Uint8Array }>()
    this.disk.records.set(kind, rows)
    return rows
  }

  #restoreLater<K, V>(map: Map<K, V>, key: K): void {
    const before = map.get(key)
    this.#undo?.push(() => (before === undefined ? map.delete(key) : map.set(key, before)))
    if (this.#undo !== undefined) return
    this.#commit()
    this.disk.unflushed.length = 0
  }

  #commit(): void {
    if (this.disk.commitsUntilFailure !== undefined && this.disk.commitsUntilFailure-- <= 0) {
      this.disk.commitsUntilFailure = undefined
      throw chatError('store-failed')
    }
    this.commits++
  }

  #check(): void {
    if (!this.#isOpen) throw new Error('The store is closed')
  }

  #checkWritable(): void {
    this.#check()
    if (this.disk.isFull) throw chatError('store-failed')
  }
}

const copyOf = (row: EventRow): EventRow => ({ ...row, id: row.id.slice(), sealed: row.sealed.slice() })

const isLine = ({ part }: EventRow): boolean => part === 'line' || part === 'unsorted'

const compareInTarget = (a: RelationRow, b: RelationRow): number => compareBytes(a.slot, b.slot) || compare(a, b)

const compare = (a: Position, b: Position): number => a.clock - b.clock || compareBytes(a.id, b.id)

/** The index of the first row that is not before a place; `to`: how a row stands to that place, ascending. */
function firstNotBefore<T>(rows: readonly T[], to: (row: T) => number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (to(rows[middle] as T) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The index of the first row that is not before `at`. */
const placeOf = (rows: readonly Row[], at: Position): number => firstNotBefore(rows, ({ event }) => compare(event, at))
