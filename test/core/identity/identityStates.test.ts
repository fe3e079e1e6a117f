import assert from 'node:assert/strict'
import test from 'node:test'
import { nextStep, type IdentityFindings, type IdentityStep } from '../../../src/core/identity/identityStates.ts'

const damaged: IdentityStep = { locked: 'damaged' }
const missing: IdentityStep = { locked: 'secret-missing' }
const wrong: IdentityStep = { locked: 'secret-wrong' }

const table: readonly [IdentityFindings['file'], secret: boolean, unwraps: boolean, IdentityStep][] = [
  ['absent', false, false, 'create'],
  ['absent', false, true, 'create'],
  ['absent', true, false, 'create'],
  ['absent', true, true, 'create'],
  ['present', false, false, missing],
  ['present', false, true, missing],
  ['present', true, false, wrong],
  ['present', true, true, 'open'],
  ['damaged', false, false, damaged],
  ['damaged', false, true, damaged],
  ['damaged', true, false, damaged],
  ['damaged', true, true, damaged],
]

for (const [file, secret, unwraps, step] of table) {
  const found = `file ${file}, ${secret ? 'a' : 'no'} secret, which ${unwraps ? 'unwraps' : 'does not unwrap'}`
  const result = typeof step === 'string' ? step : `locked, ${step.locked}`
  test(`${found}: ${result}`, () => {
    assert.deepEqual(nextStep({ file, secret, unwraps }), step)
  })
}

test('every combination has its row, and only those without a file create', () => {
  const rows = new Set(table.map(([file, secret, unwraps]) => `${file} ${secret} ${unwraps}`))
  assert.equal(rows.size, 12)
  for (const [file, secret, unwraps] of table)
    assert.equal(nextStep({ file, secret, unwraps }) === 'create', file === 'absent')
})
