import { chatError } from '../../shared/chatError.ts'
import type { Disposable } from '../../shared/disposable.ts'
import { toHex } from '../codec/bytes.ts'
import type { BlobStore } from '../ports/blobStore.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import { FileIntake } from './fileIntake.ts'

/** What comes in piece by piece at a time. */
export const maxUploads = 16
/** An upload of which nothing comes for so long is forgotten. */
const idleMs = 10 * 60 * 1000

export interface UploadsInit {
  readonly blobs: BlobStore
  readonly random: Random
  readonly clock: Clock
  readonly log: Log
}

interface Upload {
  readonly intake: FileIntake
  /** One piece after the other. */
  previous: Promise<unknown>
  timer: Disposable
}

/** Files that are brought in piece by piece, by whoever has their bytes and no path. */
export class Uploads implements Disposable {
  readonly #init: UploadsInit
  readonly #all = new Map<string, Upload>()

  constructor(init: UploadsInit) {
    this.#init = init
  }

  /** Rejects with `store-failed`, or `invalid-params` where too many are open. */
  async begin(size: number): Promise<string> {
    const { blobs, random } = this.#init
    if (this.#all.size >= maxUploads) throw chatError('invalid-params', `at most ${String(maxUploads)} uploads`)
    const name = toHex(random.bytes(16))
    const intake = await FileIntake.begin(size, blobs, random)
    this.#all.set(name, { intake, previous: Promise.resolve(), timer: this.#forgetLater(name) })
    return name
  }

  /** How much is here then. Rejects with `unknown-upload`, `file-changed` or `store-failed`. */
  append(name: string, piece: Uint8Array): Promise<number> {
    const upload = this.#require(name)
    upload.timer.dispose()
    upload.timer = this.#forgetLater(name)
    const done = upload.previous.then(async () => {
      await upload.intake.append(piece)
      return upload.intake.bytes
    })
    upload.previous = done.catch(() => undefined)
    return done
  }

  /** The upload is the caller's from now on. Throws `unknown-upload`. */
  take(name: string): FileIntake {
    const upload = this.#require(name)
    upload.timer.dispose()
    this.#all.delete(name)
    return upload.intake
  }

  /** Forgets an upload, where there is one of this name. */
  async discard(name: string): Promise<void> {
    const upload = this.#all.get(name)
    if (upload === undefined) return
    upload.timer.dispose()
    this.#all.delete(name)
    await upload.previous
    await upload.intake.discard()
  }

  dispose(): void {
    for (const { timer } of this.#all.values()) timer.dispose()
    this.#all.clear()
  }

  #require(name: string): Upload {
    const upload = this.#all.get(name)
    if (upload === undefined) throw chatError('unknown-upload')
    return upload
  }

  #forgetLater(name: string): Disposable {
    return this.#init.clock.after(idleMs, () => {
      this.discard(name).catch((error: unknown) => {
        this.#init.log.error('An upload could not be removed', error)
      })
    })
  }
}
