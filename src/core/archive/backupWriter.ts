import { concat } from '../codec/bytes.ts'
import { Writer } from '../codec/codec.ts'
import { conversationFormat, logFormat } from '../conversation/records.ts'
import { hash, incrementNonce, nonceBytes, seal } from '../crypto/primitives.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Store } from '../ports/store.ts'
import { recordKinds } from '../ports/store.ts'
import { nextTurn } from '../ports/nextTurn.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'
import type { BackupHeader } from './backupHeader.ts'
import { encodeBackupHeader } from './backupHeader.ts'
import type { BackupItem } from './backupItems.ts'
import { writeItem } from './backupItems.ts'

/** A chunk is full when it holds so much; one item more may go over it. */
const chunkBytes = 256 * 1024
/** Events that are read in one turn of the event loop. */
const turnEvents = 200
/** The bytes before each chunk that say how long it is. */
export const lengthBytes = 4

export interface BackupSource {
  readonly store: Store
  readonly vault: Vault
  readonly clock: Clock
  readonly random: Random
}

/** Everything of a store and its identity, piece by piece. `onEvent` hears of each event. */
export async function* writeBackup(
  source: BackupSource,
  header: BackupHeader,
  key: Uint8Array,
  identity: Extract<BackupItem, { kind: 'identity' }>,
  onEvent: () => void,
): AsyncGenerator<Uint8Array> {
  const sealer = new ChunkSealer(header, key, source.random)
  yield sealer.header
  const writer = new Writer(chunkBytes + 64 * 1024)
  writeItem(writer, identity)
  for await (const item of items(source)) {
    writeItem(writer, item)
    if (item.kind === 'event') onEvent()
    if (writer.length < chunkBytes) continue
    yield sealer.seal(writer.finish(), false)
    writer.reset()
  }
  yield sealer.seal(writer.finish(), true)
}

/** What the store holds now: records of this moment, and the events that they know of. */
async function* items({ store, vault, clock }: BackupSource): AsyncGenerator<BackupItem> {
  const logs = new RecordTable(store, vault, logFormat).list()
  const conversations = new RecordTable(store, vault, conversationFormat).list()
  const records = recordKinds.flatMap((of) =>
    store.listRecords(of).map((record) => ({ kind: 'record', of, ...record }) as const),
  )
  yield* records
  const spans = [
    ...logs.flatMap(({ number, ranges }) => ranges.map((range) => ({ log: number, ...range }))),
    // Notices, which no log record counts.
    ...conversations.map(({ number, notices }) => ({ log: -number, from: 1, to: notices })),
  ]
  let left = turnEvents
  for (const { log, from, to } of spans)
    for (let seq = from; seq <= to; seq++) {
      const row = store.getEvent(log, seq)
      if (row !== undefined) yield { kind: 'event', row }
      if (--left > 0) continue
      left = turnEvents
      await nextTurn(clock)
    }
}

/** Seals chunks in their order: each is bound to the header, to its number and to whether it is the last. */
class ChunkSealer {
  readonly header: Uint8Array
  readonly #key: Uint8Array
  readonly #nonce: Uint8Array
  #index = 0

  constructor(header: BackupHeader, key: Uint8Array, random: Random) {
    this.header = encodeBackupHeader(header)
    this.#key = key
    this.#nonce = random.bytes(nonceBytes)
  }

  seal(plaintext: Uint8Array, isLast: boolean): Uint8Array {
    incrementNonce(this.#nonce)
    const sealed = seal(this.#key, this.#nonce, plaintext, placeOf(this.header, this.#index++, isLast))
    const length = new Uint8Array(lengthBytes)
    new DataView(length.buffer).setUint32(0, sealed.length)
    return concat(length, sealed)
  }
}

/** What a chunk is bound to. */
export function placeOf(header: Uint8Array, index: number, isLast: boolean): Uint8Array {
  const place = new Uint8Array(5)
  new DataView(place.buffer).setUint32(0, index)
  place[4] = isLast ? 1 : 0
  return concat(hash(header), place)
}
