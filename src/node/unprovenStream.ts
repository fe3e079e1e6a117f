import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type { Clock } from '../core/ports/clock.ts'
import { type HandshakeLimits, unprovenLimitMs } from './handshakeLimits.ts'

/**
 * Holds an accepted stream to its time limit: it is closed unless the function returned is called, which says that a
 * first message has shown that the other side holds its key.
 */
export function watchUnproven(stream: NoiseSecretStream, limits: HandshakeLimits, clock: Clock): () => void {
  const { remotePublicKey } = stream
  const limit = clock.after(unprovenLimitMs, () => stream.destroy())
  let isProven = false
  const prove = (): void => {
    if (isProven) return
    isProven = true
    limit.dispose()
    limits.prove(remotePublicKey)
  }
  stream.once('close', prove)
  return prove
}
