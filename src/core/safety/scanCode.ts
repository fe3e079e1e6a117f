/**
 * What the QR code of a safety number says: a version and both fingerprints, the own one first, as Signal's scannable
 * fingerprint has them. In letters that a QR code packs well, and that an input field takes where no camera is.
 */
import type { ScanOutcome } from '../../shared/safety.ts'
import { fromHex, isEqual, toHex } from '../codec/bytes.ts'
import { scannedFingerprint } from './safetyNumber.ts'

const version = 1
const pattern = /^TINCAN:(\d{1,4}):(.*)$/
const bodyPattern = /^([0-9A-F]{64}):([0-9A-F]{64})$/
/** Far more than any version needs. */
const maxCodeLength = 1024

/** The code that this side shows. Root public keys, 32 bytes each. */
export function scanCode(ours: Uint8Array, theirs: Uint8Array): string {
  const [own, other] = [scannedFingerprint(ours), scannedFingerprint(theirs)].map((bytes) => toHex(bytes).toUpperCase())
  return `TINCAN:${String(version)}:${own ?? ''}:${other ?? ''}`
}

/** What a code that somebody else shows says about the two keys that are known here. The text is untrusted. */
export function compareScan(code: string, ours: Uint8Array, theirs: Uint8Array): ScanOutcome {
  if (code.length > maxCodeLength) return 'unreadable'
  const parts = pattern.exec(code.trim().toUpperCase())
  if (parts === null) return 'unreadable'
  if (Number(parts[1]) !== version) return 'other-version'
  const [, own, other] = bodyPattern.exec(parts[2] ?? '') ?? []
  const [seen, known] = [fromHex((own ?? '').toLowerCase()), fromHex((other ?? '').toLowerCase())]
  if (own === undefined || seen === undefined || known === undefined) return 'unreadable'
  const isSame = isEqual(seen, scannedFingerprint(theirs)) && isEqual(known, scannedFingerprint(ours))
  return isSame ? 'same' : 'different'
}
