/**
 * Keys sealed to one device: `crypto_box_seal` of libsodium to the device's Ed25519 key as an X25519 key, with the
 * ephemeral key pair made from a seed of the core's own randomness.
 */
import sodium from 'sodium-universal'
import { decodeAll, Writer, type Reader } from '../codec/codec.ts'
import { concat, copyOf, idBytes, isEqual, toHex } from '../codec/bytes.ts'
import type { DeviceId } from '../../shared/ids.ts'
import {
  domain,
  hash,
  keyBytes,
  keyedHash,
  nonceBytes,
  open,
  publicKeyBytes,
  seal,
  tagBytes,
} from '../crypto/primitives.ts'
import { epochIdBytes } from '../event/event.ts'
import type { KeyPair } from '../ports/transport.ts'
import { maxEarlier, type EpochId, type KeyBox } from './operation.ts'
import { controlKeyOf, roomEpochId } from './roomKeys.ts'

/** The bytes by which a device finds its box. */
export const hintBytes = 8
const macBytes = 16
const boxNonceBytes = 24
/** The most bytes of a sealed box. */
export const maxSealedKeyBytes =
  publicKeyBytes + macBytes + 1 + epochIdBytes + nonceBytes + tagBytes + keyBytes + 3 + maxEarlier * (1 + keyBytes)
/** How a box begins that the device's own key opens, and one that takes another epoch's key besides. */
const isFree = 0
const isBound = 1

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

/** An epoch that a device is known to hold, and its whole key. */
export interface Bond {
  readonly epoch: EpochId
  readonly key: Uint8Array
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
 * A box for `device`. `seed`: 32 fresh random bytes for this box alone. With a `bond` it opens only to who holds that epoch
 * as well: once the device has destroyed that key, a thief of the device's own key opens it no more. `undefined` if the
 * device's key is no point of the curve, so that nobody could open the box.
 */
export function sealKeys(
  epoch: EpochId,
  device: DeviceId,
  content: BoxContent,
  seed: Uint8Array,
  bond?: Bond,
): KeyBox | undefined {
  const recipient = publicBoxKey(idBytes(device))
  if (recipient === undefined) return undefined
  const plaintext = bond === undefined ? writeContent(content) : bound(epoch, device, content, seed, bond)
  const [ephemeralKey, ephemeralSecret] = [new Uint8Array(publicKeyBytes), new Uint8Array(keyBytes)]
  sodium.crypto_box_seed_keypair(ephemeralKey, ephemeralSecret, seed)
  const nonce = new Uint8Array(boxNonceBytes)
  sodium.crypto_generichash(nonce, concat(ephemeralKey, recipient))
  const ciphertext = new Uint8Array(macBytes + 1 + plaintext.length)
  const marked = concat(new Uint8Array([bond === undefined ? isFree : isBound]), plaintext)
  sodium.crypto_box_easy(ciphertext, marked, nonce, recipient, ephemeralSecret)
  sodium.sodium_memzero(ephemeralSecret)
  return { hint: deviceHint(epoch, device), sealed: concat(ephemeralKey, ciphertext) }
}

/**
 * What `sealKeys` put in for this device; `undefined` if the box is not for it, holds the key of another epoch, or is bound
 * to an epoch of which this device does not hold all. `held`: what it holds of an epoch.
 */
export function openKeys(
  room: Uint8Array,
  epoch: EpochId,
  sealed: Uint8Array,
  device: KeyPair,
  held: (epoch: EpochId) => HeldKey | undefined,
): BoxContent | undefined {
  const publicKey = publicBoxKey(device.publicKey)
  if (publicKey === undefined || sealed.length < publicKeyBytes + macBytes + 1 + keyBytes) return undefined
  const secretKey = new Uint8Array(keyBytes)
  sodium.crypto_sign_ed25519_sk_to_curve25519(secretKey, device.secretKey)
  const marked = new Uint8Array(sealed.length - publicKeyBytes - macBytes)
  const isOpen = sodium.crypto_box_seal_open(marked, sealed, publicKey, secretKey)
  sodium.sodium_memzero(secretKey)
  if (!isOpen) return undefined
  const [mark, rest] = [marked[0], marked.subarray(1)]
  const plaintext = mark === isFree ? rest : mark === isBound ? unbound(epoch, device.publicKey, rest, held) : undefined
  const content = plaintext && decodeAll(plaintext, readContent)
  if (content === undefined) return undefined
  return isEqual(idBytes(roomEpochId(controlKeyOf(room, content.key))), idBytes(epoch)) ? content : undefined
}

function bound(epoch: EpochId, device: DeviceId, content: BoxContent, seed: Uint8Array, bond: Bond): Uint8Array {
  const key = bondKeyOf(bond.key, epoch, idBytes(device))
  const nonce = keyedHash(seed, 'tincan room box bond nonce').subarray(0, nonceBytes)
  return concat(idBytes(bond.epoch), seal(key, nonce, writeContent(content), idBytes(bond.epoch)))
}

function unbound(
  epoch: EpochId,
  device: Uint8Array,
  bytes: Uint8Array,
  held: (epoch: EpochId) => HeldKey | undefined,
): Uint8Array | undefined {
  const bond = bytes.subarray(0, epochIdBytes)
  const key = held(toHex(bond) as EpochId)
  if (bond.length < epochIdBytes || key?.kind !== 'whole') return undefined
  return open(bondKeyOf(key.bytes, epoch, device), bytes.subarray(epochIdBytes), bond)
}

function bondKeyOf(key: Uint8Array, epoch: EpochId, device: Uint8Array): Uint8Array {
  return keyedHash(key, 'tincan room box bond', idBytes(epoch), device)
}

function writeContent({ key, earlier }: BoxContent): Uint8Array {
  const writer = new Writer(maxSealedKeyBytes).fixed(key).uint(earlier.length)
  for (const { kind, bytes } of earlier) writer.boolean(kind === 'whole').fixed(bytes)
  return writer.finish()
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
