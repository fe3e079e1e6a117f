import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { decodeVersion, encodeVersion } from '../../src/node/schemaVersion.ts'

it('every version comes back', () => {
  for (let version = 0; version <= 255; version++) assert.equal(decodeVersion(encodeVersion(version)), version)
  assert.throws(() => encodeVersion(256), RangeError)
})

it('a byte that went bad gives no other version, and no number more than one', () => {
  for (let version = 1; version <= 255; version++)
    for (let bit = 0; bit < 32; bit++) {
      const damaged = encodeVersion(version) ^ (1 << bit)
      assert.equal(decodeVersion(damaged), undefined, `${version}, bit ${bit}`)
    }
  fc.assert(
    fc.property(fc.maxSafeInteger(), (number) => {
      const version = decodeVersion(number)
      if (version !== undefined) assert.equal(encodeVersion(version), number)
    }),
  )
})
