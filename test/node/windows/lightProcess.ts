/** One window that loads its parts when the editor does, and tells on demand what it has loaded and holds. */
import { registerHooks } from 'node:module'
import { createInterface } from 'node:readline'
import type { Membership } from '../../../src/node/windows/joinProfile.ts'

/** What a window says of itself. */
export interface WindowAccount {
  readonly kind: Membership['kind'] | undefined
  /** The modules that joining loaded, by their addresses, and the native add-ons. */
  readonly modules: readonly string[]
  readonly addons: readonly string[]
  /** Bytes that it holds more than before it joined, after everything unused was given back. */
  readonly grownBytes: number
}

const [directory = '', key = ''] = process.argv.slice(2)
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const modules: string[] = []
const addons: string[] = []
registerHooks({
  load(url, context, next) {
    modules.push(url)
    return next(url, context)
  },
})
const dlopen = process.dlopen.bind(process)
process.dlopen = (module: object, file: string, flags?: number) => {
  addons.push(file)
  if (flags === undefined) dlopen(module, file)
  else dlopen(module, file, flags)
}

function heldBytes(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const silence = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
/** Forgotten after each use: what is found in memory is not from here. */
const secrets = {
  get: () => Promise.resolve(new Uint8Array(Buffer.from(key, 'hex'))),
  set: () => Promise.resolve(undefined),
  forget: () => Promise.resolve(undefined),
}
// In the editor something always waits.
setInterval(() => undefined, 60_000)
const before = heldBytes()
const { createJoinChat } = await import('../../../src/host/life/joinChat.ts')
const settings = {
  bootstrap: [{ host: '127.0.0.1', port: 1 }],
  lanOnly: true,
  shareLanAddresses: true,
  localDiscovery: false,
  relay: '',
  offersRelay: false,
  bindHost: '127.0.0.1',
}
const join = createJoinChat({ directory, secrets, settings: () => settings, log: silence })
const membership = await join(new AbortController().signal, () => undefined)
say(`${membership.kind} ${process.pid}`)

createInterface(process.stdin).on('line', (line) => {
  if (line === 'name') void membership.chat.request('identity/get', {}).then((own) => say(`name ${own?.name ?? ''}`))
  else if (line === 'account') {
    const { kind } = membership
    say(
      `account ${JSON.stringify({ kind, modules, addons, grownBytes: heldBytes() - before } satisfies WindowAccount)}`,
    )
  }
})
