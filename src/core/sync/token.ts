import { keyedHash } from '../crypto/primitives.ts'
import type { Connection } from '../ports/transport.ts'

/**
 * How a member names a conversation on one connection: 32 bytes that only members can compute, that differ on every
 * connection and in each direction, and that are therefore useless to replay or to reflect.
 */
export function conversationToken(syncSecret: Uint8Array, connection: Connection, byInitiator: boolean): Uint8Array {
  const role = new Uint8Array([byInitiator ? 0 : 1])
  return keyedHash(syncSecret, 'tincan conversation token', connection.handshakeHash, role)
}
