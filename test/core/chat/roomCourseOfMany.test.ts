import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { playRoomCourse, roomCourseOf } from './roomCourse.ts'

const seed = Number(process.env['TINCAN_SEED'] ?? randomInt(2 ** 31))

test('whatever happens to five or six people of a room, the same holds', async (t) => {
  t.diagnostic(`seed ${seed} (set TINCAN_SEED to repeat it)`)
  await fc.assert(fc.asyncProperty(roomCourseOf({ min: 5, max: 6 }), playRoomCourse), { numRuns: 60, seed })
})
