/**
 * The addresses a device is found under: one key pair for each UTC day, so that nobody without the address secret can
 * tell that two days' addresses belong together.
 */
import { keyBytes, keyedHash, keyPairFromSeed } from '../crypto/primitives.ts'
import type { KeyPair } from '../ports/transport.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** How near to midnight a device listens on the neighbouring day, for callers whose clocks differ. */
const overlapMs = 2 * hourMs

/** The number of the UTC day that holds `nowMs` (milliseconds since 1970); day 0 is 1 January 1970. */
export function dayOf(nowMs: number): number {
  return Math.floor(nowMs / dayMs)
}

/** The key pair of a day, from a device's address secret (32 bytes). */
export function addressKeyPair(addressSecret: Uint8Array, day: number): KeyPair {
  if (addressSecret.length !== keyBytes) throw new RangeError('An address secret has 32 bytes')
  const dayBytes = new Uint8Array(4)
  new DataView(dayBytes.buffer).setInt32(0, day)
  return keyPairFromSeed(keyedHash(addressSecret, 'tincan address of a day', dayBytes))
}

/** The days to listen on: today's, and within two hours of midnight the day on its other side as well. */
export function listeningDays(nowMs: number): number[] {
  const today = dayOf(nowMs)
  const sinceMidnightMs = nowMs - today * dayMs
  if (sinceMidnightMs < overlapMs) return [today, today - 1]
  return sinceMidnightMs >= dayMs - overlapMs ? [today, today + 1] : [today]
}

/** The days whose keys a caller may use: yesterday's, today's and tomorrow's, so that a clock may be a day off. */
export function admittedDays(nowMs: number): number[] {
  const today = dayOf(nowMs)
  return [today - 1, today, today + 1]
}
