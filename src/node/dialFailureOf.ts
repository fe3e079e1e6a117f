import type { DialFailure } from '../core/ports/transport.ts'

/**
 * What an error of HyperDHT means to somebody who dials. A peer turns strangers away by silence, which looks the same
 * as one that has gone without saying so: both are `not-found`.
 */
export function dialFailureOf(error: unknown): DialFailure {
  switch (errorCode(error)) {
    case 'PEER_NOT_FOUND':
    case 'PEER_CONNECTION_FAILED':
      return 'not-found'
    case 'SUSPENDED':
    case 'IO_SUSPENDED':
    case 'NODE_DESTROYED':
    case 'REQUEST_DESTROYED':
      return 'aborted'
    case 'SERVER_ERROR':
    case 'SERVER_INCOMPATIBLE':
    case 'HANDSHAKE_INVALID':
    case 'ECONNRESET':
      return 'refused'
    default:
      return 'unreachable'
  }
}

const errorCode = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)
