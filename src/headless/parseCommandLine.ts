import { parseArgs } from 'node:util'

/** What the process was asked to do. */
export type CommandLine =
  | { readonly kind: 'serve'; readonly options: HeadlessOptions }
  | { readonly kind: 'help' }
  /** One sentence on what is wrong; it quotes no secret. */
  | { readonly kind: 'refused'; readonly sentence: string }

export interface HeadlessOptions {
  /** The directory that holds, or will hold, the identity and the messages. */
  readonly data: string
  /** Instead of the public DHT's; `undefined` leaves the choice to the network. */
  readonly bootstrap?: readonly BootstrapNode[]
  /** Talk to the local network only. */
  readonly lan: boolean
  /** The address to bind to; `127.0.0.1` for tests on one machine. */
  readonly host?: string
  /** Ask the local network for contacts, and answer. */
  readonly discover: boolean
  /** Relay for those who have the relay key. */
  readonly relay: boolean
  /** The key of the relay to go through where there is no other path. */
  readonly relayThrough?: Uint8Array
  /** The 32-byte key that wraps the data key. */
  readonly wrappingKey: Uint8Array
}

export interface BootstrapNode {
  readonly host: string
  readonly port: number
}

export const helpText = `Usage: node headless.mjs --data DIR [--bootstrap HOST:PORT,…] [--lan] [--host ADDRESS]
       [--discover] [--relay] [--relay-through KEY]

Serves Tincan as JSON-RPC 2.0 with Content-Length framing on stdin and stdout; logs go to stderr.

  --data DIR             where the identity and the messages are kept
  --bootstrap HOST:PORT  DHT nodes to start from, separated by commas, instead of the public ones
  --lan                  local network only
  --host ADDRESS         IPv4 address to bind to
  --discover             ask the local network for contacts, and answer
  --relay                relay for those who have the key that is printed; runs until it is ended
  --relay-through KEY    the relay to go through where there is no other path: 64 hexadecimal digits
  --help                 print this on stderr and exit

Environment: TINCAN_KEY, 64 hexadecimal digits, wraps the keys in DIR. Keep it apart from DIR.
`

/** Reads the arguments after the script's name and the environment. */
export function parseCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CommandLine {
  const values = parseOptions(args)
  if (typeof values === 'string') return { kind: 'refused', sentence: values }
  if (values.help === true) return { kind: 'help' }
  if (values.data === undefined || values.data === '') return refused('Say where the data is kept: --data DIR.')

  const bootstrap = values.bootstrap === undefined ? undefined : parseBootstrap(values.bootstrap)
  if (bootstrap === null) return refused('--bootstrap takes HOST:PORT, several separated by commas.')
  if (values.host !== undefined && !isIpv4(values.host)) return refused('--host takes an IPv4 address.')

  const relayThrough = values['relay-through'] === undefined ? undefined : parseKey(values['relay-through'])
  if (values['relay-through'] !== undefined && relayThrough === undefined)
    return refused('--relay-through takes the key of a relay: 64 hexadecimal digits.')

  const wrappingKey = parseKey(environment['TINCAN_KEY'])
  if (wrappingKey === undefined)
    return refused('The environment variable TINCAN_KEY must hold a key of 64 hexadecimal digits.')
  return {
    kind: 'serve',
    options: {
      data: values.data,
      lan: values.lan === true,
      discover: values.discover === true,
      relay: values.relay === true,
      ...(relayThrough !== undefined && { relayThrough }),
      wrappingKey,
      ...(bootstrap !== undefined && { bootstrap }),
      ...(values.host !== undefined && { host: values.host }),
    },
  }
}

function refused(sentence: string): CommandLine {
  return { kind: 'refused', sentence }
}

interface OptionValues {
  readonly data?: string
  readonly bootstrap?: string
  readonly host?: string
  readonly lan?: boolean
  readonly discover?: boolean
  readonly relay?: boolean
  readonly 'relay-through'?: string
  readonly help?: boolean
}

function parseOptions(args: readonly string[]): OptionValues | string {
  try {
    const { values, tokens } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        bootstrap: { type: 'string' },
        host: { type: 'string' },
        lan: { type: 'boolean' },
        discover: { type: 'boolean' },
        relay: { type: 'boolean' },
        'relay-through': { type: 'string' },
        help: { type: 'boolean' },
      },
      tokens: true,
    })
    const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []))
    const repeated = names.find((name, index) => names.indexOf(name) !== index)
    return repeated === undefined ? values : `The option --${repeated} is given twice.`
  } catch (error) {
    // Node's first sentence names the option; the rest is advice for positional arguments, which there are none of.
    return error instanceof Error ? `${error.message.split(/[.\n]/, 1).join('')}.` : 'The options cannot be read.'
  }
}

const hostPattern = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/

/** `null` when any part is not HOST:PORT. */
function parseBootstrap(list: string): BootstrapNode[] | null {
  const nodes: BootstrapNode[] = []
  for (const item of list.split(',')) {
    const [host = '', digits = '', ...rest] = item.split(':')
    const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0
    if (!hostPattern.test(host) || port < 1 || port > 65535 || rest.length > 0) return null
    nodes.push({ host, port })
  }
  return nodes
}

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

function parseKey(text: string | undefined): Uint8Array | undefined {
  if (text === undefined || !/^[0-9a-fA-F]{64}$/.test(text)) return undefined
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}
