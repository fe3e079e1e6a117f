/**
 * Rows of sealed bytes. The store knows no keys and no meanings: what is in clear here (local numbers, order, sizes,
 * random identifiers) is what a stolen disk shows.
 *
 * All calls are synchronous. A failing disk is a `ChatError`: `store-failed`, `store-damaged` or `store-newer`.
 */
export interface Store {
  /**
   * Runs `work` in one transaction. When it returns, everything is on disk (fsync), or, where the caller asks for
   * `durability` of that kind, `written`; when `work` or the commit throws, nothing has changed. Not re-entrant: a nested
   * call throws a plain error.
   */
  transaction<T>(work: () => T, durability?: Durability): T
  /**
   * When it returns, all that was committed is on disk, by a process before this one as well: nobody is to be told that
   * something is kept before that. It costs nothing where all is there already. Throws `store-failed`; nothing can be
   * written then before the disk has taken what it refused. Not inside a transaction.
   */
  flush(): void

  /** A record by kind and id, or `undefined`. */
  getRecord(kind: RecordKind, id: Uint8Array): Uint8Array | undefined
  putRecord(kind: RecordKind, id: Uint8Array, sealed: Uint8Array): void
  deleteRecord(kind: RecordKind, id: Uint8Array): void
  /** Every record of a kind, in order of id. */
  listRecords(kind: RecordKind): readonly { readonly id: Uint8Array; readonly sealed: Uint8Array }[]
  /** The records of kinds that this version does not have: of a later version, or of a kind that went bad. */
  listUnknownRecords(): readonly { readonly id: Uint8Array; readonly sealed: Uint8Array }[]

  /** Adds rows, each written or copied before the next is asked for. One with a (log, seq) that exists already is left as it was. */
  addEvents(rows: Iterable<EventRow>): void
  getEvent(log: number, seq: number): EventRow | undefined
  /** Rows of one log with `from <= seq <= to`, ascending, at most `limit`. */
  readLog(log: number, from: number, to: number, limit: number): readonly LogRow[]
  /** The newest `limit` rows of a conversation before `before` (or of all), oldest first. */
  readHistory(conversation: number, before: Position | undefined, limit: number): readonly EventRow[]
  /** The row at a position, or `undefined`. */
  findEvent(conversation: number, at: Position): EventRow | undefined
  /** The same of lines alone: of rows whose part is `line` or `unsorted`. */
  readLines(conversation: number, before: Position | undefined, limit: number): readonly EventRow[]
  /** The oldest `limit` lines of a conversation after `after`, oldest first. */
  readLinesAfter(conversation: number, after: Position, limit: number): readonly EventRow[]
  /** Rows whose part is `unsorted` or `lacking`, the newest `limit` before `before` (or of all), oldest first. */
  readOpen(conversation: number, before: Position | undefined, limit: number): readonly EventRow[]
  /**
   * How many lines of a conversation come after `after` (or are there at all), up to the clock `upToClock` where it is given,
   * in logs other than `exceptLogs`. Logs with negative numbers hold local notices and never count.
   */
  countEvents(
    conversation: number,
    after: Position | undefined,
    exceptLogs: readonly number[],
    upToClock?: number,
  ): number
  /** Replaces the sealed bytes and the part of an existing row: its body was erased, or what it is became known. */
  replaceEvent(log: number, seq: number, sealed: Uint8Array, part: EventPart): void

  /** Notes that events are about others. One that is noted already is left as it was. */
  addRelations(rows: readonly RelationRow[]): void
  /** Forgets what was noted. */
  deleteRelations(rows: readonly RelationRow[]): void
  /** Of every slot of a target the newest relation. */
  readRelations(target: Uint8Array): readonly RelationRow[]
  /** The newest `limit` relations of one slot before `before` (or of all), newest first. */
  readSlot(target: Uint8Array, slot: Uint8Array, before: Position | undefined, limit: number): readonly RelationRow[]

