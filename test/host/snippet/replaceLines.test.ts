import assert from 'node:assert/strict'
import { test } from 'node:test'
import { replaceLines, replacementFor } from '../../../src/host/snippet/replaceLines.ts'

const file = ['class Kettle {', '  boil() {', '    heat()', '  }', '}']

test('whole lines replace whole lines as they are', () => {
  const text = '  boil() {\n    heat(100)\n  }\n'
  assert.equal(replacementFor(file, { first: 2, last: 4 }, text), '  boil() {\n    heat(100)\n  }')
})

test('a selection that began behind the indentation gets that of the line it replaces', () => {
  assert.equal(
    replacementFor(file, { first: 2, last: 4 }, 'boil() {\n    heat(100)\n  }'),
    '  boil() {\n    heat(100)\n  }',
  )
  assert.equal(replacementFor(file, { first: 3, last: 3 }, 'heat(100)'), '    heat(100)')
  assert.equal(replacementFor(['\tif (a) {'], { first: 1, last: 1 }, 'if (b) {'), '\tif (b) {')
})

test('code that stands at the margin stays there', () => {
  const text = 'function boil() {\nheat()\n}'
  assert.equal(replacementFor(['    function boil() {'], { first: 1, last: 1 }, text), text)
})

test('lines are replaced in the middle, at the beginning and at the end', () => {
  assert.equal(replaceLines('a\nb\nc', { first: 2, last: 2 }, 'x\ny'), 'a\nx\ny\nc')
  assert.equal(replaceLines('a\r\nb\r\nc', { first: 1, last: 2 }, 'x'), 'x\nc')
  assert.equal(replaceLines('a\nb', { first: 2, last: 2 }, 'x'), 'a\nx')
})
