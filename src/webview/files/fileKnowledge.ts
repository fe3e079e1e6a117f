import type { FileState } from '../../shared/files.ts'
import type { MessageId } from '../../shared/ids.ts'
import { isDecodable, parsePictureHeader } from '../../shared/pictureHeader.ts'

/** Pictures whose bytes are kept in memory; thumbnails are small, and more of them are in sight. */
const maxPictures = 24
const maxStates = 500

/** A picture that was found fit to be decoded, by an address of its own. */
export interface ShownPicture {
  /** `undefined`: it is no picture of a known kind, or too large for the memory. */
  readonly url: string | undefined
}

/** What the view knows of files: how far they are, and the pictures that it has bytes of. */
export class FileKnowledge {
  readonly #states = new Map<MessageId, FileState>()
  readonly #pictures = new Map<string, ShownPicture>()
  readonly #watchers = new Map<MessageId, Set<() => void>>()

  stateOf(message: MessageId): FileState | undefined {
    return this.#states.get(message)
  }

  /** A picture of a message that was handed over. */
  pictureOf(message: MessageId): ShownPicture | undefined {
    return this.#used(message)
  }

  setState(message: MessageId, state: FileState): void {
    this.#states.delete(message)
    this.#states.set(message, state)
    const [oldest] = this.#states.keys()
    if (this.#states.size > maxStates && oldest !== undefined) this.#states.delete(oldest)
    if (state.kind === 'gone' || state.kind === 'elsewhere') this.#forget(message)
    this.#tell(message)
  }

  setPicture(message: MessageId, bytes: Uint8Array): void {
    this.#keep(message, bytes)
    this.#tell(message)
  }

  /** The small picture that came with a message. */
  thumbnail(message: MessageId, bytes: () => Uint8Array | undefined): ShownPicture {
    const key = `small ${message}`
    return this.#used(key) ?? this.#keep(key, bytes() ?? new Uint8Array(0))
  }

  /** Calls back whenever something of a message changes, until the result is called. */
  watch(message: MessageId, onChange: () => void): () => void {
    const watchers = this.#watchers.get(message) ?? new Set()
    watchers.add(onChange)
    this.#watchers.set(message, watchers)
    return () => {
      watchers.delete(onChange)
      if (watchers.size === 0 && this.#watchers.get(message) === watchers) this.#watchers.delete(message)
    }
  }

  /** Only what says that it is a picture of a few kinds is decoded, as that kind, and only by the browser's decoder of images. */
  #keep(key: string, bytes: Uint8Array): ShownPicture {
    const header = parsePictureHeader(bytes)
    const isFit = header !== undefined && isDecodable(header)
    const url = isFit ? URL.createObjectURL(new Blob([bytes.slice()], { type: header.type })) : undefined
    this.#forget(key)
    this.#pictures.set(key, { url })
    const [oldest] = this.#pictures.keys()
    if (this.#pictures.size > maxPictures && oldest !== undefined) this.#forget(oldest)
    return { url }
  }

  /** The one that was asked for last is the last to be forgotten. */
  #used(key: string): ShownPicture | undefined {
    const picture = this.#pictures.get(key)
    if (picture === undefined) return undefined
    this.#pictures.delete(key)
    this.#pictures.set(key, picture)
    return picture
  }

  #forget(key: string): void {
    const url = this.#pictures.get(key)?.url
    if (url !== undefined) URL.revokeObjectURL(url)
    this.#pictures.delete(key)
  }

  #tell(message: MessageId): void {
    for (const onChange of this.#watchers.get(message) ?? []) onChange()
  }
}
