import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDatedTime } from '../../../src/host/text/formatDatedTime.ts'

const noon = new Date(2030, 0, 15, 12, 5).getTime()

test('a moment of any day is shown with its whole date, in the order of the language', () => {
  assert.match(formatDatedTime(noon, 'en-GB'), /^15 Jan 2030\D+12:05$/)
  assert.match(formatDatedTime(noon, 'de'), /^15\. Jan\. 2030\D+12:05$/)
  assert.match(formatDatedTime(noon, 'ja'), /^2030年1月15日\D*12:05$/)
})

test('what somebody elsewhere reads names the time zone as well', () => {
  const zoned = formatDatedTime(noon, 'en-GB', 'short')
  assert.ok(zoned.startsWith(formatDatedTime(noon, 'en-GB')))
  assert.match(zoned, /12:05 \S+$/)
})
