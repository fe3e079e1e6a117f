/**
 * The short string by which two people on a call tell that nobody sits between them: a commitment first, so that
 * whoever sits there has to fix its nonce before it knows another one, then seven emoji over everything that both
 * sides are sure of. One attempt in 2^42 succeeds, and each shows. The design is that of Matrix's short
 * authentication strings (MSC1267 and MSC2399), with our own hashes and without a key agreement: the link has one.
 */
import { comparedEmoji } from '../../shared/safety.ts'
import { compareBytes } from '../codec/bytes.ts'
import { hash, keyedHash } from '../crypto/primitives.ts'

/** One end of a comparison. Keys, hashes and nonces have 32 bytes. */
export interface ComparedEnd {
  /** The person's root key. */
  readonly person: Uint8Array
  /** The device that speaks on the link. */
  readonly device: Uint8Array
}

const bitsEach = 6

/** What one end says before it tells its nonce. Bound to the link and to who speaks: worth nothing anywhere else. */
export function commitmentOf(
  nonce: Uint8Array,
  by: ComparedEnd,
  to: ComparedEnd,
  handshakeHash: Uint8Array,
): Uint8Array {
  const ends = [by.person, by.device, to.person, to.device]
  return keyedHash(nonce, 'tincan comparison commitment', hash(handshakeHash), ...ends)
}

/** The numbers of the emoji, the same for both ends. */
export function shortString(
  a: ComparedEnd & { readonly nonce: Uint8Array },
  b: ComparedEnd & { readonly nonce: Uint8Array },
  handshakeHash: Uint8Array,
): readonly number[] {
  const [first, second] = compareBytes(a.person, b.person) < 0 ? [a, b] : [b, a]
  const ends = [first, second].flatMap(({ person, device, nonce }) => [person, device, nonce])
  const digest = keyedHash(hash(handshakeHash), 'tincan comparison emoji', ...ends)
  let bits = 0n
  for (const byte of digest.subarray(0, 6)) bits = bits * 256n + BigInt(byte)
  const shift = (place: number): bigint => BigInt(48 - bitsEach * (place + 1))
  return Array.from({ length: comparedEmoji }, (_, place) => Number((bits >> shift(place)) & 63n))
}
