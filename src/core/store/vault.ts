import { concat } from '../codec/bytes.ts'
import { allocateBriefly } from '../codec/slab.ts'
import { encodeUtf8 } from '../codec/utf8.ts'
import { incrementNonce, keyedHash, nonceBytes, open, seal } from '../crypto/primitives.ts'
import type { Random } from '../ports/random.ts'
import type { RecordKind } from '../ports/store.ts'

/** Seals what goes to disk under keys derived from the data key, each row bound to its place. */
export class Vault {
  readonly #recordKey: Uint8Array
  readonly #indexKey: Uint8Array
  readonly #rowKey: Uint8Array
  readonly #nonce = new Uint8Array(nonceBytes)
  readonly #rowPlace = new Uint8Array(24)
  readonly #rowPlaceView = new DataView(this.#rowPlace.buffer)

  constructor(dataKey: Uint8Array, random: Random) {
    this.#recordKey = keyedHash(dataKey, 'tincan records')
    this.#indexKey = keyedHash(dataKey, 'tincan record ids')
    this.#rowKey = keyedHash(dataKey, 'tincan rows')
    // A nonce is 16 random bytes of this process and a counter: fresh without asking for randomness at every row.
    this.#nonce.set(random.bytes(16))
  }

  /** The id under which a record is filed: 16 bytes that tell nothing about `key` without the data key. */
  recordId(kind: RecordKind, key: Uint8Array): Uint8Array {
    return keyedHash(this.#indexKey, kind, key).subarray(0, 16)
  }

  /** A name of 16 bytes for something that rows are found by: it tells nothing about it without the data key. */
  relationName(what: 'target' | 'slot', ...parts: readonly Uint8Array[]): Uint8Array {
    return keyedHash(this.#indexKey, `tincan relation ${what}`, ...parts).subarray(0, 16)
  }

  sealRecord(kind: RecordKind, id: Uint8Array, plaintext: Uint8Array): Uint8Array {
    return seal(this.#recordKey, this.#nextNonce(), plaintext, concat(encodeUtf8(kind), id))
  }

  /** The record, or `undefined` if it was changed, moved, or sealed under another data key. */
  openRecord(kind: RecordKind, id: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
    return open(this.#recordKey, sealed, concat(encodeUtf8(kind), id))
  }

  /** In memory for a moment: it goes to disk at once. */
  sealRow(log: number, seq: number, clock: number, plaintext: Uint8Array, allocate = allocateBriefly): Uint8Array {
    return seal(this.#rowKey, this.#nextNonce(), plaintext, this.#placeOf(log, seq, clock), allocate)
  }

  /** The row, to be decoded at once; `undefined` if it was changed, moved, or sealed under another data key. */
  openRow(log: number, seq: number, clock: number, sealed: Uint8Array): Uint8Array | undefined {
    return open(this.#rowKey, sealed, this.#placeOf(log, seq, clock), allocateBriefly)
  }

  #placeOf(log: number, seq: number, clock: number): Uint8Array {
    this.#rowPlaceView.setFloat64(0, log)
    this.#rowPlaceView.setFloat64(8, seq)
    this.#rowPlaceView.setFloat64(16, clock)
    return this.#rowPlace
  }

  #nextNonce(): Uint8Array {
    incrementNonce(this.#nonce)
    return this.#nonce
  }
}
