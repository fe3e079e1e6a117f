import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isFileName, ownFileName, safeFileName } from '../../src/shared/fileName.ts'
import { mediaTypeOf } from '../../src/shared/mediaType.ts'

test('a name from anywhere becomes one that every file system takes, whatever it was', () => {
  const odd = fc.constantFrom('/', '\\', '..', 'con', 'NUL.txt', '\u202e', ':', '\0', '.', ' ', 'é', '🎉', '\ud800')
  fc.assert(
    fc.property(fc.array(fc.oneof(odd, fc.string({ unit: 'binary' }), fc.string()), { maxLength: 40 }), (pieces) => {
      const name = safeFileName(pieces.join(''))
      assert.ok(isFileName(name), name)
      assert.doesNotMatch(name, /[<>:"|?*/\\\p{Cc}\u202a-\u202e\u2066-\u2069]|^[\s.]|[\s.]$/u)
      assert.doesNotMatch(name, /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i)
    }),
  )
})

const cases: readonly (readonly [given: string, safe: string])[] = [
  ['kettle.png', 'kettle.png'],
  ['/etc/passwd', 'passwd'],
  ['..\\..\\autoexec.bat', 'autoexec.bat'],
  ['..', 'file'],
  ['', 'file'],
  ['.bashrc', 'bashrc'],
  ['CON', '_CON'],
  ['nul.tar.gz', '_nul.tar.gz'],
  ['report\u202egnp.exe', 'reportgnp.exe'],
  ['what?.txt', 'what_.txt'],
  ['trailing. ', 'trailing'],
  ['Übersicht 2026.pdf', 'Übersicht 2026.pdf'],
  [`${'n'.repeat(300)}.txt`, `${'n'.repeat(251)}.txt`],
]
for (const [given, safe] of cases)
  test(`a file called ${JSON.stringify(given.slice(0, 40))} is saved as ${JSON.stringify(safe.slice(0, 40))}`, () => {
    assert.equal(safeFileName(given), safe)
  })

test('a file is sent under its own name, and under a safe one only where that is none', () => {
  for (const [given, own] of [
    ['/home/ada/.env', '.env'],
    ['C:\\code\\.gitignore', '.gitignore'],
    ['what?.txt', 'what?.txt'],
    ['/', 'file'],
    ['a\nb', 'a_b'],
  ] as const)
    assert.equal(ownFileName(given), own)
  assert.ok(isFileName(ownFileName('n'.repeat(5_000))))
})

test('a name that somebody sends is one name, and never a path', () => {
  for (const name of ['a', 'a b.txt', '.env', '...', 'ü.md']) assert.equal(isFileName(name), true, name)
  for (const name of ['', ' ', '.', '..', 'a/b', 'a\\b', 'a\0', 'a\nb', '\ud800', 'n'.repeat(256), 'é'.repeat(128), 5])
    assert.equal(isFileName(name), false, String(name))
})

test('a media type follows from the ending, and from nothing inherited', () => {
  assert.equal(mediaTypeOf('a.PNG'), 'image/png')
  for (const name of ['a', 'a.constructor', '__proto__', 'a.unknown'])
    assert.equal(mediaTypeOf(name), 'application/octet-stream')
})
