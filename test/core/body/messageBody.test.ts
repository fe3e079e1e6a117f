import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { decodeBody, encodeBody } from '../../../src/core/body/messageBody.ts'
import { parseSendBody } from '../../../src/core/body/parseSendBody.ts'
import { fromHex, toHex } from '../../../src/core/codec/bytes.ts'
import { Writer } from '../../../src/core/codec/codec.ts'
import { maxTextBytes, type SendBody, type SnippetBody } from '../../../src/shared/service.ts'
import { bitFlips, extended, truncations, withHostileBytes } from '../codec/hostileBytes.ts'
import { sendBody } from './sendBody.ts'

const newer = { kind: 'unreadable', why: 'newer' }
const damaged = { kind: 'unreadable', why: 'damaged' }
const hex = (text: string): Uint8Array => fromHex(text) as Uint8Array

const fullSnippet: SnippetBody = {
  kind: 'snippet',
  language: 'ts',
  text: 'x',
  path: 'a/b',
  lines: { first: 1, last: 2 },
  git: { remote: 'https://h/r', commit: 'abcdef0' },
}

test('the bytes of a body never change for version 1', () => {
  const vectors: [SendBody, string][] = [
    [{ kind: 'text', text: 'hé' }, '01010368c3a9'],
    [{ kind: 'snippet', language: 'c', text: 'x' }, '01020163017800000000'],
    [fullSnippet, '010202747301780103612f62010102010b68747470733a2f2f682f72010761626364656630'],
  ]
  for (const [body, bytes] of vectors) {
    assert.equal(toHex(encodeBody(body)), bytes)
    assert.deepEqual(decodeBody(hex(bytes)), body)
  }
})

test('every body that may be sent comes back as it was', () => {
  fc.assert(fc.property(sendBody, (body) => assert.deepEqual(decodeBody(encodeBody(body)), body)))
})

test('a git origin that says nothing is the same as none', () => {
  assert.deepEqual(decodeBody(encodeBody({ kind: 'snippet', language: 'c', text: 'x', git: {} })), {
    kind: 'snippet',
    language: 'c',
    text: 'x',
  })
})

test('the longest text fits, one byte more is damaged', () => {
  const text = 'é'.repeat(maxTextBytes / 2)
  assert.deepEqual(decodeBody(encodeBody({ kind: 'text', text })), { kind: 'text', text })
  assert.deepEqual(decodeBody(encodeBody({ kind: 'text', text: `${text}a` })), damaged)
})

test('a later version or an unknown kind needs a newer Tincan, whatever follows', () => {
  for (const bytes of ['0201', '02010368c3a9', 'ff03ffff', '0104', '01ff010203'])
    assert.deepEqual(decodeBody(hex(bytes)), newer, bytes)
})

test('nothing, a version alone and the numbers that are never used are damaged', () => {
  for (const bytes of ['', '01', '02', '0001', '00ff', '0100', '0200'])
    assert.deepEqual(decodeBody(hex(bytes)), damaged)
})

test('truncated bytes and left-over bytes are damaged', () => {
  for (const body of [fullSnippet, { kind: 'text', text: 'hello' } as const])
    for (const bytes of [...truncations(encodeBody(body)), extended(encodeBody(body))])
      assert.deepEqual(decodeBody(bytes), damaged)
})

test('what could not be sent is not taken from others either', () => {
  const snippet = (fields: Partial<Record<'language' | 'text' | 'path' | 'remote' | 'commit', string>>): Uint8Array => {
    const writer = new Writer().uint8(1).uint8(2)
    writer.string(fields.language ?? 'c').string(fields.text ?? 'x')
    writer.optional(fields.path, (path) => writer.string(path)).boolean(false)
    writer.optional(fields.remote, (remote) => writer.string(remote))
    return writer.optional(fields.commit, (commit) => writer.string(commit)).finish()
  }
  assert.equal((decodeBody(snippet({ path: 'a' })) as SnippetBody).path, 'a')
  const refused = [
    snippet({ text: ' \n' }),
    snippet({ language: 'a b' }),
    snippet({ path: '../secret' }),
    snippet({ path: '/etc/passwd' }),
    snippet({ remote: 'https://token@host/r' }),
    snippet({ remote: 'command:run' }),
    snippet({ commit: 'master!' }),
    encodeBody({ kind: 'text', text: '' }),
    encodeBody({ ...fullSnippet, lines: { first: 2, last: 1 } }),
    encodeBody({ ...fullSnippet, lines: { first: 0, last: 1 } }),
    encodeBody({ ...fullSnippet, lines: { first: 1, last: 10_000_001 } }),
  ]
  for (const bytes of refused) assert.deepEqual(decodeBody(bytes), damaged)
})

test('any bytes are unreadable or the one encoding of a body that could be sent', () => {
  let readable = 0
  for (const body of [fullSnippet, { kind: 'text', text: 'hello' } as const]) {
    withHostileBytes(encodeBody(body), (bytes) => {
      const decoded = decodeBody(bytes)
      if (decoded.kind === 'unreadable') return
      readable++
      assert.deepEqual(encodeBody(decoded), bytes)
      assert.deepEqual(parseSendBody(decoded), decoded)
    })
  }
  assert.ok(readable > 10, 'some of them did decode')
})

test('a flipped bit never turns a body into the same body', () => {
  for (const bytes of bitFlips(encodeBody(fullSnippet))) assert.notDeepEqual(decodeBody(bytes), fullSnippet)
})
