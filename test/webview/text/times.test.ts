import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTimes, dayOf } from '../../../src/webview/text/times.ts'
import { day, now } from '../harness/fixtures.ts'

describe('createTimes', () => {
  const times = createTimes('en-GB')

  it('names the days as people do', () => {
    assert.equal(times.day(now, now), 'Today')
    assert.equal(times.day(now - day, now), 'Yesterday')
    assert.match(times.day(now - 5 * day, now), /^Sunday,? 15 November$/)
    assert.match(times.day(now - 400 * day, now), /2025$/)
  })

  it('writes the time alone for today, and the date with it otherwise', () => {
    assert.equal(times.moment(now, now), '12:00')
    assert.match(times.moment(now + 3 * day, now), /23 Nov 2026.*12:00/)
  })

  it('is silent about a time that is none', () => {
    assert.equal(times.time(8.64e15 + 1), '')
    assert.equal(times.full(Number.NaN), '')
  })

  it('falls back to English for a locale that is none', () => {
    assert.equal(createTimes('not a locale').day(now, now), 'Today')
    assert.equal(createTimes('de').day(now, now), 'Heute')
  })
})

describe('dayOf', () => {
  it('is the same for two times of one local day, and differs at midnight', () => {
    const midnight = new Date(2026, 10, 20).getTime()
    assert.equal(dayOf(midnight), dayOf(midnight + day - 1))
    assert.notEqual(dayOf(midnight), dayOf(midnight - 1))
  })
})
