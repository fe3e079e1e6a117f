import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createStderrLog } from '../../src/headless/stderrLog.ts'

test('an entry is one line with time, level and message, and an error brings its stack', () => {
  const lines: string[] = []
  const log = createStderrLog(
    (line) => lines.push(line),
    () => new Date(0),
  )
  log.info('Started')
  log.error('Failed', new TypeError('of a wrong type'))
  log.warn('Odd')
  assert.equal(lines[0], '1970-01-01T00:00:00.000Z info Started\n')
  assert.match(lines[1] ?? '', /^1970-01-01T00:00:00\.000Z error Failed: TypeError: of a wrong type\n {4}at /)
  assert.equal(lines[2], '1970-01-01T00:00:00.000Z warn Odd\n')
})

test('the message of a syntax error, which quotes what was parsed, is left out', () => {
  const lines: string[] = []
  const log = createStderrLog((line) => lines.push(line))
  try {
    JSON.parse('planted')
  } catch (error) {
    log.error('Failed', error)
  }
  assert.match(lines.join(''), /SyntaxError\n {4}at /)
  assert.doesNotMatch(lines.join(''), /planted/)
})

test('a cause that is no error is named by its type alone', () => {
  const lines: string[] = []
  createStderrLog((line) => lines.push(line)).error('Failed', 'planted')
  assert.match(lines.join(''), /Failed: string\n$/)
})
