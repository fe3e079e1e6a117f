import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import {
  encodeInviteLink,
  fingerprintText,
  inviterFingerprint,
  maxLinkLength,
  parseInviteLink,
  type InviteCode,
} from '../../../src/core/invite/inviteLink.ts'
import { fromBase64url, toBase64url } from '../../../src/core/codec/base64url.ts'
import { concat, toHex } from '../../../src/core/codec/bytes.ts'
import { domain, hash } from '../../../src/core/crypto/primitives.ts'
import { extended, withHostileBytes } from '../codec/hostileBytes.ts'

const key = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)
const code: InviteCode = {
  publicKey: key(1),
  secret: key(2),
  expiresAt: 1_800_000_000_000,
  fingerprint: inviterFingerprint(key(3)),
}
const bare =
  'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgL-ANJJa8yL8ZRj6h16U9Cqp97RRtTLBd8S'
const link = `vscode://tincan.tincan/join#${bare}`
const garbled = { kind: 'garbled' }
const newer = { kind: 'newer' }
const ok = { kind: 'ok', code }

/** The code of any content, with the right checksum. */
const codeOf = (content: Uint8Array): string =>
  toBase64url(concat(content, hash(concat(domain('tincan invite checksum'), content)).subarray(0, 4)))
const content = (fromBase64url(bare) as Uint8Array).slice(0, -4)

test('a link never changes for version 1', () => {
  assert.equal(encodeInviteLink(code), link)
  assert.deepEqual(parseInviteLink(link), ok)
  assert.equal(codeOf(content), bare)
})

test('every invite comes back, its expiry to the second', () => {
  const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length })
  const invite = fc.record(
    {
      publicKey: bytes(32),
      secret: bytes(32),
      expiresAt: fc.integer({ min: 0, max: 0xffffffff * 1000 + 999 }),
      fingerprint: bytes(16),
    },
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(invite, (invite) => {
      const expiresAt = invite.expiresAt - (invite.expiresAt % 1000)
      assert.deepEqual(parseInviteLink(encodeInviteLink(invite)), { kind: 'ok', code: { ...invite, expiresAt } })
    }),
  )
})

test('the bare code and the links of every editor are read', () => {
  const schemes = ['vscode', 'vscode-insiders', 'vscodium', 'code-oss', 'cursor', 'windsurf', 'VSCode']
  const accepted = [
    bare,
    ...schemes.map((scheme) => `${scheme}://tincan.tincan/join#${bare}`),
    `vscode://tincan.tincan/join?code=${bare}`,
    `vscode://tincan.tincan/join/#${bare}`,
    `vscode://tincan.tincan/join/?code=${bare}`,
    `vscode://tincan.tincan/join?windowId=_blank#${bare}`,
    `vscode://tincan.tincan/join?windowId=_blank&code=${bare}`,
    `vscode://tincan.tincan/join?code=${bare}&windowId=1`,
    `vscode://tincan.tincan/join?code=${bare}#`,
    `vscode://Tincan.Tincan/join#${bare}`,
  ]
  for (const text of accepted) assert.deepEqual(parseInviteLink(text), ok, text)
})

test('what mails and chats put around and into a link is overlooked', () => {
  const half = 40
  const accepted = [
    `  ${link}\n`,
    `<${link}>`,
    `"${link}"`,
    `'${link}'`,
    `\`${link}\``,
    `(${link}).`,
    `${link}.`,
    `${link},`,
    `\ufeff${link}\u00a0`,
    `${link.slice(0, half)}\r\n${link.slice(half)}`,
    `> ${link.slice(0, half)}\n> ${link.slice(half, 80)}\n> ${link.slice(80)}`,
    `<${bare.slice(0, half)}\n  ${bare.slice(half)}>`,
    [...link].join('\n'),
  ]
  for (const text of accepted) assert.deepEqual(parseInviteLink(text), ok, JSON.stringify(text))
})

test('foreign links and other texts are garbled', () => {
  const refused = [
    '',
    ' ',
    '#',
    'hello',
    'vscode://tincan.tincan/join',
    'vscode://tincan.tincan/join#',
    'vscode://tincan.tincan/join?code=',
    'vscode://tincan.tincan/join?code',
    `vscode://tincan.tincan/leave#${bare}`,
    `vscode://tincan.tincan/#${bare}`,
    `vscode://evil.tincan/join#${bare}`,
    `vscode://tincan.tincan.evil/join#${bare}`,
    `https://tincan.tincan/join#${bare}`,
    `javascript:vscode://tincan.tincan/join#${bare}`,
    `vscode://tincan.tincan/join?xcode=${bare}`,
    `vscode://tincan.tincan/join#${bare}#${bare}`,
    `#${bare}`,
    `${bare}${bare}`,
    `${bare}=`,
    `${bare}é`,
    `My link: ${link}`,
  ]
  for (const text of refused) assert.deepEqual(parseInviteLink(text), garbled, text)
})

