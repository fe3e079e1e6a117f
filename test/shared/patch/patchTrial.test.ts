import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { maxTrialParts, parsePatchTrial, type PatchTrial } from '../../../src/shared/patch/patchTrial.ts'
import { count } from '../../record/tally.ts'

const trial: PatchTrial = {
  files: [
    [
      { kind: 'applied', line: 9, moved: -2 },
      { kind: 'refused', reason: 'no-match' },
    ],
    [{ kind: 'applied' }],
    [{ kind: 'refused', reason: 'binary-large' }],
    [],
  ],
  isDone: true,
}

test('a trial is read as it was written, and nothing beside it', () => {
  assert.deepEqual(parsePatchTrial(JSON.parse(JSON.stringify(trial))), trial)
  const more = { ...trial, files: [[{ kind: 'applied', line: 1, text: 'x' }]], path: '/etc' }
  assert.deepEqual(parsePatchTrial(more), { files: [[{ kind: 'applied', line: 1 }]], isDone: true })
})

test('a trial with anything wrong in it is none', () => {
  const parts = (part: unknown): unknown => ({ files: [[part]], isDone: false })
  const rows: readonly unknown[] = [
    undefined, null, 1, 'x', [], {}, { files: [] }, { isDone: true }, { files: {}, isDone: true }, { files: [1], isDone: true },
    { files: [[]], isDone: 1 }, parts(null), parts({}), parts({ kind: 'done' }), parts({ kind: 'refused' }),
    parts({ kind: 'refused', reason: 'because' }), parts({ kind: 'refused', reason: 'toString' }), parts({ kind: 'applied', line: 0 }),
    parts({ kind: 'applied', line: 1.5 }), parts({ kind: 'applied', line: 1e9 }), parts({ kind: 'applied', moved: '2' }),
    { files: Array.from({ length: maxTrialParts + 1 }, () => []), isDone: true },
    { files: Array.from({ length: maxTrialParts + 1 }, () => [{ kind: 'applied' }]), isDone: true },
    { files: [Array.from({ length: maxTrialParts + 1 }, () => ({ kind: 'applied' }))], isDone: true },
  ] // prettier-ignore
  for (const row of rows) assert.equal(parsePatchTrial(row), undefined, JSON.stringify(row ?? null).slice(0, 80))
  count({ badInputs: rows.length })
  fc.assert(
    fc.property(fc.anything(), (value) => {
      parsePatchTrial(value)
    }),
  )
})
