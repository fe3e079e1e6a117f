/**
 * Keys sealed to one device: `crypto_box_seal` of libsodium to the device's Ed25519 key as an X25519 key, with the
 * ephemeral key pair made from a seed of the core's own randomness.
 */
import sodium from 'sodium-universal'
import { decodeAll, Writer, type Reader } from '../codec/codec.ts'
import { concat, copyOf, idBytes, isEqual, toHex } from '../codec/bytes.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { domain, hash, keyBytes, publicKeyBytes } from '../crypto/primitives.ts'
import type { KeyPair } from '../ports/transport.ts'
import { maxEarlier, type EpochId, type KeyBox } from './operation.ts'
import { controlKeyOf, roomEpochId } from './roomKeys.ts'

/** The bytes by which a device finds its box. */
export const hintBytes = 8
const macBytes = 16
const boxNonceBytes = 24
/** The most bytes of a sealed box. */
export const maxSealedKeyBytes = publicKeyBytes + macBytes + keyBytes + 3 + maxEarlier * (1 + keyBytes)

/**
 * What somebody holds of an epoch: all of it, or what opens the control log alone. `bytes`: the epoch's key, or the
 * `controlKeyOf` it.
 */
export interface HeldKey {
  readonly kind: 'whole' | 'control'
  readonly bytes: Uint8Array
}

/** What a box gives a device: the new epoch's key, and the keys of earlier epochs that it lacks. */
export interface BoxContent {
  readonly key: Uint8Array
  /** At most `maxEarlier`. */
  readonly earlier: readonly HeldKey[]
}

/** The epoch that a held key is of. */
export function epochOf(room: Uint8Array, { kind, bytes }: HeldKey): EpochId {
  return roomEpochId(kind === 'whole' ? controlKeyOf(room, bytes) : bytes)
}

/** By which hint a device finds its box in the `rekey` of an epoch: somebody who does not know the device learns nothing. */
export function deviceHint(epoch: EpochId, device: DeviceId): string {
  return toHex(hash(concat(domain('tincan room box'), idBytes(epoch), idBytes(device))).subarray(0, hintBytes))
}

/**
 * A box for `device`. `seed`: 32 fresh random bytes for this box alone. `undefined` if the device's key is no point
 * of the curve.
 */
export function sealKeys(
  epoch: EpochId,
  device: DeviceId,
  { key, earlier }: BoxContent,
  seed: Uint8Array,
): KeyBox | undefined {
  const recipient = publicBoxKey(idBytes(device))
  if (recipient === undefined) return undefined
  const writer = new Writer(maxSealedKeyBytes).fixed(key).uint(earlier.length)
  for (const { kind, bytes } of earlier) writer.boolean(kind === 'whole').fixed(bytes)
  const plaintext = writer.finish()
  const [ephemeralKey, ephemeralSecret] = [new Uint8Array(publicKeyBytes), new Uint8Array(keyBytes)]
  sodium.crypto_box_seed_keypair(ephemeralKey, ephemeralSecret, seed)
  const nonce = new Uint8Array(boxNonceBytes)
  sodium.crypto_generichash(nonce, concat(ephemeralKey, recipient))
  const ciphertext = new Uint8Array(macBytes + plaintext.length)
  sodium.crypto_box_easy(ciphertext, plaintext, nonce, recipient, ephemeralSecret)
  sodium.sodium_memzero(ephemeralSecret)
  return { hint: deviceHint(epoch, device), sealed: concat(ephemeralKey, ciphertext) }
}

/** What `sealKeys` put in for this device; `undefined` if the box is not for it, or holds the key of another epoch. */
export function openKeys(
  room: Uint8Array,
  epoch: EpochId,
  sealed: Uint8Array,
  device: KeyPair,
): BoxContent | undefined {
  const publicKey = publicBoxKey(device.publicKey)
  if (publicKey === undefined || sealed.length < publicKeyBytes + macBytes + keyBytes) return undefined
  const secretKey = new Uint8Array(keyBytes)
  sodium.crypto_sign_ed25519_sk_to_curve25519(secretKey, device.secretKey)
  const plaintext = new Uint8Array(sealed.length - publicKeyBytes - macBytes)
  const isOpen = sodium.crypto_box_seal_open(plaintext, sealed, publicKey, secretKey)
  sodium.sodium_memzero(secretKey)
  const content = isOpen ? decodeAll(plaintext, readContent) : undefined
  if (content === undefined) return undefined
  return isEqual(idBytes(roomEpochId(controlKeyOf(room, content.key))), idBytes(epoch)) ? content : undefined
}

function readContent(reader: Reader): BoxContent {
  const key = copyOf(reader.fixed(keyBytes))
  const earlier = reader.list(maxEarlier, (): HeldKey => {
    const kind = reader.boolean() ? 'whole' : 'control'
    return { kind, bytes: copyOf(reader.fixed(keyBytes)) }
  })
  return { key, earlier }
}

/** The X25519 key of an Ed25519 key, or `undefined` where there is none. */
function publicBoxKey(publicKey: Uint8Array): Uint8Array | undefined {
  const boxKey = new Uint8Array(publicKeyBytes)
  try {
    sodium.crypto_sign_ed25519_pk_to_curve25519(boxKey, publicKey)
    return boxKey
  } catch {
    return undefined
  }
}
