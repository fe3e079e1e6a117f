import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSizes } from '../../../src/webview/text/sizes.ts'

test('sizes have the digits that count, in units that are read as words where they are short', () => {
  const sizes = createSizes('en')
  assert.deepEqual(
    [0, 1, 999, 12_340, 1_234_567, 300_000_000, 2_500_000_000].map((count) => sizes.bytes(count)),
    ['0 bytes', '1 byte', '999 bytes', '12.3 kB', '1.2 MB', '300 MB', '2.5 GB'],
  )
  assert.deepEqual(
    [999_499, 999_500, 999_999_999, 2_000_000_000_000].map((count) => sizes.bytes(count)),
    ['999 kB', '1 MB', '1 GB', '2,000 GB'],
  )
  assert.equal(createSizes('de').bytes(500), '500 Byte')
  assert.equal(createSizes('no such language').bytes(5), '5 bytes')
})

test('speeds are written as everybody writes them', () => {
  assert.deepEqual(
    [0, 700, 3_460_000].map((count) => createSizes('en').speed(count)),
    ['0 bytes per second', '700 bytes per second', '3.5 MB/s'],
  )
  assert.equal(createSizes('fr').speed(3_460_000).replace(/\s/gu, ' '), '3,5 Mo/s')
})

test('durations have the largest unit that says enough', () => {
  const sizes = createSizes('en')
  assert.deepEqual(
    [0.2, 59, 59.1, 60, 3_500, 3_599, 5_400].map((count) => sizes.seconds(count)),
    ['1 sec', '59 sec', '1 min', '1 min', '59 min', '1 hr', '1.5 hr'],
  )
})
