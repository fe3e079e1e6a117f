import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { ChatError } from '../../../src/shared/chatError.ts'
import type { ServiceMethod } from '../../../src/shared/service.ts'
import { isServiceMethod, parseParams } from '../../../src/core/service/params.ts'

const hex = (digits: number): string => 'ab'.repeat(digits / 2)
const text = { kind: 'text', text: 'hello' }

/** Every request, with parameters that are right. */
const right: Record<ServiceMethod, Readonly<Record<string, unknown>>> = {
  'identity/state': {},
  'identity/get': {},
  'identity/create': { name: 'Ann' },
  'identity/phrase': {},
  'identity/confirmPhrase': { phrase: 'words' },
  'identity/recover': { phrase: 'words' },
  'identity/restore': { phrase: 'words', name: 'Ann' },
  'identity/rename': { name: 'Ann' },
  'invite/create': { kind: 'contact', expiresInMs: 60_000, autoAccept: true },
  'invite/list': {},
  'invite/link': { invite: hex(32) },
  'invite/revoke': { invite: hex(32) },
  'invite/confirm': { invite: hex(32), accept: false },
  'invite/inspect': { link: 'link' },
  'invite/accept': { link: 'link' },
  'invite/abandon': { join: hex(32) },
  'conversation/list': {},
  'conversation/history': { conversation: hex(64), before: hex(76), limit: 50 },
  'conversation/read': { conversation: hex(64), upTo: hex(76) },
  'conversation/atTime': { conversation: hex(64), time: 5 },
  'search/messages': { query: 'words', conversation: hex(64), limit: 50, before: '1.2.3', complete: true },
  'conversation/export': { conversation: hex(64), format: 'json', path: '/tmp/out.json' },
  'backup/create': { path: '/tmp/all.tincan', passphrase: 'long enough' },
  'backup/inspect': { path: '/tmp/all.tincan' },
  'backup/restore': { path: '/tmp/all.tincan', phrase: 'words', passphrase: 'long enough' },
  'identity/erase': { name: 'Ann' },
  'draft/get': { conversation: hex(64), thread: hex(76) },
  'draft/set': { conversation: hex(64), text: 'half a', thread: hex(76) },
  'message/get': { conversation: hex(64), message: hex(76) },
  'message/send': { conversation: hex(64), body: text },
  'message/edit': { conversation: hex(64), message: hex(76), text: 'better', mentions: [hex(64)] },
  'message/edits': { conversation: hex(64), message: hex(76) },
  'message/erase': { conversation: hex(64), message: hex(76) },
  'message/hide': { conversation: hex(64), messages: [hex(76)] },
  'message/react': { conversation: hex(64), message: hex(76), emoji: '👍', on: true },
  'message/thread': { conversation: hex(64), message: hex(76), before: hex(76), limit: 50 },
  'conversation/unread': { conversation: hex(64), from: hex(76) },
  'conversation/self': {},
  'conversation/delete': { conversation: hex(64) },
  'conversation/lifetime': { conversation: hex(64), lifetimeMs: 60_000 },
  'patch/result': { conversation: hex(64), patch: hex(76), outcome: 'partly-applied', hunks: { applied: 1, of: 2 } },
  'trial/get': { conversation: hex(64), patch: hex(76) },
  'trial/set': {
    conversation: hex(64),
    patch: hex(76),
    trial: { files: [[{ kind: 'applied', line: 1 }]], isDone: true },
  },
  'file/begin': { size: 5 },
  'file/forward': { conversation: hex(64), message: hex(76), to: hex(64), token: hex(32) },
  'file/append': { upload: hex(32), data: 'AAAA' },
  'file/send': {
    conversation: hex(64),
    path: '/tmp/kettle.png',
    name: 'kettle.png',
    mediaType: 'image/png',
    picture: { width: 640, height: 480 },
    token: hex(32),
    replyTo: hex(76),
    thread: hex(76),
  },
  'file/abandon': { token: hex(32) },
  'file/state': { conversation: hex(64), message: hex(76) },
  'file/download': { conversation: hex(64), message: hex(76) },
  'file/pause': { conversation: hex(64), message: hex(76) },
  'file/cancel': { conversation: hex(64), message: hex(76) },
  'file/save': { conversation: hex(64), message: hex(76), path: '/tmp/kettle.png', replace: true },
  'file/read': { conversation: hex(64), message: hex(76), at: 0, length: 5 },
  'file/automatic': { bytes: 5 },
  'room/create': { title: 'Team', topic: 'What we do', whoInvites: 'admins' },
  'room/invite': {
    conversation: hex(64),
    person: hex(64),
    role: 'member',
    history: 'from-now',
    expiresInMs: 60_000,
  },
  'room/members': { conversation: hex(64) },
  'room/setRole': { conversation: hex(64), person: hex(64), role: 'admin' },
  'room/remove': { conversation: hex(64), person: hex(64) },
  'room/leave': { conversation: hex(64) },
  'room/dissolve': { conversation: hex(64) },
  'room/set': {
    conversation: hex(64),
    title: 'Team',
    topic: 'What we do',
    whoInvites: 'everybody',
    pin: hex(76),
    unpin: hex(76),
  },
  'room/offers': {},
  'room/answer': { offer: hex(32), accept: true },
  'conversation/notify': { conversation: hex(64), level: 'mentions', mutedUntil: 5 },
  'contact/ask': { person: hex(64) },
  'contact/introduce': { person: hex(64), to: hex(64) },
  'contact/requests': {},
  'contact/answer': { request: hex(32), accept: false },
  'contact/rename': { person: hex(64), name: 'Cleo from work' },
  'contact/delete': { person: hex(64) },
  'contact/block': { person: hex(64), blocked: true },
  'safety/number': { person: hex(64) },
  'safety/verify': { person: hex(64), verified: true },
  'safety/scan': { person: hex(64), code: 'TINCAN:1:00:00' },
  'safety/compare': { person: hex(64) },
  'safety/judge': { person: hex(64), verdict: 'same' },
  'safety/comparison': { person: hex(64) },
  'store/state': {},
  'store/retry': {},
  'store/noted': {},
  'network/status': {},
  'network/retry': {},
  'privacy/get': {},
  'privacy/set': { readReceipts: false, typing: true, lastSeen: false },
  'conversation/typing': { conversation: hex(64), typing: true },
  'scan/text': { text: 'password', name: '.env' },
  shutdown: {},
}
const methods = Object.keys(right) as ServiceMethod[]
const optional: Partial<Record<ServiceMethod, readonly string[]>> = {
  'contact/rename': ['name'],
  'identity/confirmPhrase': ['phrase'],
  'invite/create': ['expiresInMs', 'autoAccept'],
  'conversation/history': ['before'],
  'search/messages': ['conversation', 'before', 'complete'],
  'message/edit': ['mentions'],
  'draft/get': ['thread'],
  'draft/set': ['thread'],
  'message/thread': ['before'],
  'backup/create': ['passphrase'],
  'backup/restore': ['phrase', 'passphrase'],
  'room/create': ['topic', 'whoInvites'],
  'room/invite': ['person', 'role', 'history', 'expiresInMs'],
  'room/set': ['title', 'topic', 'whoInvites', 'pin', 'unpin'],
  'conversation/notify': ['level', 'mutedUntil'],
  'privacy/set': ['readReceipts', 'typing', 'lastSeen'],
  'scan/text': ['name'],
  'patch/result': ['hunks'],
  'file/forward': ['token'],
  'file/send': ['name', 'mediaType', 'picture', 'token', 'replyTo', 'thread'],
  'file/save': ['replace'],
  'file/automatic': ['bytes'],
}

