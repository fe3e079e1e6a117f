import type { IdentityFile } from '../../src/core/ports/secrets.ts'
import { chatError } from '../../src/shared/chatError.ts'

/** An identity file in memory. A test may look at it, damage it, lose it, or make its disk fail. */
export class MemoryIdentityFile implements IdentityFile {
  bytes: Uint8Array | undefined
  isFailing = false
  writes = 0

  constructor(bytes?: Uint8Array) {
    this.bytes = bytes
  }

  async read(): Promise<Uint8Array | undefined> {
    if (this.isFailing) throw chatError('store-failed')
    return this.bytes?.slice()
  }

  async remove(): Promise<void> {
    if (this.isFailing) throw chatError('store-failed')
    this.bytes = undefined
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.isFailing) throw chatError('store-failed')
    this.bytes = bytes.slice()
    this.writes++
  }
}