test('a link that is cut anywhere is garbled', () => {
  for (let length = 0; length < link.length; length++)
    assert.deepEqual(parseInviteLink(link.slice(0, length)), garbled, String(length))
  for (let start = 1; start < bare.length; start++) assert.deepEqual(parseInviteLink(bare.slice(start)), garbled)
})

test('one wrong or two exchanged characters make a code garbled', () => {
  for (let at = 0; at < bare.length; at++) {
    const other = bare[at] === 'x' ? 'y' : 'x'
    assert.deepEqual(parseInviteLink(bare.slice(0, at) + other + bare.slice(at + 1)), garbled)
    const swapped = bare.slice(0, at) + (bare[at + 1] ?? '') + (bare[at] ?? '') + bare.slice(at + 2)
    if (swapped !== bare) assert.deepEqual(parseInviteLink(swapped), garbled)
  }
})

test('any bytes but the right ones are garbled', () => {
  const valid = fromBase64url(bare) as Uint8Array
  withHostileBytes(valid, (bytes) => {
    if (Buffer.compare(bytes, valid) !== 0) assert.deepEqual(parseInviteLink(toBase64url(bytes)), garbled)
  })
})

test('any text is garbled', () => {
  const pieces = fc.constantFrom(
    'vscode://',
    'tincan.tincan',
    '/join',
    '#',
    '?code=',
    '&',
    bare.slice(0, 60),
    '<',
    '\n',
  )
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.deepEqual(parseInviteLink(text), garbled)))
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      assert.deepEqual(parseInviteLink(parts.join('')), garbled)
    }),
  )
})

test('a link into a room says so', () => {
  const into = { ...code, isRoom: true as const }
  assert.deepEqual(parseInviteLink(encodeInviteLink(into)), { kind: 'ok', code: into })
})

test('a whole code of a later version is newer, whatever it holds', () => {
  for (const bytes of [[3], [3, 1, 2, 3], [255], Array.from({ length: 900 }, () => 3)])
    assert.deepEqual(parseInviteLink(codeOf(new Uint8Array(bytes))), newer)
  const later = content.slice()
  later[0] = 3
  assert.deepEqual(parseInviteLink(codeOf(later)), newer)
})

test('a damaged code of a later version is garbled', () => {
  const later = codeOf(new Uint8Array([3, 1, 2, 3]))
  assert.deepEqual(parseInviteLink(`${later.slice(0, -1)}${later.endsWith('A') ? 'B' : 'A'}`), garbled)
})

test('a code with the right checksum and wrong content is garbled', () => {
  const unused = content.slice()
  unused[0] = 0
  for (const bytes of [new Uint8Array(), new Uint8Array([1]), unused, content.slice(0, -1), extended(content)])
    assert.deepEqual(parseInviteLink(codeOf(bytes)), garbled)
})

test('a text of more than 2,048 characters is not looked at', () => {
  assert.deepEqual(parseInviteLink(link.padEnd(maxLinkLength)), ok)
  assert.deepEqual(parseInviteLink(link.padEnd(maxLinkLength + 1)), garbled)
})

test('encoding what could not be read again is a bug', () => {
  const wrong: InviteCode[] = [
    { ...code, publicKey: key(1).slice(1) },
    { ...code, secret: new Uint8Array(33) },
    { ...code, fingerprint: new Uint8Array(15) },
    { ...code, expiresAt: -1 },
    { ...code, expiresAt: Number.NaN },
    { ...code, expiresAt: 2 ** 32 * 1000 },
  ]
  for (const code of wrong) assert.throws(() => encodeInviteLink(code))
})

test("a fingerprint is 16 bytes of a hash of the inviter's key, and never the key", () => {
  assert.equal(toHex(inviterFingerprint(key(3))), 'cc8bf19463ea1d7a53d0aaa7ded146d4')
  assert.notDeepEqual(inviterFingerprint(key(4)), inviterFingerprint(key(3)))
  assert.notDeepEqual(inviterFingerprint(key(3)), hash(key(3)).slice(0, 16))
})

test('a fingerprint is read aloud in groups of four', () => {
  assert.equal(fingerprintText(code.fingerprint), 'cc8b f194 63ea 1d7a 53d0 aaa7 ded1 46d4')
})
