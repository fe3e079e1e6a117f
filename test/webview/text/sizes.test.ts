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

test('durations have the largest unit that says enough', () => {
  const sizes = createSizes('en')
  assert.deepEqual(
    [0.2, 59, 60, 3_599, 5_400].map((count) => sizes.seconds(count)),
    ['1 sec', '59 sec', '1 min', '60 min', '1.5 hr'],
  )
})