const isRead = (field: string): boolean =>
  ['text', 'phrase', 'join', 'topic', 'offer', 'request', 'query', 'code'].includes(field)

/** Whether a value has the field: by chance it may have all that is asked for, and be right. */
const isIn = (field: string, value: unknown): boolean => typeof value === 'object' && value !== null && field in value

/** The code of the refusal, or `undefined` if the parameters pass. */
function refusal(method: ServiceMethod, params: unknown): string | undefined {
  try {
    parseParams(method, params)
    return undefined
  } catch (error) {
    assert.ok(error instanceof ChatError, String(error))
    return error.code
  }
}

for (const method of methods) {
  const fields = Object.keys(right[method])
  const required = fields.filter((field) => optional[method]?.includes(field) !== true)

  test(`${method} takes parameters that are right, and nothing beside them`, () => {
    assert.equal(isServiceMethod(method), true)
    const extra = JSON.parse(`{"__proto__": {"admin": true}, "constructor": 1, "more": 2}`) as object
    assert.deepEqual(parseParams(method, { ...right[method], ...extra }), right[method])
    for (const field of optional[method] ?? []) {
      const { [field]: left, ...rest } = right[method]
      assert.notEqual(left, undefined)
      assert.deepEqual(parseParams(method, rest), rest)
    }
  })

  test(`${method} refuses whatever else it is given`, () => {
    for (const params of [[], 'text', 5, true, () => undefined]) assert.equal(refusal(method, params), 'invalid-params')
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true }), (params) => {
        const code = refusal(method, params)
        assert.ok(code === undefined || code === 'invalid-params')
        if (!required.every((field) => isIn(field, params))) assert.equal(code, 'invalid-params')
      }),
    )
  })

  for (const field of fields)
    test(`${method} refuses a wrong ${field}`, () => {
      const wrong = (value: unknown): string | undefined => refusal(method, { ...right[method], [field]: value })
      if (optional[method]?.includes(field) !== true) assert.equal(wrong(undefined), 'invalid-params')
      for (const value of [
        {},
        [],
        1.5,
        -1,
        Number.NaN,
        Infinity,
        '',
        '\ud800',
        { __proto__: right },
        Symbol('s'),
        10n,
      ]) {
        // Any text may be pasted as a link, and a blank one be a draft: they are judged by whoever reads them.
        const isBlank = isRead(field) && value === '' && method !== 'message/edit'
        const isText = typeof value === 'string' && (field === 'link' || isBlank)
        // Mentioning nobody is the same as mentioning not at all.
        if (field === 'mentions' && Array.isArray(value)) continue
        assert.equal(wrong(value), isText ? undefined : 'invalid-params', inspect(value))
      }
      const code = method === 'message/edit' && field === 'text' ? 'message-too-long' : 'invalid-params'
      // A piece of a file is longer than any text.
      const isPiece = method === 'file/append' && field === 'data'
      for (const long of [...(isPiece ? [] : ['x'.repeat(70_000)]), 'f'.repeat(1_000_000)])
        assert.equal(wrong(long), field === 'link' || (method === 'scan/text' && field === 'text') ? undefined : code)
      if (typeof right[method][field] !== 'string') assert.equal(wrong('text'), 'invalid-params')
    })
}

