/**
 * Where the sealed content of files is kept, each under a random name of hex digits. It knows no keys and no meanings.
 * What the disk refuses is a `StoreFailure`.
 */
export interface BlobStore {
  /** Makes an empty one, whose name is on disk when this resolves. */
  create(name: string): Promise<void>
  /**
   * Writes at a place; what is left out before it takes no room where the file system knows holes. `mayWait`: a few
   * milliseconds, so that what follows is written with it.
   */
  write(name: string, at: number, bytes: Uint8Array, mayWait?: boolean): Promise<void>
  /**
   * Exactly `length` bytes from a place, at the beginning of `memory` or, without that, in memory of the caller's;
   * `undefined` where there are fewer or there is no such blob.
   */
  read(name: string, at: number, length: number, memory?: Uint8Array): Promise<Uint8Array | undefined>
  /** What was written is on disk when this resolves (fsync). */
  sync(name: string): Promise<void>
  /** Removes one, where it is there. */
  remove(name: string): Promise<void>
  /** The names of all. */
  list(): Promise<readonly string[]>
  /** Removes all, and what they were in. */
  erase(): void
  /** Lets go of what is open. What is under way is finished. */
  close(): Promise<void>
}
