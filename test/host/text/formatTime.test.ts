import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatTime } from '../../../src/host/text/formatTime.ts'

const noon = new Date(2030, 0, 15, 12, 0).getTime()

test('a moment of today is shown by its time alone', () => {
  assert.match(formatTime(noon + 60_000, 'en-GB', noon), /^12:01$/)
})

test('a moment of another day is shown with its date, and with its year where that could be another one', () => {
  assert.match(formatTime(noon + 86_400_000, 'en-GB', noon), /^16 Jan[^\d]*12:00$/)
  assert.match(formatTime(noon - 60 * 86_400_000, 'en-GB', noon), /^16 Nov[^\d]*12:00$/)
  assert.match(formatTime(noon + 200 * 86_400_000, 'en-GB', noon), /3 Aug 2030.*1[123]:00/)
})
