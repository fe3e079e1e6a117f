/** What the user set about the network, checked. */
export interface NetworkSettings {
  /** The DHT's first nodes; empty: HyperDHT's public ones. */
  readonly bootstrap: readonly { readonly host: string; readonly port: number }[]
  readonly lanOnly: boolean
  readonly shareLanAddresses: boolean
  readonly localDiscovery: boolean
  /** The key of the relay to go through, 64 lower-case hexadecimal digits; empty: none. */
  readonly relay: string
  readonly offersRelay: boolean
  /** The local address to bind to; empty: all. */
  readonly bindHost: string
}

const maxBootstrapNodes = 32

/** Reads untrusted settings field by field; `rejected` names those that were ignored. */
export function parseNetworkSettings(get: (key: string) => unknown): {
  readonly settings: NetworkSettings
  readonly rejected: readonly string[]
} {
  const rejected: string[] = []
  const read = <T>(key: string, fallback: T, parse: (value: unknown) => T | undefined): T => {
    const value = get(key)
    if (value === undefined || value === null) return fallback
    const parsed = parse(value)
    if (parsed === undefined) rejected.push(key)
    return parsed ?? fallback
  }
  const settings: NetworkSettings = {
    bootstrap: read('bootstrap', [], parseBootstrap),
    lanOnly: read('lanOnly', false, parseBoolean),
    shareLanAddresses: read('shareLanAddresses', true, parseBoolean),
    localDiscovery: read('localDiscovery', false, parseBoolean),
    relay: read('relay', '', parseRelay),
    offersRelay: read('offerRelay', false, parseBoolean),
    bindHost: read('bindHost', '', parseHost),
  }
  return { settings, rejected }
}

const parseBoolean = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)

const parseRelay = (value: unknown): string | undefined =>
  typeof value === 'string' && /^([0-9a-f]{64})?$/i.test(value.trim()) ? value.trim().toLowerCase() : undefined

const parseHost = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9A-Za-z.:-]{0,253}$/.test(value.trim()) ? value.trim() : undefined

function parseBootstrap(value: unknown): NetworkSettings['bootstrap'] | undefined {
  if (!Array.isArray(value) || value.length > maxBootstrapNodes) return undefined
  const nodes = value.map(parseHostPort).filter((node) => node !== undefined)
  return nodes.length === value.length ? nodes : undefined
}

function parseHostPort(value: unknown): { host: string; port: number } | undefined {
  const match = typeof value === 'string' ? /^([0-9A-Za-z.-]{1,253}):(\d{1,5})$/.exec(value.trim()) : null
  const [, host, digits] = match ?? []
  const port = Number(digits)
  return host !== undefined && port > 0 && port < 65_536 ? { host, port } : undefined
}
