import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseFile, parsePicture, withoutKeys, type WireFile } from '../../../src/core/body/fileBody.ts'
import { decodeBody, encodeBody } from '../../../src/core/body/messageBody.ts'
import { parseSendBody } from '../../../src/core/body/parseSendBody.ts'
import { maxFileBytes } from '../../../src/shared/files.ts'
import { pictures, tinyPng } from '../../shared/samplePictures.ts'

const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })
const thumbnail = Buffer.from(tinyPng).toString('base64url')
const side = fc.integer({ min: 1, max: 65_535 })
const picture = fc.record(
  { width: side, height: side, thumbnail: fc.constant(thumbnail) },
  { requiredKeys: ['width', 'height'], noNullPrototype: true },
)
const anyFile: fc.Arbitrary<WireFile> = fc.record(
  {
    kind: fc.constant('file' as const),
    name: fc.constantFrom('a.txt', '.env', 'Übersicht.pdf', 'turned\u202egnp.exe'),
    size: fc.nat(maxFileBytes),
    mediaType: fc.constantFrom('text/plain', 'application/vnd.x+json'),
    root: hex,
    key: hex,
    picture,
    forwarded: fc.constant(true as const),
  },
  { requiredKeys: ['kind', 'name', 'size', 'mediaType', 'root', 'key'], noNullPrototype: true },
)

test('a file comes out of its bytes as it went in, and its keys stay where nobody sees them', () => {
  fc.assert(
    fc.property(anyFile, (file) => {
      assert.deepEqual(decodeBody(encodeBody(file)), file)
      const shown: object = withoutKeys(file)
      assert.equal('key' in shown || 'root' in shown, false)
    }),
  )
})

test('any fields are a file as it should be, or none', () => {
  const anything = fc.oneof(fc.anything(), fc.constantFrom('a.txt', 'text/plain', 'ab'.repeat(32), 5, thumbnail))
  const fields = fc.record(
    { name: anything, size: anything, mediaType: anything, root: anything, key: anything, picture: anything },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fields, (value) => {
      const file = parseFile(value)
      if (file !== undefined) assert.deepEqual(decodeBody(encodeBody(file)), file)
    }),
  )
})

const file = { name: 'a.txt', size: 5, mediaType: 'text/plain', root: 'ab'.repeat(32), key: 'cd'.repeat(32) }
test('a file with one wrong field is none', () => {
  assert.ok(parseFile(file) !== undefined)
  const wrong: readonly object[] = [
    { name: '../../x' },
    { name: 'a\nb' },
    { name: '' },
    { size: -1 },
    { size: 1.5 },
    { size: maxFileBytes + 1 },
    { mediaType: 'text' },
    { mediaType: 'text/html; charset=x' },
    { mediaType: 'TEXT/PLAIN' },
    { root: 'ab' },
    { key: 'AB'.repeat(32) },
    { picture: { width: 0, height: 5 } },
    { picture: 'x' },
  ]
  for (const one of wrong) assert.equal(parseFile({ ...file, ...one }), undefined, JSON.stringify(one))
})

test('a thumbnail that is no small picture takes its file with it', () => {
  const of = (bytes: Uint8Array): object => ({
    width: 5,
    height: 5,
    thumbnail: Buffer.from(bytes).toString('base64url'),
  })
  assert.ok(parsePicture(of(tinyPng)) !== undefined)
  const large = pictures.png.slice()
  large.set([0, 0, 0x10, 0], 16)
  const wrong = [new Uint8Array(0), Uint8Array.of(1, 2, 3), pictures.gif, large, new Uint8Array(9_000)]
  for (const bytes of wrong) assert.equal(parsePicture(of(bytes)), undefined)
  assert.equal(parsePicture({ width: 5, height: 5, thumbnail: '!' }), undefined)
  assert.equal(parsePicture({ width: 5, height: 5, thumbnail: 'A'.repeat(20_000) }), undefined)
})

test('nobody sends a file as a text is sent: its content would be nowhere', () => {
  assert.equal(parseSendBody({ kind: 'file', ...file, text: 'x' }), undefined)
})
