import { chatError } from '../../shared/chatError.ts'
import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { WireFile } from '../body/fileBody.ts'
import { idBytes, isEqual, toHex } from '../codec/bytes.ts'
import type { BlobStore } from '../ports/blobStore.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import type { Committer } from '../store/committer.ts'
import type { RecordTable } from '../store/recordTable.ts'
import { FileCopy } from './fileCopy.ts'
import { blobName, blobNameBytes, maxPlaces, type FileRecord, type RecordedPlace } from './fileRecord.ts'

export interface FilePlace {
  readonly conversation: ConversationId
  readonly message: MessageId
}

/** A file of which something is here, or is to be. */
export class KeptFile {
  readonly copy: FileCopy
  record: FileRecord

  constructor(record: FileRecord, blobs: BlobStore) {
    this.record = record
    this.copy = new FileCopy(record, blobs)
  }

  get places(): readonly FilePlace[] {
    return this.record.places.map(({ conversation, message }) => ({
      conversation: toHex(conversation) as ConversationId,
      message: toHex(message) as MessageId,
    }))
  }

  isIn(conversation: ConversationId): boolean {
    return this.places.some((place) => place.conversation === conversation)
  }
}

export interface ShelfInit {
  readonly table: RecordTable<FileRecord>
  readonly committer: Committer
  readonly blobs: BlobStore
  readonly random: Random
  readonly log: Log
}

/** The files of this device: their records in the store, their content among the blobs. */
export class FileShelf {
  readonly #init: ShelfInit
  readonly #byRoot = new Map<string, KeptFile>()
  readonly #byPlace = new Map<string, KeptFile>()
  readonly #onDidDrop = new Emitter<KeptFile>()
  /** What changes records is done one after the other. */
  #previous: Promise<unknown> = Promise.resolve()

  constructor(init: ShelfInit) {
    this.#init = init
    for (const record of init.table.list()) this.#know(new KeptFile(owned(record), init.blobs))
  }

  /** Nothing of it is kept any more. */
  readonly onDidDrop: Event<KeptFile> = this.#onDidDrop.event

  get all(): readonly KeptFile[] {
    return [...this.#byRoot.values()]
  }

  find(root: string): KeptFile | undefined {
    return this.#byRoot.get(root)
  }

  at(place: FilePlace): KeptFile | undefined {
    return this.#byPlace.get(keyOf(place))
  }

  /** Notes a file that was taken in, inside a transaction of the caller; known from then on. */
  put(record: FileRecord): void {
    this.#init.table.put(record.root, record)
    this.#know(new KeptFile(record, this.#init.blobs))
  }

  /** Forgets what `put` noted: the transaction failed. */
  forget(record: Pick<FileRecord, 'root'>): void {
    const kept = this.#byRoot.get(toHex(record.root))
    if (kept !== undefined) this.#unknow(kept)
  }

  /** Makes room for a file that is to be fetched. Rejects with `store-failed`. */
  add(place: FilePlace, file: WireFile): Promise<KeptFile> {
    return this.#inTurn(async () => {
      const noted = { conversation: idBytes(place.conversation), message: idBytes(place.message) }
      const present = this.#byRoot.get(file.root)
      if (present !== undefined) {
        const { places } = present.record
        if (!places.some((one) => isSame(one, noted)) && places.length < maxPlaces)
          await this.#write(present, { places: [...places, noted] })
        this.#byPlace.set(keyOf(place), present)
        return present
      }
      const { blobs, random } = this.#init
      const blob = random.bytes(blobNameBytes)
      const record = {
        ...{ root: idBytes(file.root), key: idBytes(file.key), size: file.size, blob, held: [] },
        ...{ isPaused: false, isOwn: false, places: [noted] },
      }
      await blobs.create(toHex(blob))
      const kept = new KeptFile(record, blobs)
      await this.#write(kept, {})
      this.#know(kept)
      return kept
    })
  }

  /**
   * Keeps a file for one more message, which `write` writes: it calls `note` in the same transaction. Rejects with
   * `file-not-here`, with `file-shared-often` where it is kept for as many as are noted, and with what `write` rejects with.
   */
  share<T>(kept: KeptFile, write: (note: (place: FilePlace) => void) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const before = kept.record
      if (this.#byRoot.get(toHex(before.root)) !== kept) throw chatError('file-not-here')
      if (before.places.length >= maxPlaces) throw chatError('file-shared-often')
      const noted: FilePlace[] = []
      try {
        return await write((place) => {
          const places = [
            ...before.places,
            { conversation: idBytes(place.conversation), message: idBytes(place.message) },
          ]
          this.#init.table.put(before.root, { ...before, places })
          kept.record = { ...before, places }
          this.#byPlace.set(keyOf(place), kept)
          noted.push(place)
        })
      } catch (error) {
        kept.record = before
        for (const place of noted) this.#byPlace.delete(keyOf(place))
        throw error
      }
    })
  }

  /** Changes what is noted of a file, while it is kept. Rejects with `store-failed`. */
  update(kept: KeptFile, changes: Partial<Pick<FileRecord, 'held' | 'isPaused'>>): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#byRoot.get(toHex(kept.record.root)) === kept) await this.#write(kept, changes)
    })
  }

  /** The message is gone: what no other message holds is removed from the disk. */
  release(place: FilePlace): Promise<void> {
    return this.#inTurn(async () => {
      const kept = this.at(place)
      if (kept === undefined) return
      const gone = { conversation: idBytes(place.conversation), message: idBytes(place.message) }
      const places = kept.record.places.filter((one) => !isSame(one, gone))
      if (places.length > 0) {
        await this.#write(kept, { places })
        this.#byPlace.delete(keyOf(place))
        return
      }
      await this.#init.committer.run(() => {
        this.#init.table.delete(kept.record.root)
      })
      this.#unknow(kept)
      this.#onDidDrop.fire(kept)
      await this.#init.blobs.remove(blobName(kept.record))
    })
  }

  /** Removes content that nothing here knows of: of a process that died in the middle. */
  async sweep(): Promise<void> {
    const { blobs } = this.#init
    for (const name of await blobs.list())
      if (!this.all.some(({ record }) => blobName(record) === name)) await blobs.remove(name)
  }

  async #write(kept: KeptFile, changes: Partial<FileRecord>): Promise<void> {
    const record = { ...kept.record, ...changes }
    await this.#init.committer.run(() => {
      this.#init.table.put(record.root, record)
    })
    kept.record = record
  }

  #know(kept: KeptFile): void {
    this.#byRoot.set(toHex(kept.record.root), kept)
    for (const place of kept.places) this.#byPlace.set(keyOf(place), kept)
  }

  #unknow(kept: KeptFile): void {
    this.#byRoot.delete(toHex(kept.record.root))
    for (const place of kept.places) this.#byPlace.delete(keyOf(place))
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#previous.then(work)
    this.#previous = done.catch(() => undefined)
    return done
  }
}

const keyOf = ({ conversation, message }: FilePlace): string => conversation + message

const isSame = (a: RecordedPlace, b: RecordedPlace): boolean =>
  isEqual(a.conversation, b.conversation) && isEqual(a.message, b.message)

/** The record in memory of its own: what a table gives are views. */
function owned(record: FileRecord): FileRecord {
  const { root, key, blob, places } = record
  return {
    ...record,
    root: root.slice(),
    key: key.slice(),
    blob: blob.slice(),
    places: places.map(({ conversation, message }) => ({
      conversation: conversation.slice(),
      message: message.slice(),
    })),
  }
}
