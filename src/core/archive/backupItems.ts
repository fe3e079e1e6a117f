/** What is inside a backup's chunks: the identity first, then records and events as the store has them, sealed once more. */
import { Reader, type Writer } from '../codec/codec.ts'
import { hashBytes, keyBytes } from '../crypto/primitives.ts'
import type { EventRow, RecordKind } from '../ports/store.ts'
import { recordKinds } from '../ports/store.ts'

export type BackupItem =
  | {
      readonly kind: 'identity'
      readonly dataKey: Uint8Array
      readonly wrappedByPhrase: Uint8Array
      /** As `encodeIdentitySecrets` writes them. */
      readonly secrets: Uint8Array
    }
  | { readonly kind: 'record'; readonly of: RecordKind; readonly id: Uint8Array; readonly sealed: Uint8Array }
  | { readonly kind: 'event'; readonly row: EventRow }

const types = { identity: 1, record: 2, event: 3 } as const
const maxKindBytes = 32
const maxIdBytes = 256
const maxSealedBytes = 1024 * 1024

/** Writes one item after those before it. */
export function writeItem(writer: Writer, item: BackupItem): void {
  writer.uint8(types[item.kind])
  switch (item.kind) {
    case 'identity':
      writer.fixed(item.dataKey).bytes(item.wrappedByPhrase).bytes(item.secrets)
      return
    case 'record':
      writer.string(item.of).bytes(item.id).bytes(item.sealed)
      return
    case 'event': {
      const { conversation, log, seq, clock, id, sealed } = item.row
      // Logs of local notices have negative numbers.
      writer
        .uint(conversation)
        .uint8(log < 0 ? 1 : 0)
        .uint(Math.abs(log))
        .uint(seq)
        .uint(clock)
        .fixed(id)
        .bytes(sealed)
    }
  }
}

/** All items of a chunk; `undefined` where anything is malformed. */
export function readItems(bytes: Uint8Array): readonly BackupItem[] | undefined {
  const reader = new Reader(bytes)
  const items: BackupItem[] = []
  while (reader.isValid && !reader.isComplete) {
    const item = readItem(reader)
    if (item === undefined) return undefined
    items.push(item)
  }
  return reader.isValid ? items : undefined
}

function readItem(reader: Reader): BackupItem | undefined {
  switch (reader.uint8()) {
    case types.identity:
      return {
        kind: 'identity',
        dataKey: reader.fixed(keyBytes),
        wrappedByPhrase: reader.bytes(maxIdBytes),
        secrets: reader.bytes(maxSealedBytes),
      }
    case types.record: {
      const name = reader.string(maxKindBytes)
      const of = recordKinds.find((kind) => kind === name)
      const [id, sealed] = [reader.bytes(maxIdBytes), reader.bytes(maxSealedBytes)]
      return of && { kind: 'record', of, id, sealed }
    }
    case types.event: {
      const max = Number.MAX_SAFE_INTEGER
      const conversation = reader.uint(max)
      const sign = reader.uint8() === 1 ? -1 : 1
      const log = sign * reader.uint(max)
      const [seq, clock] = [reader.uint(max), reader.uint(max)]
      const [id, sealed] = [reader.fixed(hashBytes), reader.bytes(maxSealedBytes)]
      // What it is to its readers stands in the seal, and is found anew.
      const row = { conversation, log, seq, clock, id, part: 'unsorted' as const, sealed }
      return { kind: 'event', row }
    }
    default:
      return undefined
  }
}
