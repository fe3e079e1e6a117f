import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import fc from 'fast-check'
import { maxHunks, maxPatchBytes } from '../../../src/shared/code.ts'
import { parseSendBody, parseWrittenBody } from '../../../src/core/body/parseSendBody.ts'
import { maxTextBytes } from '../../../src/shared/service.ts'
import { sendBody } from './sendBody.ts'

const snippet = { kind: 'snippet', language: 'typescript', text: 'const a = 1' }

test('a text is taken as it is, white space included', () => {
  assert.deepEqual(parseSendBody({ kind: 'text', text: '  hi\n' }), { kind: 'text', text: '  hi\n' })
})

test('every body that may be sent is taken, as a fresh object', () => {
  fc.assert(
    fc.property(sendBody, (body) => {
      const parsed = parseSendBody(body)
      assert.deepEqual(parsed, body)
      assert.notEqual(parsed, body)
    }),
  )
})

test('unknown fields are left behind', () => {
  const body = parseSendBody({
    ...snippet,
    evil: 1,
    lines: { first: 1, last: 2, evil: 1 },
    git: { commit: 'abcdef0', evil: 1 },
  })
  assert.deepEqual(body, { ...snippet, lines: { first: 1, last: 2 }, git: { commit: 'abcdef0' } })
})

test('a git origin that says nothing is left out', () => {
  assert.deepEqual(parseSendBody({ ...snippet, git: {} }), snippet)
})

test('a text of 16 KiB of UTF-8 is taken and one byte more is too long, for both kinds', () => {
  for (const [character, bytes] of [
    ['a', 1],
    ['é', 2],
    ['€', 3],
    ['😀', 4],
  ] as const) {
    const longest = character.repeat(Math.floor(maxTextBytes / bytes))
    for (const start of [{ kind: 'text' }, { kind: 'snippet', language: 'c' }]) {
      assert.deepEqual(parseSendBody({ ...start, text: longest }), { ...start, text: longest })
      assert.equal(parseSendBody({ ...start, text: longest + character }), 'too-long')
    }
  }
})

test('what is no body at all is refused', () => {
  for (const value of [undefined, null, true, 1, 'text', [], ['text'], {}, { kind: 'text' }, { text: 'x' }, () => 1])
    assert.equal(parseSendBody(value), undefined)
})

test('an unknown kind, blank text, text of another type and lone surrogates are refused', () => {
  for (const kind of ['TEXT', 'notice', 'unreadable', '', 1, null])
    assert.equal(parseSendBody({ kind, text: 'x' }), undefined)
  for (const text of ['', ' ', '\n\t\u00a0', 1, null, ['x'], '\ud83d', 'a\ude00b'])
    assert.equal(parseSendBody({ kind: 'text', text }), undefined)
})

const refusals: Record<string, readonly unknown[]> = {
  language: [undefined, null, 1, '', 'a b', 'é', 'a\n', 'a/b', 'x'.repeat(65)],
  path: [
    null,
    1,
    '',
    '/',
    '/etc/passwd',
    'C:/a',
    'c:a',
    '\\\\server\\share',
    'a\\b',
    '.',
    '..',
    'a/../b',
    './a',
    'a/.',
    'a//b',
    'a/',
    'a\u0000b',
    'a\nb',
    'a\u007f',
    'a\u0085b',
    'a\u2028b',
    'gpj\u202eexe.ts',
    'a\u2066b',
    '\ud83d',
    'a'.repeat(1025),
    'é'.repeat(513),
  ],
  lines: [
    null,
    1,
    [1, 2],
    {},
    { first: 1 },
    { last: 1 },
    { first: 0, last: 1 },
    { first: 2, last: 1 },
    { first: 1.5, last: 2 },
    { first: 1, last: Number.NaN },
    { first: 1, last: Number.POSITIVE_INFINITY },
    { first: '1', last: 2 },
    { first: 1, last: 10_000_001 },
  ],
  git: [
    null,
    'https://host/repo',
    [],
    { remote: null },
    { remote: 1 },
    { remote: '' },
    { commit: null },
    { commit: '' },
    { commit: 'abcdef' },
    { commit: 'abcdefg' },
    { commit: 'a'.repeat(65) },
    { commit: 'abcdef0\n' },
    ...[
      null,
      '',
      '-x',
      'a..b',
      'a b',
      '/a',
      'a/',
      'a//b',
      '.a',
      'a/.b',
      'a.lock',
      'a~1',
      'a^',
      'a:b',
      '@',
      'a@{1}',
    ].map((branch) => ({ branch })),
    { branch: 'a\u202eb' },
    { branch: 'é'.repeat(128) },
  ],
  hash: [null, '', 'a'.repeat(64), createHash('sha256').update(snippet.text).digest('hex').toUpperCase()],
  context: [
    null,
    {},
    { before: 'a' },
    { before: '', after: '' },
    { before: 'a', after: 1 },
    { before: 'a', after: '\ud83d' },
    { before: 'a', after: 'é'.repeat(1025) },
  ],
}

for (const [field, values] of Object.entries(refusals))
  test(`a snippet with a wrong ${field} is refused whole`, () => {
    for (const value of values)
      assert.equal(parseSendBody({ ...snippet, [field]: value }), undefined, JSON.stringify(value))
  })

