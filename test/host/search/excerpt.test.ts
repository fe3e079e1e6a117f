import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excerpt, foundTexts } from '../../../src/host/search/excerpt.ts'

test('a row shows one line around what was found, and says where it leaves something out', () => {
  const long = `${'before '.repeat(40)}kettle ${'after '.repeat(40)}`
  const at = long.indexOf('kettle')
  const line = excerpt(long, [{ from: at, to: at + 6 }])
  assert.match(line, /^…before .*kettle after .*…$/)
  assert.ok(line.length < 120)
  assert.equal(excerpt('short\n\ttext', []), 'short text')
})

test('a row shows what turns text or hides in it for what it is, and holds nothing that is read as an icon', () => {
  assert.equal(excerpt('a\u202e\u200b\u0000b $(trash) 🧵', []), 'a[U+202E][U+200B][U+0000]b $ (trash) 🧵')
  assert.equal(excerpt('one\u2028two\ud800', []), 'one two')
  assert.equal(excerpt('', []), '')
  assert.equal(excerpt('x'.repeat(40), [{ from: 39, to: 40 }]), `…${'x'.repeat(31)}`)
})

test('a row leaves emoji and the writing of every script as they are', () => {
  for (const text of ['👩‍💻 👨‍👩‍👧', 'می\u200cخواهم', 'क\u094d\u200dष', 'שלום\u200f!', 'ไทย\u200bไทย', 'Привет, чайник'])
    assert.equal(excerpt(text, []), text)
})

test('what was found is marked once for each way in which it stands there', () => {
  assert.deepEqual(
    foundTexts('Tea, tea, Tea', [
      { from: 0, to: 3 },
      { from: 5, to: 8 },
      { from: 10, to: 13 },
    ]),
    ['Tea', 'tea'],
  )
})
