import type { SecretStorage } from 'vscode'
import type { SecretKeeper } from '../../core/ports/secrets.ts'

const secretName = 'tincan.wrappingKey'

/**
 * The wrapping key in the editor's secret storage. The editor answers `undefined` for a secret that it cannot decrypt
 * (and forgets it): to the core that is a missing secret, which leads to recovery and never to a new identity.
 */
export function createSecretKeeper(storage: SecretStorage): SecretKeeper {
  return {
    async get() {
      try {
        const text = await storage.get(secretName)
        return text !== undefined && /^[0-9a-f]{64}$/.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : undefined
      } catch {
        return undefined
      }
    },
    async forget() {
      await storage.delete(secretName)
    },
    async set(key) {
      await storage.store(secretName, Buffer.from(key).toString('hex'))
    },
  }
}
