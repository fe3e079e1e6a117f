import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseSendBody } from '../../../src/core/body/parseSendBody.ts'
import { snippetBody } from '../../../src/host/selection/snippetBody.ts'
import type { SelectionSource } from '../../../src/host/selection/snippetBody.ts'
import { maxTextBytes } from '../../../src/shared/service.ts'
import { hostilePaths } from '../hostilePaths.ts'

const source = (part: Partial<SelectionSource> = {}): SelectionSource => ({
  language: 'typescript',
  text: 'const a = 1',
  start: { line: 4 },
  end: { line: 4, character: 11 },
  ...part,
})

function bodyOf(part: Partial<SelectionSource>) {
  const result = snippetBody(source(part))
  assert.equal(result.kind, 'ok')
  return result.body
}

test('a snippet says its language, path, lines and origin', () => {
  const commit = 'a'.repeat(40)
  const body = bodyOf({ relativePath: 'src\\kettle.ts', git: { remote: 'https://u:p@host/r.git', commit } })
  assert.deepEqual(body, {
    kind: 'snippet',
    language: 'typescript',
    text: 'const a = 1',
    path: 'src/kettle.ts',
    lines: { first: 5, last: 5 },
    git: { remote: 'https://host/r.git', commit },
  })
})

test('a line of which nothing is selected is not counted', () => {
  assert.deepEqual(bodyOf({ end: { line: 6, character: 0 } }).lines, { first: 5, last: 6 })
  assert.deepEqual(bodyOf({ end: { line: 6, character: 1 } }).lines, { first: 5, last: 7 })
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

test('every snippet is one that the core takes as it is', () => {
  const line = fc.nat(100_000)
  const anySource = fc.record(
    {
      language: fc.string(),
      text: fc.oneof(fc.string({ minLength: 1 }), fc.constant('half \ud83d a character')),
      relativePath: fc.oneof(fc.string(), fc.constantFrom(...hostilePaths)),
      start: fc.record({ line }),
      end: fc.record({ line, character: fc.nat(300) }),
      git: fc.record({ remote: fc.oneof(fc.string(), fc.webUrl()), commit: fc.string() }, { requiredKeys: [] }),
    },
    { requiredKeys: ['language', 'text', 'start', 'end'] },
  )
  fc.assert(
    fc.property(anySource, (any) => {
      const result = snippetBody({ ...any, end: { ...any.end, line: any.start.line + any.end.line } })
      if (result.kind === 'ok') assert.deepEqual(parseSendBody(result.body), result.body)
    }),
  )
})
