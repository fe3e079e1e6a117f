import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { blockBytes, FileShape, maxPartBytes, maxParts, pageBlocks } from '../../../src/core/files/fileShape.ts'
import { maxFileBytes } from '../../../src/shared/files.ts'

test('the parts of a file follow each other without gap or overlap, and hold all of it', () => {
  const sizes = fc.oneof(fc.nat(20 * blockBytes), fc.nat(3 * pageBlocks * blockBytes))
  fc.assert(
    fc.property(sizes, (size) => {
      const shape = new FileShape(size)
      let plain = 0
      let end = 0
      for (let number = 1; number <= shape.parts; number++) {
        const part = shape.part(number)
        assert.ok(part !== undefined)
        assert.equal(shape.placeOf(part), end)
        assert.ok(shape.bytesOf(part) <= maxPartBytes)
        end += shape.bytesOf(part)
        if (part.kind === 'block') {
          assert.equal(shape.blockPart(part.index), number)
          plain += shape.plainBytesOf(part.index)
        } else if (part.kind === 'page') assert.equal(shape.pagePart(part.index), number)
      }
      assert.equal(plain, size)
      assert.equal(shape.part(0), undefined)
      assert.equal(shape.part(shape.parts + 1), undefined)
    }),
    { numRuns: 30 },
  )
})

test('the largest file has as many parts as a frame can name, and its list of pages fits one', () => {
  const shape = new FileShape(maxFileBytes)
  assert.equal(shape.parts, maxParts)
  assert.ok(shape.bytesOf({ kind: 'list', index: 0 }) <= maxPartBytes)
  assert.ok(Number.isSafeInteger(shape.placeOf({ kind: 'block', index: shape.blocks - 1 })))
})
