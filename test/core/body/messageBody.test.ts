import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { decodeBody, encodeBody, type WireBody } from '../../../src/core/body/messageBody.ts'
import { parseSendBody, parseWrittenBody } from '../../../src/core/body/parseSendBody.ts'
import { fromHex, toHex } from '../../../src/core/codec/bytes.ts'
import { Writer } from '../../../src/core/codec/codec.ts'
import { maxPatchBytes } from '../../../src/shared/code.ts'
import type { MessageId } from '../../../src/shared/ids.ts'
import { maxTextBytes, type PatchBody, type SnippetBody, type WrittenBody } from '../../../src/shared/service.ts'
import { bitFlips, extended, truncations, withHostileBytes } from '../codec/hostileBytes.ts'
import { writtenBody } from './sendBody.ts'

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

/** Of the text `x`. */
const hash = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'
const placedSnippet: SnippetBody = {
  ...fullSnippet,
  git: { ...fullSnippet.git, branch: 'b' },
  hash,
  context: { before: 'c\n', after: '' },
}
const patch: PatchBody = { kind: 'patch', text: '+x\n', title: 'T', git: { commit: 'abcdef0', branch: 'b' } }
const declined: WrittenBody = { kind: 'patch-result', patch: 'a0'.repeat(38) as MessageId, outcome: 'declined' }
const partly: WrittenBody = { ...declined, outcome: 'partly-applied', hunks: { applied: 2, of: 300 } }

test('the bytes of a body never change for version 1', () => {
  const vectors: [WrittenBody, string][] = [
    [{ kind: 'text', text: 'hé' }, '01010368c3a9'],
    [{ kind: 'snippet', language: 'c', text: 'x' }, '01020163017800000000'],
    [fullSnippet, '010202747301780103612f62010102010b68747470733a2f2f682f72010761626364656630'],
    [
      placedSnippet,
      `010402747301780103612f62010102010b68747470733a2f2f682f7201076162636465663001016201${hash}0102630a00`,
    ],
    [patch, '0105032b780a01015400010761626364656630010162'],
    [{ kind: 'patch', text: 'x' }, '0105017800000000'],
    [declined, `0106${'a0'.repeat(38)}0200`],
    [partly, `0106${'a0'.repeat(38)}010102fd2c01`],
  ]
  for (const [body, bytes] of vectors) {
    assert.equal(toHex(encodeBody(body)), bytes)
    assert.deepEqual(decodeBody(hex(bytes)), body)
  }
})

test('how long a message is kept stands before it, and the words about that never change', () => {
  const hour = 3_600_000
  const vectors: [WireBody, string][] = [
    [{ kind: 'text', text: 'h', lifetimeMs: hour }, '0114fe80ee3600010168'],
    [{ kind: 'text', text: 'h', forwarded: true, lifetimeMs: hour }, '0114fe80ee36000a0000010101' + '68'],
    [{ kind: 'lifetime', lifetimeMs: hour }, '0115fe80ee3600'],
    [{ kind: 'lifetime', lifetimeMs: 0 }, '011500'],
    [{ kind: 'faded', ranges: [{ from: 3, to: 5 }] }, '01160103' + '02'],
  ]
  for (const [body, bytes] of vectors) {
    assert.equal(toHex(encodeBody(body)), bytes)
    assert.deepEqual(decodeBody(hex(bytes)), body)
    for (const cut of truncations(hex(bytes)).slice(3)) assert.equal(decodeBody(cut).kind, 'unreadable')
  }
  for (const wrong of [
    '011401010168',
    '0114fe80ee360001',
    '0114fe80ee36000c',
    '0114fe80ee36001500',
    '011501',
    '011600',
  ])
    assert.deepEqual(decodeBody(hex(wrong)), damaged, wrong)
})

test('every body that may be written comes back as it was', () => {
  fc.assert(fc.property(writtenBody, (body) => assert.deepEqual(decodeBody(encodeBody(body)), body)))
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

test('a snippet says what an earlier Tincan understands in the bytes that it understands', () => {
  for (const git of [{ commit: 'abcdef0' }, { remote: 'https://h/r' }])
    assert.equal(encodeBody({ ...fullSnippet, git })[1], 2)
  for (const more of [{ git: { branch: 'b' } }, { hash }, { context: { before: 'c', after: '' } }])
    assert.equal(encodeBody({ ...fullSnippet, ...more })[1], 4)
})

test('a snippet whose hash is that of another text is damaged', () => {
  assert.deepEqual(decodeBody(encodeBody({ ...placedSnippet, text: 'y' })), damaged)
})

test('the longest patch fits, one byte more is damaged', () => {
  const text = 'é'.repeat(maxPatchBytes / 2)
  assert.deepEqual(decodeBody(encodeBody({ kind: 'patch', text })), { kind: 'patch', text })
  assert.deepEqual(decodeBody(encodeBody({ kind: 'patch', text: `${text}a` })), damaged)
})

test('a later version or an unknown kind needs a newer Tincan, whatever follows', () => {
  for (const bytes of ['0201', '02010368c3a9', 'ff03ffff', '0109', '01ff010203'])
    assert.deepEqual(decodeBody(hex(bytes)), newer, bytes)
})

test('nothing, a version alone and the numbers that are never used are damaged', () => {
  for (const bytes of ['', '01', '02', '0001', '00ff', '0100', '0200'])
    assert.deepEqual(decodeBody(hex(bytes)), damaged)
})

test('truncated bytes and left-over bytes are damaged', () => {
  for (const body of [fullSnippet, placedSnippet, patch, partly, { kind: 'text', text: 'hello' } as const])
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
    encodeBody({ ...placedSnippet, git: { branch: '--upload-pack=x' } }),
    encodeBody({ ...placedSnippet, context: { before: '', after: '' } }),
    encodeBody({ ...placedSnippet, context: { before: 'c'.repeat(2049), after: '' } }),
    hex('0104026373017800000000000000'),
    encodeBody({ ...patch, text: ' \n' }),
    encodeBody({ ...patch, title: ' ' }),
    encodeBody({ ...patch, title: 'two\nlines' }),
    encodeBody({ ...patch, title: 't'.repeat(201) }),
    encodeBody({ ...patch, git: { remote: 'https://token@host/r' } }),
    encodeBody({ ...partly, hunks: { applied: 2, of: 1 } }),
    hex(`0106${'a0'.repeat(38)}0300`),
  ]
  for (const bytes of refused) assert.deepEqual(decodeBody(bytes), damaged)
})

test('any bytes are unreadable or the one encoding of a body that could be sent', () => {
  let readable = 0
  for (const body of [fullSnippet, placedSnippet, patch, partly, { kind: 'text', text: 'hello' } as const]) {
    withHostileBytes(encodeBody(body), (bytes) => {
      const decoded = decodeBody(bytes)
      if (decoded.kind === 'unreadable') return
      readable++
      assert.deepEqual(encodeBody(decoded), bytes)
      assert.deepEqual(parseWrittenBody(decoded), decoded)
    })
  }
  assert.ok(readable > 10, 'some of them did decode')
})

test('a flipped bit never turns a body into the same body', () => {
  for (const bytes of bitFlips(encodeBody(fullSnippet))) assert.notDeepEqual(decodeBody(bytes), fullSnippet)
})

test('what became of a patch is said by a request of its own and cannot be sent as a message', () => {
  assert.equal(parseSendBody(declined), undefined)
})
