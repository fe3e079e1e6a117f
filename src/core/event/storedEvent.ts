import { isEqual } from '../codec/bytes.ts'
import { Reader, Writer } from '../codec/codec.ts'
import { allocateBriefly } from '../codec/slab.ts'
import { hashBytes, hashInto, signatureBytes } from '../crypto/primitives.ts'
import type { EventPart, EventRow, LogRow } from '../ports/store.ts'
import { eventParts } from '../ports/store.ts'
import type { Vault } from '../store/vault.ts'
import type { EventBody } from './event.ts'
import { epochIdBytes, maxBodyBytes, maxCounter } from './event.ts'
import type { RunEvent } from './run.ts'

/** An event as this device keeps it in the sealed bytes of its row, and its place. */
export interface KeptEvent extends RunEvent {
  readonly previous: Uint8Array
  /** Present only where it was checked: on the last event of a run, or of a batch written here. */
  readonly signature?: Uint8Array
  readonly receivedAt: number
  /** The claimed time cannot be right. */
  readonly isDoubtful: boolean
  /** Absent for a line. */
  readonly part?: EventPart
}

/** An event as this device keeps it. */
export interface StoredEvent extends KeptEvent {
  /** 32 bytes. */
  readonly id: Uint8Array
}

const hasSignature = 1
const isErased = 2
const doubtful = 4
/** The part stands between the flags. */
const partShift = 3
const partMask = 7
/** What is in clear beside the row is bound by a hash; rows of the first Tincan have a checksum, which finds accidents alone. */
const isHashed = 128
const checkBytes = 8
/** One for all rows, since each is sealed at once. */
const rowWriter = new Writer(2048)

/** The row of an event, sealed and bound to its place. `allocate`: where its sealed bytes go. */
export function sealEvent(
  vault: Vault,
  conversation: number,
  log: number,
  event: StoredEvent,
  allocate = allocateBriefly,
): EventRow {
  const { body, signature, part = 'line' } = event
  const flags =
    (signature ? hasSignature : 0) | (body.kind === 'erased' ? isErased : 0) | (event.isDoubtful ? doubtful : 0)
  const writer = rowWriter.reset().uint8(isHashed | flags | (eventParts.indexOf(part) << partShift))
  writer
    .fixed(event.previous)
    .fixed(placeHash(conversation, event.id))
    .uint(event.sentAt)
    .uint(event.receivedAt)
    .fixed(event.epoch)
  if (signature) writer.fixed(signature)
  if (body.kind === 'sealed') writer.bytes(body.bytes)
  else writer.uint(body.length).fixed(body.hash)
  const sealed = vault.sealRow(log, event.seq, event.clock, writer.finish(), allocate)
  return { conversation, log, seq: event.seq, clock: event.clock, id: event.id, sealed, part }
}

/** The event of a row, or `undefined` if the row was damaged or moved. */
export function openEvent(vault: Vault, row: EventRow): StoredEvent | undefined {
  if (row.id.length !== hashBytes) return undefined
  const event = openChecked(vault, row.log, row, row)
  if (event === undefined) return undefined
  // What is not sorted any more stays what it was found to be.
  if (row.part !== 'unsorted' && row.part !== (event.part ?? 'line')) return undefined
  return { ...event, id: row.id }
}

/** The same for a row of which the id was not read. */
export function openKept(vault: Vault, log: number, row: LogRow): KeptEvent | undefined {
  return openChecked(vault, log, row)
}

/** `place`: what else of the row was read, and is to be what it was. */
function openChecked(
  vault: Vault,
  log: number,
  row: LogRow,
  place?: Pick<EventRow, 'conversation' | 'id'>,
): KeptEvent | undefined {
  const plaintext = vault.openRow(log, row.seq, row.clock, row.sealed)
  if (plaintext === undefined) return undefined
  const reader = new Reader(plaintext)
  const flags = reader.uint8()
  const previous = reader.fixed(hashBytes)
  const check = reader.fixed(checkBytes)
  if (place !== undefined) {
    const { conversation, id } = place
    const expected = (flags & isHashed) === 0 ? placeChecksum(conversation, id) : placeHash(conversation, id)
    if (!isEqual(check, expected)) return undefined
  }
  const sentAt = reader.uint(maxCounter)
  const receivedAt = reader.uint(maxCounter)
  const epoch = reader.fixed(epochIdBytes)
  const signature = (flags & hasSignature) === 0 ? undefined : reader.fixed(signatureBytes)
  const body: EventBody =
    (flags & isErased) === 0
      ? { kind: 'sealed', bytes: reader.bytes(maxBodyBytes) }
      : { kind: 'erased', length: reader.uint(maxBodyBytes), hash: reader.fixed(hashBytes) }
  const part = eventParts[(flags >> partShift) & partMask]
  if (!reader.isComplete || part === undefined) return undefined
  const { seq, clock } = row
  const kept = { seq, clock, previous, sentAt, receivedAt, epoch, body, isDoubtful: (flags & doubtful) !== 0 }
  const event = part === 'line' ? kept : { ...kept, part }
  return signature === undefined ? event : { ...event, signature }
}

const placeBytes = new Uint8Array(8 + hashBytes)
const placeView = new DataView(placeBytes.buffer)
const placeDigest = new Uint8Array(hashBytes)

/**
 * Binds to the seal what is in clear beside a row and may be left unread: nobody who can write to the disk can give the
 * event another id, or put it into another conversation. A view of memory that the next call uses again.
 */
function placeHash(conversation: number, id: Uint8Array): Uint8Array {
  placeView.setFloat64(0, conversation)
  placeBytes.set(id, 8)
  hashInto(placeDigest, placeBytes)
  return placeDigest.subarray(0, checkBytes)
}

function placeChecksum(conversation: number, id: Uint8Array): Uint8Array {
  const check = new Uint8Array(checkBytes)
  new DataView(check.buffer).setFloat64(0, conversation)
  for (let i = 0; i < hashBytes; i++) check[i % checkBytes] = (check[i % checkBytes] as number) ^ (id[i] as number)
  return check
}
