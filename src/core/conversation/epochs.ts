import { copyOf, isEqual, toHex } from '../codec/bytes.ts'
import { allocateBriefly } from '../codec/slab.ts'
import { keyedHash, open, seal } from '../crypto/primitives.ts'
import { epochIdBytes } from '../event/event.ts'

/** The name of an epoch key: 16 bytes derived from it, so that two members never mean different keys by one name. */
export function epochIdOf(key: Uint8Array): Uint8Array {
  return keyedHash(key, 'tincan epoch id').subarray(0, epochIdBytes)
}

/** The epoch keys of one conversation that this device holds. */
export class Epochs {
  readonly #keys = new Map<string, Uint8Array>()
  #last: { id: Uint8Array; key: Uint8Array } | undefined

  add(key: Uint8Array): void {
    this.#keys.set(toHex(epochIdOf(key)), key)
  }

  /** Overwrites a key in memory, and holds it no more. */
  remove(id: Uint8Array): void {
    this.#keys.get(toHex(id))?.fill(0)
    this.#keys.delete(toHex(id))
    this.#last = undefined
  }

  /** Every key held, in order of arrival. */
  get all(): readonly Uint8Array[] {
    return [...this.#keys.values()]
  }

  /** The key with this id, or `undefined`. */
  get(id: Uint8Array): Uint8Array | undefined {
    if (this.#last !== undefined && isEqual(this.#last.id, id)) return this.#last.key
    const key = this.#keys.get(toHex(id))
    if (key !== undefined) this.#last = { id: copyOf(id), key }
    return key
  }

  /** A sealed body, bound to its event's header. `nonce`: 24 fresh bytes. Throws when the key is not held. */
  sealBody(id: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, headerPrefix: Uint8Array): Uint8Array {
    const key = this.get(id)
    if (key === undefined) throw new Error('No key for this epoch')
    return seal(key, nonce, plaintext, headerPrefix, allocateBriefly)
  }

  /** The body; `'key-missing'`, or `'damaged'` when it does not belong to this header or key. */
  openBody(
    id: Uint8Array,
    sealed: Uint8Array,
    headerPrefix: Uint8Array,
    allocate = allocateBriefly,
  ): Uint8Array | 'key-missing' | 'damaged' {
    const key = this.get(id)
    if (key === undefined) return 'key-missing'
    return open(key, sealed, headerPrefix, allocate) ?? 'damaged'
  }
}
