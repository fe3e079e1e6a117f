/**
 * The place that keeps the wrapping key apart from the files: the editor's secret storage, or the environment of a
 * headless process.
 */
export interface SecretKeeper {
  /** The 32-byte wrapping key, or `undefined` where there is none or it is not 32 bytes. Never throws. */
  get(): Promise<Uint8Array | undefined>
  /** Keeps `key` (32 bytes). Rejects where it cannot be kept. */
  set(key: Uint8Array): Promise<void>
  /** Forgets the key, where this place decides about that. */
  forget(): Promise<void>
}

/** The small file that holds the sealed identity. */
export interface IdentityFile {
  /** The whole file, or `undefined` if there is none. Rejects with `store-failed` if it is there and cannot be read. */
  read(): Promise<Uint8Array | undefined>
  /** Replaces the file: afterwards it is either wholly the old or wholly the new one, and on disk. */
  write(bytes: Uint8Array): Promise<void>
  /** Deletes the file, where there is one. Rejects with `store-failed`. */
  remove(): Promise<void>
}
