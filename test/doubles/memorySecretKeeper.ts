import type { SecretKeeper } from '../../src/core/ports/secrets.ts'

/** A secret keeper in memory. A test may lose or replace the key, or let the keeper refuse new ones. */
export class MemorySecretKeeper implements SecretKeeper {
  key: Uint8Array | undefined
  isRefusing = false

  constructor(key?: Uint8Array) {
    this.key = key
  }

  async get(): Promise<Uint8Array | undefined> {
    return this.key?.length === 32 ? this.key.slice() : undefined
  }

  async forget(): Promise<void> {
    this.key = undefined
  }

  async set(key: Uint8Array): Promise<void> {
    if (this.isRefusing) throw new Error('The secret storage refuses')
    this.key = key.slice()
  }
}
