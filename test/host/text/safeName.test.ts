import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mixesScripts, safeName } from '../../../src/host/text/safeName.ts'
import { shortKey } from '../../../src/shared/shortKey.ts'
import type { PersonId } from '../../../src/shared/ids.ts'

const isolated = (text: string): string => `\u2068${text}\u2069`

test('a plain name is shown as it is, isolated from the sentence around it', () => {
  assert.equal(safeName('Zoë O’Neil'), isolated('Zoë O’Neil'))
  assert.equal(safeName('علي'), isolated('علي'))
})

test('direction marks, line breaks and invisible characters are not shown', () => {
  assert.equal(safeName('Bob\u202egnp.exe'), isolated('Bob gnp.exe'))
  assert.equal(safeName('Bob\n\nis\u2066 safe\u2069'), isolated('Bob is safe'))
  assert.equal(safeName('\u200b'), isolated('?'))
})

test('a name makes neither a link in a message nor an icon in a list', () => {
  assert.equal(safeName('[click](command:evil)'), isolated('[click] (command:evil)'))
  assert.equal(safeName('$(check) verified'), isolated('$ (check) verified'))
})

test('whatever a name holds, it stays short, isolated and in one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const shown = safeName(name)
      assert.match(shown, /^\u2068[^\n\r\u202a-\u202e\u2066-\u2069]+\u2069$/u)
      assert.ok([...shown].length <= 66)
      assert.ok(!shown.includes(']('))
      assert.ok(!shown.includes('$('))
    }),
  )
})

test('a name that mixes Latin with Cyrillic or Greek is noticed', () => {
  assert.equal(mixesScripts('Воb'), true)
  assert.equal(mixesScripts('Владимир'), false)
  assert.equal(mixesScripts('Bob 李'), false)
})

test('a key is shown as four groups of four digits', () => {
  assert.equal(shortKey('0123456789abcdef'.repeat(4) as PersonId), '0123 4567 89ab cdef')
})
