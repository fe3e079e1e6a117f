import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseCardMessage } from '../../src/shared/card.ts'

test('a card says that it is ready, and what was pressed on it', () => {
  assert.deepEqual(parseCardMessage({ type: 'ready', more: 1 }), { type: 'ready' })
  assert.deepEqual(parseCardMessage({ type: 'act', action: 'copy' }), { type: 'act', action: 'copy' })
})

test('whatever else a page posts is no message of a card', () => {
  for (const value of [{}, { type: 'act' }, { type: 'act', action: '' }, { type: 'act', action: 'x'.repeat(65) }])
    assert.equal(parseCardMessage(value), undefined)
  for (const value of [{ type: 'act', action: 5 }, { type: 'card' }, Object.create({ type: 'ready' }), [], 'ready'])
    assert.equal(parseCardMessage(value), undefined)
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const parsed = parseCardMessage(value)
      if (parsed?.type === 'act') assert.ok(parsed.action !== '' && parsed.action.length <= 64)
    }),
  )
})