test('ids are taken in their one form only', () => {
  for (const conversation of [hex(64).toUpperCase(), hex(62), `${hex(62)}zz`, `${hex(64)}\n`, `\u0000${hex(62)}`])
    assert.equal(refusal('draft/get', { conversation }), 'invalid-params')
})

test('a text of one Mi characters is scanned, and no longer one', () => {
  assert.equal(refusal('scan/text', { text: 'x'.repeat(1024 * 1024) }), undefined)
  assert.equal(refusal('scan/text', { text: 'x'.repeat(1024 * 1024 + 1) }), 'invalid-params')
})

test('bounds of numbers hold at their edges', () => {
  const history = (limit: unknown): string | undefined =>
    refusal('conversation/history', { conversation: hex(64), limit })
  assert.deepEqual([0, 1, 200, 201].map(history), ['invalid-params', undefined, undefined, 'invalid-params'])
  const day = 24 * 60 * 60 * 1000
  const invite = (expiresInMs: unknown): string | undefined =>
    refusal('invite/create', { kind: 'contact', expiresInMs })
  assert.deepEqual([999, 1_000, 30 * day, 30 * day + 1].map(invite), [
    'invalid-params',
    undefined,
    undefined,
    'invalid-params',
  ])
})

test('a message that is too long has a code of its own', () => {
  const body = { kind: 'text', text: 'x'.repeat(16 * 1024 + 1) }
  assert.equal(refusal('message/send', { conversation: hex(64), body }), 'message-too-long')
})

test('names of what every object has are no requests', () => {
  for (const name of ['toString', '__proto__', 'constructor', 'hasOwnProperty', '', 'identity', 'identity/get '])
    assert.equal(isServiceMethod(name), false)
})

test('history is asked for on one side of a message, not on both', () => {
  const history = (sides: object): string | undefined =>
    refusal('conversation/history', { conversation: hex(64), limit: 5, ...sides })
  assert.equal(history({ after: hex(76) }), undefined)
  assert.equal(history({ after: hex(76), before: null }), undefined)
  assert.equal(history({ after: hex(76), before: hex(76) }), 'invalid-params')
  assert.equal(history({ after: 'first' }), 'invalid-params')
})
