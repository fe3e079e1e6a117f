import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatSections, ratio, target } from './report.ts'

const own = { median: 1.6, min: 1, max: 2, of: 5 }
const raw = { median: 0.2, min: 0.2, max: 0.2, of: 5 }

test('a ratio says how many times worse than the plain socket, whatever worse means', () => {
  assert.equal(Math.round(ratio(own, raw)), 8)
  assert.equal(
    ratio({ median: 50, min: 1, max: 99, of: 5 }, { median: 200, min: 1, max: 999, of: 5 }, 'more-is-better'),
    4,
  )
})

test('the table shows the figure, its range, the plain socket, the ratio, the target and the verdict', () => {
  const entries = [
    { name: 'p50', unit: 'ms', figure: own, raw, ratio: 8, target: target('at most 8×', true) },
    { name: 'rate', unit: 'per second', figure: { median: 20_000, min: 20_000, max: 20_000, of: 5 } },
    { name: 'p99', unit: 'ms', figure: own, target: target('under 1 ms', false) },
  ] as const
  const [title, head, ...rows] = formatSections([{ title: 'Live', entries }]).split('\n')
  assert.equal(title, 'Live')
  assert.match(head ?? '', /median +range +plain socket +ratio +target/)
  assert.match(rows[0] ?? '', /^p50 \(ms\) +1\.60 +1\.00–2\.00 +0\.20 +8\.00× +at most 8× +met$/)
  assert.match(rows[1] ?? '', /^rate \(per second\) +20,000$/)
  assert.match(rows[2] ?? '', /^p99 \(ms\) +1\.60 +1\.00–2\.00 +under 1 ms +MISSED$/)
})
