import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  parseConversationId,
  parseDeviceId,
  parseInviteId,
  parseMessageId,
  parsePersonId,
} from '../../src/shared/ids.ts'

const parsers = [
  [parsePersonId, 64],
  [parseDeviceId, 64],
  [parseConversationId, 64],
  [parseMessageId, 76],
  [parseInviteId, 32],
] as const

test('an id is its lower-case digits, exactly as many as its kind has', () => {
  for (const [parse, digits] of parsers) {
    const id = '0123456789abcdef'.repeat(5).slice(0, digits)
    assert.equal(parse(id), id)
    for (const wrong of [id.toUpperCase(), id.slice(1), `${id}0`, `${id.slice(1)}g`, ` ${id.slice(1)}`, `${id}\n`])
      assert.equal(parse(wrong), undefined, wrong)
  }
})

test('any value is an id as it is, or none', () => {
  const nearly = fc.string({ unit: fc.constantFrom(...'0123456789abcdefA\n'), minLength: 31, maxLength: 77 })
  fc.assert(
    fc.property(fc.oneof(nearly, fc.anything()), (value) => {
      for (const [parse, digits] of parsers) {
        const id = parse(value)
        if (id === undefined) continue
        assert.equal(id, value)
        assert.match(id, new RegExp(`^[0-9a-f]{${digits}}$`))
      }
    }),
  )
})
