/**
 * An event: one entry of a device's log in a conversation. The header is signed and hash-chained; the body is sealed
 * and hangs on the header by its hash, so that it can be erased while the chain still verifies.
 *
 * Header, 167 bytes, integers big-endian:
 * version 1 | conversation 32 | device 32 | seq 6 | previous event's id 32 | clock 6 | sent-at 6 | epoch 16 |
 * body length 4 | body hash 32
 */
import { allocateBriefly } from '../codec/slab.ts'
import { domain, hashBytes, hashInto, isSignatureValid, sign } from '../crypto/primitives.ts'

export const eventVersion = 1
export const headerBytes = 167
export const epochIdBytes = 16
/** The most bytes of a sealed body: an event stays under 32 KiB. */
export const maxBodyBytes = 31 * 1024
/** The largest seq, clock and time: 48 bits. */
export const maxCounter = 2 ** 48 - 1

const offsets = { conversation: 1, device: 33, seq: 65, previous: 71, clock: 103, sentAt: 109, epoch: 115 } as const
const bodyLengthOffset = 131
const bodyHashOffset = 135
const signaturePrefix = domain('tincan event')

/** Before the first event of a log. */
export const noPrevious: Uint8Array = new Uint8Array(32)

/** The fields of an event without its body. `seq` starts at 1. */
export interface EventFields {
  readonly seq: number
  readonly clock: number
  readonly sentAt: number
  /** 16 bytes. */
  readonly epoch: Uint8Array
}

/** A body at hand, or what is left of one that was erased. */
export type EventBody =
  | { readonly kind: 'sealed'; readonly bytes: Uint8Array }
  | { readonly kind: 'erased'; readonly length: number; readonly hash: Uint8Array }

/** Writes the headers of one log, one after the other, into memory of its own. */
export class HeaderWriter {
  // The signature's domain prefix stands right before the header, so that signing needs no copy.
  readonly #signed = new Uint8Array(signaturePrefix.length + headerBytes)
  readonly #header = this.#signed.subarray(signaturePrefix.length)
  readonly #prefix = this.#header.subarray(0, bodyLengthOffset)
  readonly #bodyHash = this.#header.subarray(bodyHashOffset)

  constructor(conversation: Uint8Array, device: Uint8Array) {
    this.#signed.set(signaturePrefix)
    this.#header[0] = eventVersion
    this.#header.set(conversation, offsets.conversation)
    this.#header.set(device, offsets.device)
  }

  /** The part of the header that the body's encryption is bound to: all but the body's own length and hash. A view. */
  prefix(fields: EventFields, previous: Uint8Array): Uint8Array {
    const header = this.#header
    setUint48(header, offsets.seq, fields.seq)
    header.set(previous, offsets.previous)
    setUint48(header, offsets.clock, fields.clock)
    setUint48(header, offsets.sentAt, fields.sentAt)
    header.set(fields.epoch, offsets.epoch)
    return this.#prefix
  }

  /** Completes the header begun with `prefix`; the event id (32 bytes, to be copied where it is kept for long). */
  complete(body: EventBody): Uint8Array {
    const header = this.#header
    const length = body.kind === 'sealed' ? body.bytes.length : body.length
    header[bodyLengthOffset] = length >>> 24
    header[bodyLengthOffset + 1] = length >>> 16
    header[bodyLengthOffset + 2] = length >>> 8
    header[bodyLengthOffset + 3] = length
    if (body.kind === 'sealed') hashInto(this.#bodyHash, body.bytes)
    else this.#bodyHash.set(body.hash)
    const id = allocateBriefly(hashBytes)
    hashInto(id, header)
    return id
  }

  /** Signs the header completed last. */
  sign(deviceSecretKey: Uint8Array): Uint8Array {
    return sign(this.#signed, deviceSecretKey)
  }

  /** Whether the device of this log signed the header completed last. */
  isSigned(signature: Uint8Array): boolean {
    return isSignatureValid(signature, this.#signed, this.#header.subarray(offsets.device, offsets.device + 32))
  }
}

/** Writes a whole number below 2^48, big-endian. */
export function setUint48(bytes: Uint8Array, offset: number, value: number): void {
  const high = Math.floor(value / 2 ** 32)
  bytes[offset] = high >>> 8
  bytes[offset + 1] = high
  bytes[offset + 2] = value >>> 24
  bytes[offset + 3] = value >>> 16
  bytes[offset + 4] = value >>> 8
  bytes[offset + 5] = value
}

/** Reads what `setUint48` wrote. */
export function getUint48(bytes: Uint8Array, offset: number): number {
  const at = (i: number): number => bytes[offset + i] as number
  return ((at(0) << 8) | at(1)) * 2 ** 32 + (((at(2) << 24) | (at(3) << 16) | (at(4) << 8) | at(5)) >>> 0)
}
