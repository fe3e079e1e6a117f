/**
 * The bytes inside a control event's body: a format version, what the operation comes after, its kind, its fields.
 *
 * A version or a kind that this Tincan does not know is kept and passed on. Adding a field to a kind takes a new
 * version; adding a kind does not.
 */
import { idBytes, toHex } from '../codec/bytes.ts'
import { Reader, Writer } from '../codec/codec.ts'
import { hashBytes } from '../crypto/primitives.ts'
import { maxAfter, type OperationId, type Statement, type Unreadable } from './operation.ts'
import { kindNumbers, readOperation, writeOperation } from './operationCodec.ts'

const formatVersion = 1

/** The bytes of a statement. One with `rekey` goes into the event as it is, all others sealed under a control key. */
export function encodeStatement({ after, operation }: Statement): Uint8Array {
  const writer = new Writer(1024).uint8(formatVersion).uint(after.length)
  for (const id of after) writer.fixed(idBytes(id))
  writer.uint8(kindNumbers[operation.kind])
  writeOperation(writer, operation)
  return writer.finish()
}

/**
 * The statement in untrusted bytes, in memory of its own. `isClear`: the event names `clearEpoch`, so the bytes stood
 * there for everybody; that is right for `rekey` and wrong for everything else.
 */
export function decodeStatement(bytes: Uint8Array, isClear: boolean): Statement | Unreadable {
  const reader = new Reader(bytes)
  const version = reader.uint8()
  if (reader.isValid && version > formatVersion) return { unreadable: 'newer', after: [] }
  const after = reader.list(maxAfter, () => toHex(reader.fixed(hashBytes)) as OperationId)
  const kind = reader.uint8()
  if (!reader.isValid || version === 0 || kind === 0) return { unreadable: 'malformed', after: [] }
  if (isClear !== (kind === kindNumbers.rekey)) return { unreadable: 'malformed', after }
  const operation = readOperation(reader, kind)
  if (operation === 'newer') return { unreadable: 'newer', after }
  if (!reader.isComplete) return { unreadable: 'malformed', after }
  return operation === undefined ? { unreadable: 'foreign-signature', after } : { after, operation }
}
