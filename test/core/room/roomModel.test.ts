import { test } from 'node:test'
import fc from 'fast-check'
import { anyCourse, playCourse } from './roomModel.ts'

test('two to six people do anything in any order: one room and one key for those who belong, and nothing for the others', () => {
  fc.assert(fc.property(anyCourse, playCourse), { numRuns: 300 })
})
