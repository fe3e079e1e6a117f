import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { anyCourse, playCourse } from './roomModel.ts'

const seed = Number(process.env['TINCAN_SEED'] ?? randomInt(2 ** 31))

test('two to six people do anything in any order: one room and one key for those who belong, and nothing for the others', (t) => {
  t.diagnostic(`seed ${seed} (set TINCAN_SEED to repeat it)`)
  fc.assert(fc.property(anyCourse, playCourse), { numRuns: 300, seed })
})
