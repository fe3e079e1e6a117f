import type { Route } from '../shared/service.ts'

/** The four numbers of an IPv4 address in its usual form, or `undefined`. */
function parseIpv4(host: string): readonly [number, number, number, number] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)
  if (match === null) return undefined
  const [a, b, c, d] = match.slice(1).map(Number) as [number, number, number, number]
  return Math.max(a, b, c, d) <= 255 ? [a, b, c, d] : undefined
}

/** Whether an address means this machine itself (RFC 1122). */
export const isLoopback = (host: string): boolean => parseIpv4(host)?.[0] === 127

/** Whether an address is private (RFC 1918) or link-local (RFC 3927). */
export function isPrivate(host: string): boolean {
  const parts = parseIpv4(host)
  if (parts === undefined) return false
  const [a, b] = parts
  return a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254)
}

/** How bytes travel to a peer at this address, when they go there without a relay. */
export function routeTo(host: string): Route {
  if (isLoopback(host)) return 'loopback'
  return isPrivate(host) ? 'lan' : 'direct'
}
