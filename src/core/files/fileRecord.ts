import { maxFileBytes } from '../../shared/files.ts'
import { toHex } from '../codec/bytes.ts'
import { hashBytes, keyBytes } from '../crypto/primitives.ts'
import type { Range, Ranges } from '../event/ranges.ts'
import type { RecordFormat } from '../store/recordTable.ts'
import { maxParts } from './fileShape.ts'

export const blobNameBytes = 16
/** The most messages of which one file is kept. */
export const maxPlaces = 64
/** The most pieces of a file that are noted: what is beyond is fetched again. */
const maxHeldRanges = 256
const messageIdBytes = 38

/** A message that holds a file. */
export interface RecordedPlace {
  readonly conversation: Uint8Array
  readonly message: Uint8Array
}

/** What is kept of a file beside its content. */
export interface FileRecord {
  /** Names it, and proves its parts. */
  readonly root: Uint8Array
  readonly key: Uint8Array
  readonly size: number
  /** Where its content is: the name of a blob. */
  readonly blob: Uint8Array
  /** The parts that are on disk. */
  readonly held: Ranges
  /** The user fetches it, or has stopped that. */
  readonly isPaused: boolean
  /** This device brought it in. */
  readonly isOwn: boolean
  readonly places: readonly RecordedPlace[]
}

export const fileFormat: RecordFormat<FileRecord> = {
  kind: 'file',
  write: (writer, { root, key, size, blob, held, isPaused, isOwn, places }) => {
    writer.uint8(1).fixed(root).fixed(key).uint(size).fixed(blob).boolean(isPaused).boolean(isOwn)
    const noted = held.slice(0, maxHeldRanges)
    writer.uint(noted.length)
    for (const { from, to } of noted) writer.uint(from).uint(to - from)
    writer.uint(places.length)
    for (const { conversation, message } of places) writer.fixed(conversation).fixed(message)
  },
  read: (reader) => {
    if (reader.uint8() !== 1) reader.fail()
    const [root, key] = [reader.fixed(hashBytes), reader.fixed(keyBytes)]
    const size = reader.uint(maxFileBytes)
    const blob = reader.fixed(blobNameBytes)
    const [isPaused, isOwn] = [reader.boolean(), reader.boolean()]
    const held = reader.list(maxHeldRanges, (): Range => {
      const from = reader.uint(maxParts)
      return { from, to: from + reader.uint(maxParts) }
    })
    const places = reader.list(maxPlaces, () => ({
      conversation: reader.fixed(32),
      message: reader.fixed(messageIdBytes),
    }))
    return { root, key, size, blob, held, isPaused, isOwn, places }
  },
}

/** The name of a record's blob. */
export const blobName = ({ blob }: Pick<FileRecord, 'blob'>): string => toHex(blob)
