/**
 * What devices on one local network say to find each other. A question and an answer are random bytes to everybody who
 * does not know the address that is looked for, which changes every day and is known to contacts alone; and each holds
 * for the network address it came from, so that it is of no use to somebody who repeats it.
 */
import { concat, isEqual } from '../core/codec/bytes.ts'
import { keyedHash } from '../core/crypto/primitives.ts'

export const nonceBytes = 16
const tagBytes = 16
const portBytes = 2

/** The bytes of a question and of an answer. */
export const questionBytes = nonceBytes + tagBytes
export const answerBytes = nonceBytes + portBytes + tagBytes

/** Asks whether whoever listens on `publicKey` is here. `host` is the asker's IPv4 address, `nonce` 16 fresh bytes. */
export function encodeQuestion(publicKey: Uint8Array, nonce: Uint8Array, host: string): Uint8Array {
  return concat(nonce, tag(publicKey, 'tincan local question', nonce, host, 0))
}

/** Which of one's own keys a question from `host` asks for, or `undefined`. */
export function readQuestion(
  bytes: Uint8Array,
  host: string,
  publicKeys: Iterable<Uint8Array>,
): { readonly publicKey: Uint8Array; readonly nonce: Uint8Array } | undefined {
  if (bytes.length !== questionBytes) return undefined
  const nonce = bytes.slice(0, nonceBytes)
  for (const publicKey of publicKeys) {
    if (isEqual(bytes, encodeQuestion(publicKey, nonce, host))) return { publicKey, nonce }
  }
  return undefined
}

/** Says that the owner of `publicKey` is at `host`, and answers on `port`. `nonce` is the question's. */
export function encodeAnswer(publicKey: Uint8Array, nonce: Uint8Array, host: string, port: number): Uint8Array {
  const portField = new Uint8Array([port >> 8, port & 0xff])
  return concat(nonce, portField, tag(publicKey, 'tincan local answer', nonce, host, port))
}

/** The port in an answer from `host` to the question with this nonce, or `undefined` if it is none. */
export function readAnswer(
  bytes: Uint8Array,
  publicKey: Uint8Array,
  nonce: Uint8Array,
  host: string,
): number | undefined {
  if (bytes.length !== answerBytes) return undefined
  const port = ((bytes[nonceBytes] as number) << 8) | (bytes[nonceBytes + 1] as number)
  return port > 0 && isEqual(bytes, encodeAnswer(publicKey, nonce, host, port)) ? port : undefined
}

function tag(publicKey: Uint8Array, purpose: string, nonce: Uint8Array, host: string, port: number): Uint8Array {
  const place = new Uint8Array([...host.split('.').map(Number), port >> 8, port & 0xff])
  return keyedHash(publicKey, purpose, nonce, place).subarray(0, tagBytes)
}