test('a patch is taken with its title and origin, and refused with wrong ones', () => {
  const patch = { kind: 'patch', text: '--- a/a\n+++ b/a\n' }
  const whole = { ...patch, title: 'Été', git: { remote: 'https://h/r', commit: 'abcdef0', branch: 'main' } }
  assert.deepEqual(parseSendBody(patch), patch)
  assert.deepEqual(parseSendBody({ ...whole, evil: 1 }), whole)
  assert.deepEqual(parseSendBody({ ...patch, git: {} }), patch)
  for (const title of [null, 1, '', ' ', 'a\nb', 'a\u202eb', '\ud83d', 't'.repeat(201), 'é'.repeat(101)])
    assert.equal(parseSendBody({ ...patch, title }), undefined, JSON.stringify(title))
  for (const git of refusals['git'] ?? []) assert.equal(parseSendBody({ ...patch, git }), undefined)
})

test('a patch of 28 KiB of UTF-8 is taken and one byte more is too long', () => {
  const text = '€'.repeat(Math.floor(maxPatchBytes / 3))
  assert.deepEqual(parseSendBody({ kind: 'patch', text }), { kind: 'patch', text })
  assert.equal(parseSendBody({ kind: 'patch', text: `${text}€` }), 'too-long')
})

test('an outcome of a patch names a message, and as many hunks as there are', () => {
  const result = { kind: 'patch-result', patch: 'a0'.repeat(38), outcome: 'applied' }
  assert.deepEqual(parseWrittenBody({ ...result, evil: 1 }), result)
  const counted = { ...result, outcome: 'partly-applied', hunks: { applied: 0, of: 3 } }
  assert.deepEqual(parseWrittenBody(counted), counted)
  for (const wrong of [
    { patch: 'a0' },
    { patch: undefined },
    { outcome: 'refused' },
    { outcome: 0 },
    { hunks: null },
    { hunks: { applied: 1 } },
    { hunks: { applied: 2, of: 1 } },
    { hunks: { applied: -1, of: 1 } },
    { hunks: { applied: 0.5, of: 1 } },
    { hunks: { applied: 0, of: maxHunks + 1 } },
  ])
    assert.equal(parseWrittenBody({ ...result, ...wrong }), undefined, JSON.stringify(wrong))
})

test('paths that look odd and are not dangerous are taken', () => {
  for (const path of [
    'a',
    '...',
    '.gitignore',
    'a..b/c',
    'src/été/naïve file (1).ts',
    'ab:c',
    '日本/😀.md',
    'a'.repeat(1024),
  ])
    assert.deepEqual(parseSendBody({ ...snippet, path }), { ...snippet, path })
})

test('remotes on a network are taken', () => {
  const remotes = [
    'https://github.com/a/b.git',
    'http://localhost:3000/a',
    'https://[::1]:8443/a.git',
    'https://host/a/b@c',
    'git://host/a',
    'ssh://host/a',
    'ssh://git@host:2222/a/b.git',
    'git@github.com:a/b.git',
    'deploy-user@host:/srv/git/a.git',
  ]
  for (const remote of remotes) {
    const body = { ...snippet, git: { remote } }
    assert.deepEqual(parseSendBody(body), body, remote)
  }
})

test('remotes with credentials, of other schemes or on this machine are refused', () => {
  const remotes = [
    'https://user:password@host/a',
    'https://ghp_token@host/a',
    'https://@host/a',
    'https://user%3Apassword@host/a',
    'https://user:pass/word@host/a',
    'http://x-oauth-basic:@host/a',
    'git://user@host/a',
    'ssh://user:password@host/a',
    'user:password@host:a',
    'https://host/a?access_token=1',
    'https://host/a#secret',
    'https://host',
    'https:///a',
    'https://host\\@evil/a',
    'https://ho st/a',
    'https://host/a b',
    'https://host/a\n',
    'https://host/\u202ea',
    'https://host/<a>',
    'file:///home/me/a',
    '/home/me/a',
    '../a',
    'C:\\a',
    'C:/a',
    'javascript:alert(1)',
    'command:workbench.action.quit',
    'vscode://x.y/z',
    'data:text/html,a@b:c',
    'host:a/b',
    `https://host/${'a'.repeat(500)}`,
  ]
  for (const remote of remotes) assert.equal(parseSendBody({ ...snippet, git: { remote } }), undefined, remote)
})

test('remotes that are nearly right take no long time to refuse', () => {
  // Linear patterns: these have 512 bytes and would take for ever under a pattern that backtracks.
  for (const start of ['https://', 'ssh://', ''])
    for (const filler of ['a.', 'a-', '@', 'a@', ':', '[', '.'])
      assert.equal(
        parseSendBody({ ...snippet, git: { remote: (start + filler.repeat(256)).slice(0, 511) + ' ' } }),
        undefined,
      )
})

test('any JSON is parsed or refused, and what was parsed parses again to the same', () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        kind: fc.constantFrom('text', 'snippet'),
        text: fc.oneof(fc.constant('x'), fc.jsonValue()),
        language: fc.oneof(fc.constant('c'), fc.jsonValue()),
        path: fc.oneof(fc.string(), fc.jsonValue()),
        lines: fc.oneof(fc.record({ first: fc.jsonValue(), last: fc.jsonValue() }), fc.jsonValue()),
        git: fc.oneof(fc.record({ remote: fc.jsonValue(), commit: fc.jsonValue() }), fc.jsonValue()),
      },
      { requiredKeys: ['kind'] },
    ),
  )
  fc.assert(
    fc.property(anything, (value) => {
      const body = parseSendBody(value)
      if (typeof body === 'object') assert.deepEqual(parseSendBody(body), body)
    }),
    { numRuns: 1000 },
  )
})
