import assert from 'node:assert/strict'
import { PassThrough, Writable } from 'node:stream'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import type { Log } from '../../src/core/ports/log.ts'
import { maxMessageBytes } from '../../src/node/frameGuard.ts'
import { serveService, type ServiceServer } from '../../src/headless/serveService.ts'
import { chatError } from '../../src/shared/chatError.ts'
import type { ServiceNotifications } from '../../src/shared/service.ts'
import { FakeChatService } from '../doubles/fakeChatService.ts'
import { encodeFrame, FrameReader, rawFrame } from './frames.ts'

/** A client in the same process: what it writes is served, what it reads is checked to be frames and nothing else. */
class Client {
  readonly input = new PassThrough()
  readonly output = new PassThrough()
  readonly logged: string[] = []
  readonly server: ServiceServer
  readonly #frames = new FrameReader()
  readonly #messages: unknown[] = []
  readonly #waiting: (() => void)[] = []

  constructor(service: FakeChatService) {
    const entry = (message: string, cause?: unknown): void => void this.logged.push(`${message} ${String(cause)}`)
    const log: Log = { debug: entry, info: entry, warn: entry, error: entry }
    this.output.on('data', (chunk: Buffer) => {
      this.#messages.push(...this.#frames.read(chunk))
      for (const wake of this.#waiting.splice(0)) wake()
    })
    this.server = serveService({ service, input: this.input, output: this.output, log })
  }

  /** The next message; waits for it. */
  async next(): Promise<unknown> {
    while (this.#messages.length === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return this.#messages.shift()
  }

  /** The answer to one request, when nothing else is under way. */
  async ask(method: string, params?: unknown): Promise<unknown> {
    this.input.write(encodeFrame({ jsonrpc: '2.0', id: 1, method, ...(params !== undefined && { params }) }))
    return this.next()
  }

  get hasMessages(): boolean {
    return this.#messages.length > 0
  }
}

const networkDown: ServiceNotifications['network/changed'] = {
  online: false,
  bootstrapped: false,
  reason: 'offline',
  links: [],
  peers: [],
}

test('a request is answered with the result of the service', async () => {
  const service = new FakeChatService({ 'identity/get': () => null, 'draft/get': () => ({ text: 'ünsent' }) })
  const client = new Client(service)
  assert.deepEqual(await client.ask('identity/get', {}), { jsonrpc: '2.0', id: 1, result: null })
  assert.deepEqual(await client.ask('draft/get', { conversation: 'c' }), {
    jsonrpc: '2.0',
    id: 1,
    result: { text: 'ünsent' },
  })
  assert.deepEqual(service.requests[1], { method: 'draft/get', params: { conversation: 'c' } })
})

test('parameters may be left out or null where there are none', async () => {
  const service = new FakeChatService({ 'network/status': () => networkDown })
  const client = new Client(service)
  assert.deepEqual(await client.ask('network/status'), { jsonrpc: '2.0', id: 1, result: networkDown })
  assert.deepEqual(await client.ask('network/status', null), { jsonrpc: '2.0', id: 1, result: networkDown })
  assert.deepEqual(
    service.requests.map(({ params }) => params),
    [{}, {}],
  )
})

test('a refusal carries its code in data.code', async () => {
  const client = new Client(
    new FakeChatService({ 'identity/create': () => Promise.reject(chatError('identity-exists')) }),
  )
  assert.deepEqual(await client.ask('identity/create', { name: 'Ada' }), {
    jsonrpc: '2.0',
    id: 1,
    error: { code: -32000, message: chatError('identity-exists').message, data: { code: 'identity-exists' } },
  })
})

for (const method of ['identity/destroy', 'constructor', '__proto__', 'toString', '']) {
  test(`the unknown method "${method}" is answered with -32601 and unknown-method`, async () => {
    const service = new FakeChatService()
    const client = new Client(service)
    const { message } = chatError('unknown-method')
    const error = { code: -32601, message, data: { code: 'unknown-method' } }
    assert.deepEqual(await client.ask(method, {}), { jsonrpc: '2.0', id: 1, error })
    assert.equal(service.requests.length, 0)
  })
}

test('parameters refused by the service are answered with -32602 and invalid-params', async () => {
  const client = new Client(new FakeChatService({ 'draft/set': () => Promise.reject(chatError('invalid-params')) }))
  assert.deepEqual(await client.ask('draft/set', { text: 1 }), {
    jsonrpc: '2.0',
    id: 1,
    error: { code: -32602, message: chatError('invalid-params').message, data: { code: 'invalid-params' } },
  })
})

for (const params of [[], ['Ada'], 'Ada', 7, true]) {
  test(`parameters that are no object (${JSON.stringify(params)}) never reach the service`, async () => {
    const service = new FakeChatService()
    const client = new Client(service)
    const { message } = chatError('invalid-params', 'parameters go by name')
    const error = { code: -32602, message, data: { code: 'invalid-params' } }
    assert.deepEqual(await client.ask('identity/create', params), { jsonrpc: '2.0', id: 1, error })
    assert.equal(service.requests.length, 0)
  })
}

test('a bug of the service is answered as internal, without its message', async () => {
  const service = new FakeChatService({
    'identity/get': () => {
      throw new Error('planted detail')
    },
  })
  const client = new Client(service)
  const error = { code: -32603, message: chatError('internal').message, data: { code: 'internal' } }
  assert.deepEqual(await client.ask('identity/get'), { jsonrpc: '2.0', id: 1, error })
  assert.match(client.logged.join('\n'), /identity\/get/)
})

for (const [what, value, id] of [
  ['a number', 7, null],
  ['null', null, null],
  ['a batch', [{ jsonrpc: '2.0', id: 1, method: 'identity/get' }], null],
  ['another version', { jsonrpc: '1.0', id: 4, method: 'identity/get' }, 4],
  ['a method that is no string', { jsonrpc: '2.0', id: 'x', method: 7 }, 'x'],
  ['an id that is an object', { jsonrpc: '2.0', id: {}, method: 'identity/get' }, null],
  ['an id that is null', { jsonrpc: '2.0', id: null, method: 'identity/get' }, null],
  ['a response', { jsonrpc: '2.0', id: 9, result: 'hello' }, 9],
] as const) {
  test(`${what} instead of a request is refused with -32600, and serving goes on`, async () => {
    const service = new FakeChatService({ 'identity/get': () => null })
    const client = new Client(service)
    client.input.write(encodeFrame(value))
    assert.deepEqual(await client.next(), {
      jsonrpc: '2.0',
      id,
      error: { code: -32600, message: 'This is not a JSON-RPC 2.0 request.', data: { code: 'invalid-params' } },
    })
    assert.equal(service.requests.length, 0)
    assert.deepEqual(await client.ask('identity/get'), { jsonrpc: '2.0', id: 1, result: null })
  })
}

test('notifications from the client are ignored and never logged with their contents', async () => {
  const service = new FakeChatService({ 'identity/get': () => null })
  const client = new Client(service)
  client.input.write(encodeFrame({ jsonrpc: '2.0', method: '$/cancelRequest' }))
  client.input.write(encodeFrame({ jsonrpc: '2.0', method: 'planted', params: { planted: true } }))
  assert.deepEqual(await client.ask('identity/get'), { jsonrpc: '2.0', id: 1, result: null })
  assert.doesNotMatch(client.logged.join('\n'), /planted/)
})

test('what the service tells goes out as notifications under the same names', async () => {
  const service = new FakeChatService()
  const client = new Client(service)
  service.fire('network/changed', networkDown)
  service.fire('identity/changed', { kind: 'none' })
  assert.deepEqual(await client.next(), { jsonrpc: '2.0', method: 'network/changed', params: networkDown })
  assert.deepEqual(await client.next(), { jsonrpc: '2.0', method: 'identity/changed', params: { kind: 'none' } })
})

test('requests arriving byte by byte, and many in one chunk, are all answered in order', async () => {
  const service = new FakeChatService({ 'draft/get': (params) => ({ text: params.conversation }) })
  const client = new Client(service)
  const frames = Array.from({ length: 600 }, (_, id) =>
    encodeFrame({ jsonrpc: '2.0', id, method: 'draft/get', params: { conversation: `ü${id}` } }),
  )
  client.input.write(Buffer.concat(frames.slice(3)))
  for (const byte of Buffer.concat(frames.slice(0, 3))) client.input.write(Buffer.of(byte))
  const answers: unknown[] = []
  for (let i = 0; i < 600; i++) answers.push(await client.next())
  const answer = (id: number): unknown => ({ jsonrpc: '2.0', id, result: { text: `ü${id}` } })
  const order = [...Array.from({ length: 597 }, (_, i) => i + 3), 0, 1, 2]
  assert.deepEqual(answers, order.map(answer))
})

test('reading stops while too many requests wait for their answer', async () => {
  let release: (() => void) | undefined
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const service = new FakeChatService({ 'identity/get': () => gate.then(() => null) })
  const client = new Client(service)
  const frame = encodeFrame({ jsonrpc: '2.0', id: 1, method: 'identity/get', params: { padding: 'x'.repeat(1000) } })
  const total = 2000
  let written = 0
  while (client.input.write(frame)) written++
  for (written++; written < total; written++) client.input.write(frame)
  while (service.requests.length < 256) await new Promise(setImmediate)
  for (let turn = 0; turn < 1000; turn++) await new Promise(setImmediate)
  // 256 in flight and what one chunk of 64 KiB and the streams' buffers may add.
  assert.ok(service.requests.length < 700, `${service.requests.length} requests were taken`)
  release?.()
  for (let i = 0; i < total; i++) await client.next()
  assert.equal(service.requests.length, total)
})

test('shutdown is answered before serving ends, and the core is not asked', async () => {
  const service = new FakeChatService()
  const client = new Client(service)
  assert.deepEqual(await client.ask('shutdown'), { jsonrpc: '2.0', id: 1, result: null })
  assert.deepEqual(await client.server.ended, { kind: 'shutdown' })
  await client.server.drain()
  client.input.write(encodeFrame({ jsonrpc: '2.0', id: 2, method: 'identity/get' }))
  service.fire('network/changed', networkDown)
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
  assert.equal(service.requests.length, 0)
  assert.equal(client.hasMessages, false)
})

test('when stdin closes, everything asked before is still answered', async () => {
  const service = new FakeChatService({ 'identity/get': () => new Promise((resolve) => setImmediate(resolve, null)) })
  const client = new Client(service)
  const frames = Array.from({ length: 50 }, (_, id) => encodeFrame({ jsonrpc: '2.0', id, method: 'identity/get' }))
  client.input.end(Buffer.concat(frames))
  assert.deepEqual(await client.server.ended, { kind: 'input-closed' })
  await client.server.drain()
  for (let id = 0; id < 50; id++) assert.deepEqual(await client.next(), { jsonrpc: '2.0', id, result: null })
})

const badInput: readonly (readonly [what: string, bytes: Buffer, sentence: RegExp])[] = [
  ['malformed JSON', rawFrame('{"jsonrpc": planted}'), /not JSON/],
  ['JSON nested too deeply to parse', rawFrame('['.repeat(1_000_000)), /not JSON/],
  ['an announced length over the bound', Buffer.from(`Content-Length: ${maxMessageBytes + 1}\r\n\r\n`), /more than/],
  ['an announced length of 15 digits', Buffer.from('Content-Length: 999999999999999\r\n\r\n'), /more than/],
  ['an announced length of 16 digits', Buffer.from('Content-Length: 9999999999999999\r\n\r\n'), /Content-Length/],
  ['a negative length', Buffer.from('Content-Length: -1\r\n\r\n'), /Content-Length/],
  ['an empty body', Buffer.from('Content-Length: 0\r\n\r\n'), /Content-Length/],
  ['no length', Buffer.from('Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n'), /Content-Length/],
  ['two lengths', Buffer.from('Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}'), /Content-Length/],
  [
    'another character set',
    Buffer.from('Content-Length: 2\r\nContent-Type: a/b; charset=latin1\r\n\r\n'),
    /Content-Length/,
  ],
  ['a line of JSON without a header', Buffer.from(`{"planted": "${'x'.repeat(2000)}"}\n`), /Content-Length/],
]
for (const [what, bytes, sentence] of badInput) {
  test(`${what} ends serving with one sentence, and what came before is still answered`, async () => {
    const service = new FakeChatService({ 'identity/get': () => null })
    const client = new Client(service)
    const request = encodeFrame({ jsonrpc: '2.0', id: 1, method: 'identity/get' })
    client.input.write(Buffer.concat([request, bytes]))
    client.input.write(request)
    const end = await client.server.ended
    assert.ok(end.kind === 'bad-input')
    assert.match(end.sentence, sentence)
    await client.server.drain()
    const error = { code: -32700, message: end.sentence, data: { code: 'invalid-params' } }
    const answers = [await client.next(), await client.next()]
    assert.ok(answers.some((answer) => isDeepStrictEqual(answer, { jsonrpc: '2.0', id: 1, result: null })))
    assert.ok(answers.some((answer) => isDeepStrictEqual(answer, { jsonrpc: '2.0', id: null, error })))
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    assert.equal(client.hasMessages, false)
    assert.equal(service.requests.length, 1)
    assert.doesNotMatch(`${client.logged.join()} ${end.sentence}`, /planted/)
  })
}

test('after bad input a flood is left unread, not collected', async () => {
  const client = new Client(new FakeChatService())
  client.input.write('Content-Length: 99999999999\r\n\r\n')
  await client.server.ended
  const chunk = Buffer.alloc(64 * 1024, 'x')
  let chunks = 0
  while (client.input.write(chunk) && chunks < 64) {
    chunks++
    await new Promise(setImmediate)
  }
  assert.ok(chunks < 8, `${chunks} chunks were taken`)
})

test('serving ends when nobody reads the answers any more', async () => {
  const service = new FakeChatService({ 'identity/get': () => null })
  const input = new PassThrough()
  const output = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) })
  const quiet = (): void => undefined
  const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const server = serveService({ service, input, output, log })
  input.write(encodeFrame({ jsonrpc: '2.0', id: 1, method: 'identity/get' }))
  assert.deepEqual(await server.ended, { kind: 'output-closed' })
  await server.drain()
})
