import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fileName } from '../../../src/host/archive/fileName.ts'

test('a title becomes a name that leads nowhere else', () => {
  assert.equal(fileName('Bob & the team'), 'Bob & the team')
  assert.equal(fileName('../../etc/passwd'), 'etc passwd')
  assert.equal(fileName('C:\\Windows'), 'C Windows')
  for (const odd of ['', '...', '\u202e\u0000', 'NUL', 'com1']) assert.equal(fileName(odd), 'conversation', odd)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (title) => {
      const name = fileName(title)
      assert.match(name, /^[^./\\:\p{Cc}][^/\\:\p{Cc}]{0,59}$/u)
    }),
  )
})
