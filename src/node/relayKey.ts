import { fromHex, toHex } from '../core/codec/bytes.ts'
import { hash, keyBytes, keyedHash, keyPairFromSeed } from '../core/crypto/primitives.ts'
import { addressKeyPair, admittedDays, dayOf } from '../core/identity/addressKeys.ts'
import type { KeyPair } from '../core/ports/transport.ts'

/**
 * A relay is known by one 32-byte key, shared by all who may use it. Its address of each day follows from the key, and so
 * does the key pair with which it is called: who was not given the relay's key can neither find nor use it.
 */
export type RelayKey = Uint8Array

/** The key of the relay that a device offers, from the 32-byte key that its own secrets are wrapped with. */
export function relayKeyOf(wrappingKey: Uint8Array): RelayKey {
  return keyedHash(wrappingKey, 'tincan relay')
}

/** The key as people pass it on: 64 hexadecimal digits. */
export const relayKeyText = (key: RelayKey): string => toHex(key)

/** Reads what somebody pasted; `undefined` if it is no relay's key. */
export function parseRelayKey(text: string): RelayKey | undefined {
  const digits = text.trim()
  return digits.length === 2 * keyBytes ? fromHex(digits) : undefined
}

/** Eight digits by which people tell relays apart. They give nothing of the key away. */
export const relayName = (key: RelayKey): string => toHex(hash(key)).slice(0, 8)

/** What the relay listens on during a UTC day. */
export const relayAddress = (key: RelayKey, day: number): KeyPair => addressKeyPair(key, day)

/** The key pair of whoever may use the relay. */
export const relayCaller = (key: RelayKey): KeyPair => keyPairFromSeed(keyedHash(key, 'tincan relay caller'))

/** The relay that the user has chosen, by its addresses of these days. */
export interface ChosenRelay {
  readonly key: RelayKey
  /** Where it is today. */
  address(nowMs: number): Uint8Array
  /** Whether a relay that the other side proposes is this very one. */
  is(publicKey: Uint8Array, nowMs: number): boolean
}

export function chooseRelay(key: RelayKey): ChosenRelay {
  const address = (day: number): Uint8Array => relayAddress(key, day).publicKey
  return {
    key,
    address: (nowMs) => address(dayOf(nowMs)),
    is: (publicKey, nowMs) => admittedDays(nowMs).some((day) => toHex(address(day)) === toHex(publicKey)),
  }
}
