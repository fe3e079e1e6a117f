/**
 * Plays the editor for `activation.test.ts`, in a process of its own: activates the bundle that is its first argument
 * with its data in the second, and prints what was done until `activate` returned, and what is loaded once the chat starts.
 * Every API of the editor is a stub that can be read, called and constructed.
 */
import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { basename } from 'node:path'

/** What a process did until `activate` returned. */
export interface ActivationAccount {
  /** Native add-ons that were loaded. */
  readonly addons: readonly string[]
  /** What was called of the parts of Node that open sockets, start processes, hash and encrypt. */
  readonly calls: readonly string[]
  /** What keeps the event loop busy since. */
  readonly resources: readonly string[]
  /** The add-ons once the chat started; none if it never did. */
  readonly addonsLater: readonly string[]
}

type Loader = typeof Module & { _load: (name: string, ...rest: unknown[]) => unknown }

/** Far more than it takes: what is waited for is the event. */
const timeToStartMs = 60_000
const watched = {
  dgram: ['createSocket'],
  net: ['connect', 'createConnection', 'createServer'],
  dns: ['lookup'],
  child_process: ['spawn', 'fork', 'exec', 'execFile'],
  crypto: ['createHash', 'createHmac', 'createCipheriv', 'pbkdf2', 'pbkdf2Sync', 'generateKeyPairSync', 'sign'],
} as const

const [bundle = '', data = ''] = process.argv.slice(2)
const require = createRequire(import.meta.url)
const calls: string[] = []
const addons: string[] = []

function stub(): object {
  // A function with a prototype, so that it can be called, constructed and extended.
  const target = function (): void {
    return undefined
  }
  return new Proxy(target, {
    get: (_, key) => {
      if (key === Symbol.toPrimitive) return () => 'stub'
      if (key === 'then' || key === Symbol.iterator) return undefined
      return key === 'prototype' ? (target.prototype as unknown) : stub()
    },
    set: () => true,
    apply: () => stub(),
    construct: () => stub(),
  })
}

/** The bundle takes the names that it uses, and no others. */
function stubEditor(): object {
  const names = readFileSync(bundle, 'utf8').matchAll(/\bvscode\d*\.([A-Za-z][A-Za-z0-9]*)/g)
  return Object.fromEntries([...names].map(([, name = '']) => [name, stub()]))
}

for (const [name, methods] of Object.entries(watched)) {
  const part = require(`node:${name}`) as Record<string, (...args: unknown[]) => unknown>
  for (const method of methods) {
    const real = part[method]
    part[method] = function (this: unknown, ...args: unknown[]) {
      calls.push(`${name}.${method}`)
      return real?.apply(this, args)
    }
  }
}
const load = (Module as Loader)._load
;(Module as Loader)._load = (name, ...rest) => (name === 'vscode' ? stubEditor() : load(name, ...rest))
let onAddon: () => unknown = () => undefined
const dlopen = process.dlopen.bind(process)
process.dlopen = (module: object, file: string, flags?: number) => {
  addons.push(basename(file))
  if (flags === undefined) dlopen(module, file)
  else dlopen(module, file, flags)
  onAddon()
}

const { activate } = require(bundle) as { activate: (context: unknown) => void }
const folder = { fsPath: data }
const given: Record<string | symbol, unknown> = { subscriptions: [], globalStorageUri: folder, extensionUri: folder }
const busyBefore = process.getActiveResourcesInfo()
activate(new Proxy(given, { get: (target, key) => target[key] ?? stub() }))
const resources = process.getActiveResourcesInfo().filter((name) => name !== 'Immediate' && !busyBefore.includes(name))
const until = { addons: [...addons], calls: [...calls], resources }
const report = (): void => {
  console.log(JSON.stringify({ ...until, addonsLater: addons } satisfies ActivationAccount))
  process.exit(0)
}
setTimeout(report, timeToStartMs)
onAddon = () => setImmediate(report)
