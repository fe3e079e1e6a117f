import { encodeUtf8 } from '../codec/utf8.ts'
import { keyedHash, keyBytes, passwordHash } from '../crypto/primitives.ts'
import type { BackupHeader } from './backupHeader.ts'

/** What a passphrase costs to try: libsodium's "interactive" memory and one pass more than its minimum. */
export const passphraseWork = { operations: 3, memoryBytes: 64 * 1024 * 1024 } as const

/** The key of a backup for whoever has the root's seed (32 bytes), and so for whoever has the phrase. */
export function keyFromRoot(rootSeed: Uint8Array, salt: Uint8Array): Uint8Array {
  return keyedHash(rootSeed, 'tincan backup key', salt)
}

/** The key of a backup for whoever has the passphrase. Deliberately slow (Argon2id): tenths of a second. */
export function keyFromPassphrase(
  passphrase: string,
  { salt, operations, memoryBytes }: Pick<BackupHeader, 'salt' | 'operations' | 'memoryBytes'>,
): Uint8Array | undefined {
  return passwordHash(keyBytes, encodeUtf8(passphrase.normalize('NFKC')), salt, operations, memoryBytes)
}
