import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { changedSpan } from '../../../src/host/patch/changedSpan.ts'

test('what changed is whole lines, and nothing else', () => {
  assert.deepEqual(changedSpan('a\nb\nc\n', 'a\nB\nc\n'), { from: 2, to: 4, text: 'B\n' })
  assert.deepEqual(changedSpan('a\nb', 'a\nb\nc'), { from: 2, to: 3, text: 'b\nc' })
  assert.deepEqual(changedSpan('a\r\nb\r\n', 'a\r\nx\r\nb\r\n'), { from: 3, to: 3, text: 'x\r\n' })
  assert.deepEqual(changedSpan('', 'a\n'), { from: 0, to: 0, text: 'a\n' })
  assert.deepEqual(changedSpan('a\n', ''), { from: 0, to: 2, text: '' })
})

test('put in its place it makes the one text of the other, and it begins and ends where lines do', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '\n', '\r\n', '😀'), { maxLength: 30 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { from, to, text: inserted } = changedSpan(before, after)
      assert.equal(before.slice(0, from) + inserted + before.slice(to), after)
      assert.ok(from === 0 || before[from - 1] === '\n')
      assert.ok(to === 0 || to === before.length || before[to - 1] === '\n' || to === from)
    }),
    { numRuns: 2000 },
  )
})
