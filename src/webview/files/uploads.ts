import { uploadPieceBytes, type FileToHost } from '../../shared/fileProtocol.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { thumbnailOf } from './thumbnail.ts'

interface Upload {
  readonly file: File
  at: number
}

/** Hands over files that were dropped or pasted and have no path here, piece by piece as the host asks for them. */
export class Uploads {
  readonly #post: (message: FileToHost) => void
  readonly #all = new Map<number, Upload>()
  #last = 0

  constructor(post: (message: FileToHost) => void) {
    this.#post = post
  }

  async begin(conversation: ConversationId, file: File): Promise<void> {
    const upload = ++this.#last
    const picture = await thumbnailOf(file)
    this.#all.set(upload, { file, at: 0 })
    const name = file.name.replace(/\p{Surrogate}/gu, '\uFFFD')
    this.#post({ type: 'uploadBegin', conversation, upload, name, size: file.size, ...(picture && { picture }) })
  }

  /** Answers the host, who asks for a small picture of what it attached. */
  async makeThumbnail(id: number, data: Uint8Array): Promise<void> {
    const picture = await thumbnailOf(new Blob([data.slice()]))
    this.#post({ type: 'thumbnail', id, ...(picture && { picture }) })
  }

  /** The host takes the next piece, or nothing more. */
  async next(number: number, isOver: boolean): Promise<void> {
    const upload = this.#all.get(number)
    if (upload === undefined) return
    const { file, at } = upload
    if (isOver || at >= file.size) {
      this.#all.delete(number)
      return
    }
    upload.at = Math.min(file.size, at + uploadPieceBytes)
    try {
      const data = new Uint8Array(await file.slice(at, upload.at).arrayBuffer())
      this.#post({ type: 'uploadPiece', upload: number, data })
    } catch {
      this.#all.delete(number)
      this.#post({ type: 'uploadEnd', upload: number })
    }
  }
}
