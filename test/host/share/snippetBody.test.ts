import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseSendBody } from '../../../src/core/body/parseSendBody.ts'
import { snippetBody, withSurroundings } from '../../../src/host/share/snippetBody.ts'
import type { SnippetSource } from '../../../src/host/share/snippetBody.ts'
import { maxContextBytes } from '../../../src/shared/code.ts'
import { maxTextBytes } from '../../../src/shared/service.ts'
import { hostilePaths } from '../hostilePaths.ts'

const range = { start: { line: 4 }, end: { line: 4, character: 11 } }
const source = (part: Partial<SnippetSource> = {}): SnippetSource => ({
  language: 'typescript',
  text: 'const a = 1',
  range,
  ...part,
})

function bodyOf(part: Partial<SnippetSource>) {
  const result = snippetBody(source(part))
  assert.equal(result.kind, 'ok')
  return result.body
}

test('a snippet says its language, path, lines, origin and hash', () => {
  const git = { remote: 'https://host/r.git', commit: 'a'.repeat(40), branch: 'main' }
  const body = bodyOf({ relativePath: 'src\\kettle.ts', git })
  assert.deepEqual(body, {
    kind: 'snippet',
    language: 'typescript',
    text: 'const a = 1',
    hash: createHash('sha256').update('const a = 1').digest('hex'),
    path: 'src/kettle.ts',
    lines: { first: 5, last: 5 },
    git,
  })
})

test('a line of which nothing is selected is not counted', () => {
  const endingAt = (line: number, character: number) => bodyOf({ range: { ...range, end: { line, character } } }).lines
  assert.deepEqual(endingAt(6, 0), { first: 5, last: 6 })
  assert.deepEqual(endingAt(6, 1), { first: 5, last: 7 })
})

test('what is in no file has no lines', () => {
  const result = snippetBody({ language: 'plaintext', text: 'out of a terminal' })
  assert.ok(result.kind === 'ok' && result.body.lines === undefined && result.body.path === undefined)
})

test('no absolute path and no path out of the workspace is ever sent', () => {
  for (const relativePath of [
    '/home/alice/a.ts',
    'C:\\Users\\a.ts',
    'c:/a.ts',
    '../a.ts',
    'a/../../b.ts',
    'file:///a',
    '',
  ]) {
    assert.equal(bodyOf({ relativePath }).path, undefined, relativePath)
  }
})

test('line ends are those of the message, not of the machine', () => {
  assert.equal(bodyOf({ text: 'a\r\nb\rc' }).text, 'a\nb\nc')
})

test('an empty selection and one that is too long are refused with what is wrong', () => {
  assert.deepEqual(snippetBody(source({ text: ' \n ' })), { kind: 'empty' })
  const text = 'ä'.repeat(maxTextBytes / 2)
  assert.equal(snippetBody(source({ text })).kind, 'ok')
  assert.deepEqual(snippetBody(source({ text: `${text}x` })), { kind: 'too-long', bytes: maxTextBytes + 1 })
})

test('the lines around go along as far as they fit, nearest first', () => {
  const body = bodyOf({})
  const near = withSurroundings(body, { before: ['far', 'near'], after: ['next', 'later'] })
  assert.deepEqual(near.context, { before: 'far\nnear', after: 'next\nlater' })
  assert.deepEqual(withSurroundings(body, { before: [], after: [] }), body)
  const long = 'ä'.repeat(maxContextBytes / 2 - 10)
  const cut = withSurroundings(body, { before: ['x'.repeat(30), long], after: [long, 'y'.repeat(30)] }).context
  assert.deepEqual(cut, { before: long, after: long })
  const many = Array.from({ length: 40 }, (_, i) => String(i))
  const { context } = withSurroundings(body, { before: many, after: many })
  assert.deepEqual([context?.before.split('\n')[0], context?.after.split('\n').at(-1)], ['30', '9'])
})

test('every snippet is one that the core takes as it is', () => {
  const line = fc.nat(100_000)
  const lines = fc.array(fc.oneof(fc.string(), fc.constant('half \ud83d a character'), fc.string({ minLength: 3000 })))
  const anySource = fc.record(
    {
      language: fc.string(),
      text: fc.oneof(fc.string({ minLength: 1 }), fc.constant('half \ud83d a character')),
      relativePath: fc.oneof(fc.string(), fc.constantFrom(...hostilePaths)),
      range: fc.record({ start: fc.record({ line }), end: fc.record({ line, character: fc.nat(300) }) }),
      around: fc.record({ before: lines, after: lines }),
    },
    { requiredKeys: ['language', 'text', 'around'] },
  )
  fc.assert(
    fc.property(anySource, ({ around, range: given, ...any }) => {
      const end = given && { ...given.end, line: given.start.line + given.end.line }
      const result = snippetBody({ ...any, ...(given && end && { range: { start: given.start, end } }) })
      if (result.kind !== 'ok') return
      for (const body of [result.body, withSurroundings(result.body, around)])
        assert.deepEqual(parseSendBody(body), body)
    }),
  )
})
