import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isDecodable, parsePictureHeader } from '../../src/shared/pictureHeader.ts'
import { pictures, tinyPng } from './samplePictures.ts'

for (const [kind, bytes] of Object.entries(pictures))
  test(`the size of a ${kind} picture is read from its first bytes`, () => {
    const header = parsePictureHeader(bytes)
    assert.deepEqual([header?.width, header?.height], [640, 480])
    assert.ok(header?.type.startsWith('image/'))
    // Whatever is cut off is no picture, and no error.
    for (let length = 0; length < bytes.length - 8; length++) parsePictureHeader(bytes.subarray(0, length))
  })

test('what is no picture of these kinds is none, however it begins', () => {
  assert.deepEqual(parsePictureHeader(tinyPng), { type: 'image/png', width: 1, height: 1 })
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  assert.equal(parsePictureHeader(svg), undefined)
  const empty = pictures.png.slice()
  empty.fill(0, 16, 24)
  assert.equal(parsePictureHeader(empty), undefined)
  const huge = pictures.png.slice()
  huge.fill(0x7f, 16, 24)
  const header = parsePictureHeader(huge)
  assert.equal(header !== undefined && isDecodable(header), false)
})

test('any bytes are read to an end, also behind the beginning of a picture', () => {
  const start = fc.constantFrom(new Uint8Array(0), ...Object.values(pictures), Uint8Array.of(0xff, 0xd8, 0xff, 0xff))
  fc.assert(
    fc.property(start, fc.nat(40), fc.uint8Array({ maxLength: 400 }), (head, kept, tail) => {
      const header = parsePictureHeader(new Uint8Array([...head.subarray(0, kept), ...tail]))
      assert.ok(header === undefined || (header.width > 0 && header.height > 0))
    }),
  )
})
