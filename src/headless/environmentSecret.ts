import type { SecretKeeper } from '../core/ports/secrets.ts'
import { chatError } from '../shared/chatError.ts'

/**
 * The wrapping key that the environment gave to this process. It is the user who keeps it: only the same key can be
 * "kept" again, so that nothing is ever sealed under a key that the next process would not be given.
 */
export function createEnvironmentSecret(wrappingKey: Uint8Array): SecretKeeper {
  return {
    get: async () => wrappingKey.slice(),
    // It is the user's to forget.
    forget: () => Promise.resolve(),
    set: async (key) => {
      const isSame = key.length === wrappingKey.length && key.every((byte, i) => byte === wrappingKey[i])
      if (!isSame) throw chatError('internal', 'the wrapping key of this process is given by its environment')
    },
  }
}
