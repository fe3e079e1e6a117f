import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { summarize } from '../../../src/core/body/summarize.ts'
import { parsePersonId } from '../../../src/shared/ids.ts'
import { sendBody } from './sendBody.ts'

const text = (value: string): string => summarize({ kind: 'text', text: value })

test('a text becomes one line with single spaces', () => {
  assert.equal(text('  Hello\r\n\r\n  world\t! '), 'Hello world !')
})

test('a long text is cut, marked and never longer than 120', () => {
  assert.equal(text('a'.repeat(120)), 'a'.repeat(120))
  assert.equal(text('a'.repeat(121)), `${'a'.repeat(119)}…`)
  assert.equal(text(`${'a'.repeat(118)} ${'b'.repeat(9)}`), `${'a'.repeat(118)}…`)
})

test('a surrogate pair is not cut in two', () => {
  assert.equal(text(`${'a'.repeat(118)}😀😀`), `${'a'.repeat(118)}…`)
  assert.equal(text(`a${' '.repeat(2046)}😀`), 'a')
})

test('text after much white space is still found', () => {
  assert.equal(text(`${'\n'.repeat(10_000)}x`), 'x')
})

test('control characters and reordering marks do not reach a list, which says that they are there', () => {
  assert.equal(text('a\u0000\u001b[31mb\u202ec\u2066d\u0085e'), 'a[U+0000][U+001B][31mb[U+202E]c[U+2066]d[U+0085]e')
  assert.equal(text('👩\u200d💻 می\u200cخواهم שלום\u200f!'), '👩\u200d💻 می\u200cخواهم שלום\u200f!')
})

test('a snippet starts with its file name and lines', () => {
  const snippet = { kind: 'snippet', language: 'ts', text: 'const a = 1\nconst b = 2' } as const
  const code = 'const a = 1 const b = 2'
  assert.equal(summarize(snippet), code)
  assert.equal(summarize({ ...snippet, path: 'src/deep/a.ts' }), `a.ts · ${code}`)
  assert.equal(summarize({ ...snippet, path: 'a.ts', lines: { first: 3, last: 3 } }), `a.ts:3 · ${code}`)
  assert.equal(summarize({ ...snippet, path: 'a.ts', lines: { first: 3, last: 4 } }), `a.ts:3–4 · ${code}`)
  assert.equal(summarize({ ...snippet, lines: { first: 3, last: 4 } }), code, 'lines of no file')
})

test('what hides in code or in the name of its file is written out', () => {
  const hidden = { kind: 'snippet', language: 'c', text: 'if (is\u200bAdmin) {\u202e' } as const
  assert.equal(summarize(hidden), 'if (is[U+200B]Admin) {[U+202E]')
  assert.equal(summarize({ ...hidden, text: 'x', path: 'src/a\u202ec.exe' }), '⚠ a[U+202E]c.exe · x')
  assert.equal(summarize({ kind: 'patch', text: 'x', title: 'Mend \u2066it' }), 'Mend [U+2066]it')
})

test('a patch has its title, or else its beginning', () => {
  const patch = { kind: 'patch', text: 'diff --git a/a b/a\n' } as const
  assert.equal(summarize({ ...patch, title: 'Mend  it' }), 'Mend it')
  assert.equal(summarize(patch), 'diff --git a/a b/a')
})

test('notices and unreadable bodies have no summary of their own', () => {
  const person = parsePersonId('0'.repeat(64))
  assert.ok(person !== undefined)
  assert.equal(summarize({ kind: 'notice', notice: 'verified', person }), '')
  assert.equal(summarize({ kind: 'unreadable', why: 'newer' }), '')
})

test('any body has one well-formed line of at most 120', () => {
  fc.assert(
    fc.property(sendBody, (body) => {
      const summary = summarize(body)
      assert.ok(summary.length <= 120)
      assert.ok(summary.isWellFormed())
      assert.doesNotMatch(summary, /[\p{Cc}\u2028\u2029]/u)
      assert.equal(summary, summary.trim())
    }),
  )
})
