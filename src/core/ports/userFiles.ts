/** Files that the user names: what is exported and backed up goes there, and backups come from there. */
export interface UserFiles {
  /**
   * Writes a file anew, in the place of one of that name: wholly, or the place stays as it was. With `isNew` nothing is
   * replaced: rejects with `file-exists` where something has that name. Rejects with `file-failed`, or with what
   * `pieces` throws.
   */
  write(path: string, pieces: AsyncIterable<Uint8Array>, isNew?: boolean): Promise<void>
  /** Opens a file for reading; the caller closes it. Throws `file-failed`. */
  open(path: string): UserFile
}

export interface UserFile {
  /** Bytes. */
  readonly size: number
  /** At most `length` bytes from `at` on; fewer at the end. Throws `file-failed`. */
  read(at: number, length: number): Uint8Array
  close(): void
}
