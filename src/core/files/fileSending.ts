import { chatError } from '../../shared/chatError.ts'
import type { Disposable, Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import { maxFileBytes, type FileNotifications, type FileRequests } from '../../shared/files.ts'
import { ownFileName } from '../../shared/fileName.ts'
import { mediaTypeOf } from '../../shared/mediaType.ts'
import type { WireFile } from '../body/fileBody.ts'
import { idBytes, toHex } from '../codec/bytes.ts'
import type { Conversation } from '../conversation/conversation.ts'
import { messageIdOf } from '../conversation/messageId.ts'
import type { BlobStore } from '../ports/blobStore.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import type { UserFiles } from '../ports/userFiles.ts'
import { nextTurn } from '../ports/nextTurn.ts'
import type { SendOnce } from '../service/sendOnce.ts'
import { isTurnOver } from '../sync/pace.ts'
import { FileIntake } from './fileIntake.ts'
import type { FileShelf, KeptFile } from './fileShelf.ts'
import { blockBytes } from './fileShape.ts'
import { Uploads } from './uploads.ts'

type Params = FileRequests['file/send']['params']
type Result = FileRequests['file/send']['result']

/** Read at a time: four blocks, so that none is put together from pieces. */
const readBytes = 4 * blockBytes
const toldEveryMs = 500

/** A file of which all is here, and what its message says of it. */
export interface FoundFile {
  readonly kept: KeptFile
  readonly file: WireFile
}

export interface SendingInit {
  readonly shelf: FileShelf
  readonly sendOnce: SendOnce
  readonly blobs: BlobStore
  readonly files: UserFiles
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** Brings files in, and writes the messages that name them. */
export class FileSending implements Disposable {
  readonly uploads: Uploads
  readonly #init: SendingInit
  readonly #pending = new Map<string, Promise<Result>>()
  readonly #abandoned = new Set<string>()
  readonly #onDidPrepare = new Emitter<FileNotifications['file/preparing']>()
  #isDisposed = false

  constructor(init: SendingInit) {
    this.#init = init
    this.uploads = new Uploads(init)
  }

  readonly onDidPrepare: Event<FileNotifications['file/preparing']> = this.#onDidPrepare.event

  /** The same request again, with its token, is the same sending. Rejects with a `ChatError`; then nothing is left of it. */
  send(conversation: Conversation, params: Params): Promise<Result> {
    const { token } = params
    if (token === undefined) return this.#send(conversation, params)
    const known = this.#init.sendOnce.known(conversation, token)
    if (known !== undefined) return Promise.resolve(known)
    const key = conversation.id + token
    const pending = this.#pending.get(key) ?? this.#send(conversation, params)
    this.#pending.set(key, pending)
    const settle = (): void => {
      this.#pending.delete(key)
      this.#abandoned.delete(token)
    }
    pending.then(settle, settle)
    return pending
  }

  /**
   * Sends a file that is here once more, from the copy that is kept of it: `find` says which, or throws. Rejects with what
   * `FileShelf.share` rejects with.
   */
  async forward(conversation: Conversation, find: () => FoundFile, token: string | undefined): Promise<Result> {
    const { shelf, sendOnce } = this.#init
    const known = token === undefined ? undefined : sendOnce.known(conversation, token)
    if (known !== undefined) return known
    const { kept, file } = find()
    const { replyTo: _, thread: __, lifetimeMs: ___, ...content } = file
    return shelf.share(kept, (note) =>
      sendOnce.send(conversation, { ...content, forwarded: true }, token, (event) => {
        note({ conversation: conversation.id, message: messageIdOf(event) })
      }),
    )
  }

  /** Stops what is being prepared under this token, or an upload. */
  async abandon(token: string): Promise<void> {
    if ([...this.#pending.keys()].some((key) => key.endsWith(token))) this.#abandoned.add(token)
    await this.uploads.discard(token)
  }

  dispose(): void {
    this.#isDisposed = true
    this.uploads.dispose()
  }

  async #send(conversation: Conversation, params: Params): Promise<Result> {
    const { shelf, sendOnce, log } = this.#init
    const { path, upload, token, picture, replyTo, thread } = params
    const intake = upload === undefined ? await this.#readIn(path ?? '', token) : this.uploads.take(upload)
    try {
      const record = await intake.finish()
      const name = ownFileName(params.name ?? params.path ?? '')
      const file: WireFile = {
        ...{ kind: 'file', name, size: record.size, mediaType: params.mediaType ?? mediaTypeOf(name) },
        ...{ root: toHex(record.root), key: toHex(record.key) },
        ...{ ...(picture && { picture }), ...(replyTo && { replyTo }), ...(thread && { thread }) },
      }
      this.#refuseAbandoned(token)
      try {
        return await sendOnce.send(conversation, file, token, (event) => {
          const places = [{ conversation: idBytes(conversation.id), message: idBytes(messageIdOf(event)) }]
          shelf.put({ ...record, places })
        })
      } catch (error) {
        shelf.forget(record)
        throw error
      }
    } catch (error) {
      await intake.discard().catch((cause: unknown) => {
        log.error('A file that was not sent could not be removed', cause)
      })
      throw error
    }
  }

  async #readIn(path: string, token: string | undefined): Promise<FileIntake> {
    const { files, blobs, random, clock } = this.#init
    const file = files.open(path)
    try {
      const { size } = file
      if (size > maxFileBytes) throw chatError('file-too-large')
      const intake = await FileIntake.begin(size, blobs, random)
      try {
        let [turnMs, toldMs] = [clock.monotonicMs(), clock.monotonicMs()]
        while (intake.bytes < size) {
          const piece = file.read(intake.bytes, Math.min(readBytes, size - intake.bytes))
          if (piece.length === 0) throw chatError('file-changed')
          await intake.append(piece)
          this.#refuseAbandoned(token)
          const now = clock.monotonicMs()
          if (token !== undefined && now - toldMs >= toldEveryMs) {
            this.#onDidPrepare.fire({ token, bytes: intake.bytes, size })
            toldMs = now
          }
          if (!isTurnOver(turnMs, now)) continue
          await nextTurn(clock)
          turnMs = clock.monotonicMs()
        }
        return intake
      } catch (error) {
        await intake.discard()
        throw error
      }
    } finally {
      file.close()
    }
  }

  #refuseAbandoned(token: string | undefined): void {
    if (this.#isDisposed) throw chatError('disposed')
    if (token !== undefined && this.#abandoned.has(token)) throw chatError('file-abandoned')
  }
}
