import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addedLines } from '../../../src/host/patch/addedLines.ts'
import { nodeBinaryMeans } from '../../../src/host/patch/nodeBinaryMeans.ts'
import { parsePatch } from '../../../src/shared/patch/parsePatch.ts'
import { planPatch } from '../../../src/shared/patch/planPatch.ts'
import { plainEnglish } from '../plainEnglish.ts'

const kettle = Array.from({ length: 40 }, (_, at) => `line ${String(at + 1)}`)
const hunk = (at: number, ...added: readonly string[]): string =>
  `@@ -${String(at)},2 +${String(at)},${String(2 + added.length)} @@\n line ${String(at)}\n${added.map((line) => `+${line}\n`).join('')} line ${String(at + 1)}\n`
const head = (path: string): string => `--- a/${path}\n+++ b/${path}\n`

/** What is added, as `place: text`, to a file of forty lines in front of which there are `above` more. */
function added(text: string, above = 0): string[] {
  const present = [...Array.from({ length: above }, () => 'above'), ...kettle, ''].join('\n')
  const stateOf = (path: string): string | undefined => (path === 'src/kettle.ts' ? present : undefined)
  const { files } = planPatch(parsePatch(text), stateOf, nodeBinaryMeans)
  return addedLines(files, plainEnglish).map(({ place, text: line }) => `${place}: ${line}`)
}

test('lines have the numbers that they come to have in the file, also where it moved', () => {
  const text = `${head('src/kettle.ts')}${hunk(10, 'one', 'two')}${hunk(30, 'three')}`
  const name = 'The name of a file: src/kettle.ts'
  assert.deepEqual(added(text), [
    name,
    'kettle.ts, line 11: one',
    'kettle.ts, line 12: two',
    'kettle.ts, line 33: three',
  ])
  assert.deepEqual(added(text, 5).slice(1), [
    'kettle.ts, line 16: one',
    'kettle.ts, line 17: two',
    'kettle.ts, line 38: three',
  ])
})

test('what is not applied is left out, and a new file is counted from its first line', () => {
  const lost = hunk(20, 'never').replaceAll('line 2', 'other 2')
  assert.deepEqual(added(`${head('src/kettle.ts')}${hunk(10, 'one')}${lost}`).slice(1), ['kettle.ts, line 11: one'])
  assert.deepEqual(added(`${head('gone.ts')}${hunk(10, 'one')}`), [])
  const made = '--- /dev/null\n+++ b/src/\u0430dmin.py\n@@ -0,0 +1,2 @@\n+first\n+second\n'
  assert.deepEqual(added(made), [
    'The name of a file: src/\u0430dmin.py',
    '⚠ \u0430dmin.py, line 1: first',
    '⚠ \u0430dmin.py, line 2: second',
  ])
})
