import { networkInterfaces } from 'node:os'
import type { TransportStatus } from '../core/ports/transport.ts'

/** What is known about the node and its network. */
export interface NetworkFacts {
  readonly state: 'new' | 'running' | 'suspended' | 'disposed'
  /** An interface that leads off this machine is up, or the node keeps to this machine. */
  readonly isInterfaceUp: boolean
  /** The sockets are open. */
  readonly isBound: boolean
  /** The first query over the DHT is over. */
  readonly hasQueried: boolean
  /** Anybody answered a datagram since the node runs. */
  readonly wasAnswered: boolean
  /** Nodes of the DHT answer at present. */
  readonly isAnswered: boolean
}

/** What these facts mean to the user, in the order in which one hides the next. */
export function networkCondition(facts: NetworkFacts): TransportStatus {
  const { state, isInterfaceUp, isBound, hasQueried, wasAnswered, isAnswered } = facts
  const off = { online: false, bootstrapped: false } as const
  if (state === 'new') return { ...off, reason: 'starting' }
  if (state !== 'running') return { ...off, reason: 'suspended' }
  if (!isInterfaceUp) return { ...off, reason: 'offline' }
  if (!isBound) return { ...off, reason: 'udp-blocked' }
  if (isAnswered && hasQueried) return { online: true, bootstrapped: true }
  const on = { online: true, bootstrapped: false } as const
  if (!hasQueried) return { ...on, reason: 'starting' }
  return { ...on, reason: wasAnswered ? 'dht-unreachable' : 'udp-blocked' }
}

/** Whether an interface that leads off this machine is up. */
export const isInterfaceUp = (): boolean =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal) === true)
