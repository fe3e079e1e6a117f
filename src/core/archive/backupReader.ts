import { chatError } from '../../shared/chatError.ts'
import { isEqual } from '../codec/bytes.ts'
import { open } from '../crypto/primitives.ts'
import type { StoreRemains } from '../ports/store.ts'
import type { UserFile } from '../ports/userFiles.ts'
import type { BackupHeader } from './backupHeader.ts'
import { checkOf, decodeBackupHeader, headerBytes } from './backupHeader.ts'
import type { BackupItem } from './backupItems.ts'
import { readItems } from './backupItems.ts'
import { lengthBytes, placeOf } from './backupWriter.ts'

/** More than a chunk of this version has. */
const maxChunkBytes = 4 * 1024 * 1024

/** What a file says about itself. Throws `backup-damaged` or `backup-newer`. */
export function readBackupHeader(file: UserFile): BackupHeader {
  const header = decodeBackupHeader(file.read(0, headerBytes))
  if (header === 'newer') throw chatError('backup-newer')
  if (header === undefined) throw chatError('backup-damaged')
  return header
}

/** A backup and its key. Throws `backup-damaged` wherever something is not as it was written, or the end is missing. */
export class OpenBackup implements StoreRemains {
  readonly identity: Extract<BackupItem, { kind: 'identity' }>
  readonly #file: UserFile
  readonly #key: Uint8Array

  /** Reads it to the end once: from here on it is known to be whole. `isKey`: whether this is the key, else `refusal`. */
  constructor(
    file: UserFile,
    header: BackupHeader,
    key: Uint8Array | undefined,
    refusal: 'wrong-phrase' | 'wrong-passphrase',
  ) {
    if (key === undefined || !isEqual(checkOf(key), header.check)) throw chatError(refusal)
    this.#file = file
    this.#key = key
    let identity: BackupItem | undefined
    for (const item of this.#items()) identity ??= item
    if (identity?.kind !== 'identity') throw chatError('backup-damaged')
    this.identity = identity
  }

  *readRecords(): ReturnType<StoreRemains['readRecords']> {
    for (const item of this.#items())
      if (item.kind === 'record') yield { kind: item.of, id: item.id, sealed: item.sealed }
  }

  *readEvents(): ReturnType<StoreRemains['readEvents']> {
    for (const item of this.#items()) if (item.kind === 'event') yield item.row
  }

  *#items(): Iterable<BackupItem> {
    const header = this.#file.read(0, headerBytes)
    let at = headerBytes
    for (let index = 0; at < this.#file.size; index++) {
      const sealed = this.#chunkAt(at)
      at += lengthBytes + sealed.length
      const plaintext = open(this.#key, sealed, placeOf(header, index, at === this.#file.size))
      const items = plaintext && readItems(plaintext)
      if (items === undefined) throw chatError('backup-damaged')
      yield* items
    }
    if (at === headerBytes) throw chatError('backup-damaged')
  }

  #chunkAt(at: number): Uint8Array {
    const prefix = this.#file.read(at, lengthBytes)
    const length = prefix.length < lengthBytes ? 0 : new DataView(prefix.buffer, prefix.byteOffset).getUint32(0)
    if (length === 0 || length > maxChunkBytes) throw chatError('backup-damaged')
    const sealed = this.#file.read(at + lengthBytes, length)
    if (sealed.length < length) throw chatError('backup-damaged')
    return sealed
  }
}
