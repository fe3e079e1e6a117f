import { isIPv4 } from 'node:net'

/** An IPv4 address and a port, as `host:port`; `undefined` for anything else. */
export function parseAddress(text: string): { readonly host: string; readonly port: number } | undefined {
  const [host = '', digits = '', ...rest] = text.split(':')
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0
  return rest.length === 0 && isIPv4(host) && port > 0 && port < 65_536 ? { host, port } : undefined
}
