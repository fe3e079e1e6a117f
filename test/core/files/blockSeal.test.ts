import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isSealedBlock, openBlock, sealBlock } from '../../../src/core/files/blockSeal.ts'
import { blockBytes } from '../../../src/core/files/fileShape.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'

const key = new SeededRandom(7).bytes(32)

test('a block is taken for sealed exactly where it opens, whatever is wrong with it', () => {
  const any = fc.uint8Array({ maxLength: 300 })
  const harms = fc.constantFrom('none', 'flipped', 'cut', 'longer', 'elsewhere', 'other key')
  const property = fc.property(any, fc.nat(0xffff_ffff), harms, fc.nat(), (plain, block, harm, at) => {
    const sealed = sealBlock(key, block, plain)
    const harmed = harm === 'cut' ? sealed.slice(0, at % sealed.length) : sealed.slice()
    if (harm === 'flipped') harmed[at % harmed.length] = (harmed[at % harmed.length] ?? 0) ^ (1 << (at % 8))
    const bytes = harm === 'longer' ? new Uint8Array([...harmed, at & 255]) : harmed
    const where = harm === 'elsewhere' ? (block + 1) % 0x1_0000_0000 : block
    const under = harm === 'other key' ? new Uint8Array(32) : key
    assert.equal(isSealedBlock(under, where, bytes), harm === 'none')
    assert.equal(openBlock(under, where, bytes) !== undefined, harm === 'none')
  })
  fc.assert(property, { numRuns: 500 })
})

test('a block of full length, an empty one and what is too short for any are judged as they open', () => {
  for (const length of [0, 1, 15, 16, 17, blockBytes - 1, blockBytes]) {
    const sealed = sealBlock(key, 5, new SeededRandom(length).bytes(length))
    assert.equal(isSealedBlock(key, 5, sealed), true)
    assert.equal(isSealedBlock(key, 6, sealed), false)
  }
  for (const length of [0, 1, 15, 16]) assert.equal(isSealedBlock(key, 5, new Uint8Array(length)), false)
})
