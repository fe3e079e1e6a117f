import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { parseStartArguments } from './parseStartArguments.ts'

test('without options two editors start, nothing is opened and nothing is kept', () => {
  assert.deepEqual(parseStartArguments([]), { open: false, desktop: false, check: false })
})

test('a folder for the data is taken relative to where one is', () => {
  assert.deepEqual(parseStartArguments(['--open', '--data', 'kept']), {
    open: true,
    desktop: false,
    check: false,
    data: path.resolve('kept'),
  })
})

for (const [args, complaint] of [
  [['--data'], /--data/],
  [['--data='], /--data needs a folder/],
  [['--opne'], /--opne/],
  [['elsewhere'], /elsewhere/],
  [['--desktop', '--check'], /--desktop goes with neither/],
] as const) {
  test(`the arguments ${JSON.stringify(args)} get a sentence and start nothing`, () => {
    const parsed = parseStartArguments(args)
    assert.ok(typeof parsed === 'string')
    assert.match(parsed, complaint)
  })
}
