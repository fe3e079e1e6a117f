/**
 * A run: contiguous events of one log as they travel. What can be computed is left out: each event's conversation,
 * device, seq, previous id and body hash follow from its place, so an event costs some 5 bytes and its body.
 * One signature at most, over the last event: the hash chain carries it to all the others.
 */
import { decodeAll, type Reader, Writer } from '../codec/codec.ts'
import { hashBytes, publicKeyBytes, signatureBytes } from '../crypto/primitives.ts'
import type { EventBody, EventFields } from './event.ts'
import { epochIdBytes, maxBodyBytes, maxCounter } from './event.ts'

/** The most events in a run. */
export const maxRunEvents = 1024
/** The most bytes of an encoded run: with its frame it fits the largest packet. */
export const maxRunBytes = 60 * 1024

export interface RunEvent extends EventFields {
  readonly body: EventBody
}

export interface Run {
  /** 32 bytes. */
  readonly device: Uint8Array
  /** The id of the event before the first. */
  readonly previous: Uint8Array
  /** At least one, with consecutive `seq`. */
  readonly events: readonly RunEvent[]
  /** The author's signature over the last event; absent where the reader already holds the event after it. */
  readonly signature?: Uint8Array
}

/** About how many bytes an event adds to a run; never less than it really does. */
export function runEventBytes(body: EventBody): number {
  return 48 + (body.kind === 'sealed' ? body.bytes.length : hashBytes)
}

const sameEpoch = 1
const isErased = 2

/** A run as it travels. It stands in the memory of `writer`, until that is used again. */
export function encodeRun(run: Run, writer = new Writer()): Uint8Array {
  writeRun(writer.reset(), run)
  return writer.finish()
}

/**
 * The run, whose bodies are views of `bytes`; `undefined` for anything out of bounds: clocks that do not grow, empty runs,
 * bodies too long. It takes several times the memory of its bytes: to be read when it is needed.
 */
export const decodeRun = (bytes: Uint8Array): Run | undefined => decodeAll(bytes, readRun)

/** Whose run it is, in 32 bytes, without the rest of it. `bytes`: at least as many. */
export const deviceOfRun = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, publicKeyBytes)

function writeRun(writer: Writer, run: Run): void {
  const first = run.events[0]
  if (first === undefined) throw new Error('A run has at least one event')
  writer.fixed(run.device).fixed(run.previous).uint(first.seq).uint(run.events.length)
  writer.optional(run.signature, (signature) => writer.fixed(signature))
  let previous: RunEvent | undefined
  for (const event of run.events) {
    const isSameEpoch = previous !== undefined && isSame(previous.epoch, event.epoch)
    writer.uint8((isSameEpoch ? sameEpoch : 0) | (event.body.kind === 'erased' ? isErased : 0))
    if (!isSameEpoch) writer.fixed(event.epoch)
    writer.uint(event.clock - (previous?.clock ?? 0))
    const elapsed = event.sentAt - (previous?.sentAt ?? 0)
    writer.uint(elapsed >= 0 ? elapsed * 2 : -elapsed * 2 - 1)
    if (event.body.kind === 'sealed') writer.bytes(event.body.bytes)
    else writer.uint(event.body.length).fixed(event.body.hash)
    previous = event
  }
}

function readRun(reader: Reader): Run {
  const device = reader.fixed(publicKeyBytes)
  const previous = reader.fixed(hashBytes)
  const firstSeq = reader.uint(maxCounter)
  const count = reader.uint(maxRunEvents)
  const signature = reader.optional(() => reader.fixed(signatureBytes))
  if (firstSeq === 0 || count === 0 || firstSeq + count - 1 > maxCounter) reader.fail()
  const events: RunEvent[] = []
  let clock = 0
  let sentAt = 0
  let epoch: Uint8Array | undefined
  for (let i = 0; i < count && reader.isValid; i++) {
    const flags = reader.uint8()
    if (flags > 3) reader.fail()
    if ((flags & sameEpoch) === 0) epoch = reader.fixed(epochIdBytes)
    const step = reader.uint(maxCounter)
    clock += step
    const elapsed = reader.uint(2 * maxCounter)
    sentAt += elapsed % 2 === 0 ? elapsed / 2 : -(elapsed + 1) / 2
    const body: EventBody =
      (flags & isErased) === 0
        ? { kind: 'sealed', bytes: reader.bytes(maxBodyBytes) }
        : { kind: 'erased', length: reader.uint(maxBodyBytes), hash: reader.fixed(hashBytes) }
    if (epoch === undefined || step === 0 || clock > maxCounter || sentAt < 0 || sentAt > maxCounter) reader.fail()
    else events.push({ seq: firstSeq + i, clock, sentAt, epoch, body })
  }
  return signature === undefined ? { device, previous, events } : { device, previous, events, signature }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true
  for (let i = 0; i < epochIdBytes; i++) if (a[i] !== b[i]) return false
  return true
}
