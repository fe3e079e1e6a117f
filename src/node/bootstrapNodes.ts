import { isLoopback, isPrivate } from './ipv4.ts'

export interface BootstrapNode {
  /** An IPv4 address or a name. */
  readonly host: string
  readonly port: number
}

/**
 * The nodes to bootstrap from: the configured ones; where there are none, `undefined` for HyperDHT's public ones.
 * With `lanOnly` only nodes at addresses of the local network or of this machine are left, and never the public ones.
 */
export function bootstrapNodes(
  configured: readonly BootstrapNode[] | undefined,
  lanOnly: boolean,
): readonly BootstrapNode[] | undefined {
  if (!lanOnly) return configured
  return (configured ?? []).filter(({ host }) => isPrivate(host) || isLoopback(host))
}