  /**
   * Whatever this transaction replaces or removes is to leave no bytes in the store's files, once it is committed or, where
   * the disk refuses, after a later one. Needs a transaction of the caller.
   */
  scrub(): void

  /**
   * Does upkeep that is due after much was written and takes about as long as a transaction, between two of them. True: it
   * did some. Never throws: what is committed stands without it, and it is due again.
   */
  tidy(): boolean

  close(): void
}

/**
 * What a transaction outlives when it returns.
 * - `flushed`: everything, a power cut too
 * - `written`: the end of the process. A power cut may undo it and all that came after it, until the next `flush`. The disk is
 *   not waited for.
 */
export type Durability = 'flushed' | 'written'

/** Small sealed records, each kind in an id space of its own. */
export type RecordKind = (typeof recordKinds)[number]
export const recordKinds = [
  'conversation',
  'log',
  'epoch',
  'contact',
  'invite',
  'join',
  'setting',
  'draft',
  'ack',
  'notify',
  'room',
  'room-key',
  'offer',
  'request',
  'sent',
  'read-marker',
  'patch-trial',
  'fleeting',
  'file',
] as const

/** The place where the store is kept. One process at a time uses it. */
export interface StoreKeeper {
  /**
   * Opens the store, or an empty one where there is none. Throws `store-damaged` or `store-newer` (it is left as it is),
   * `store-failed` or `in-use`. The caller closes it.
   */
  open(): Store
  /**
   * Puts a new store in the place of one that is of no use as it is, and keeps that one, whole and unchanged, under a
   * name of its own. `fill` writes into the new store what can be saved. If the process dies meanwhile, the place holds
   * the old or the new one. No store is open. `at`: now. Throws what `open` and `fill` throw.
   */
  rebuild(at: number, fill: (store: Store, remains: StoreRemains, setAsideAs: string) => void): void
  /** Deletes the store, and all that was ever set aside. No store is open. Throws `store-failed`. */
  erase(): void
  /** Whether what is in the store's place now is not what `open` has opened, but something: it was put there since. */
  isReplaced(): boolean
}

/** What can still be read of a damaged store: nothing of it is to be trusted before it is unsealed. */
export interface StoreRemains {
  readRecords(): Iterable<{ readonly kind: RecordKind; readonly id: Uint8Array; readonly sealed: Uint8Array }>
  readEvents(): Iterable<EventRow>
}

/** A place in a conversation's order: (clock, event id). */
export interface Position {
  readonly clock: number
  /** 32 bytes. */
  readonly id: Uint8Array
}

/** What is left of a row when its log is known and its id is not needed. */
export interface LogRow {
  readonly seq: number
  readonly clock: number
  readonly sealed: Uint8Array
}

export interface EventRow extends Position {
  /** Local numbers, given out by the core. */
  readonly conversation: number
  readonly log: number
  readonly seq: number
  readonly part: EventPart
  readonly sealed: Uint8Array
}

/**
 * What a row is to whoever reads a conversation, in the order of the numbers that are stored: append only.
 * - `line`: a message of its own
 * - `about`: says something of another message, and is shown there
 * - `unsorted`: cannot be read yet, and so may be either; it stands among the lines
 * - `hidden`: this person does not want to see it any more
 * - `lacking`: its place is proven, its body is not here
 */
export const eventParts = ['line', 'about', 'unsorted', 'hidden', 'lacking'] as const
export type EventPart = (typeof eventParts)[number]

/** Whether a row stands among the lines, as `Store.readLines` reads them. */
export function isLine({ part = 'line' }: { readonly part?: EventPart }): boolean {
  return part === 'line' || part === 'unsorted'
}

/** Says that an event is about another one: where to find it, under names that tell nothing without the data key. */
export interface RelationRow extends Position {
  /** 16 bytes that stand for the message it is about. */
  readonly target: Uint8Array
  /** 16 bytes that stand for what it says, and mostly for who says it: in a slot the newest counts. */
  readonly slot: Uint8Array
  readonly log: number
  readonly seq: number
}
