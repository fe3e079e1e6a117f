import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { playRoomCourse, roomCourseOf } from './roomCourse.ts'

const seed = Number(process.env['TINCAN_SEED'] ?? randomInt(2 ** 31))

test('whatever happens to the people of a room, all who belong have the same room in the end, and nobody else reads it', async (t) => {
  t.diagnostic(`seed ${seed} (set TINCAN_SEED to repeat it)`)
  await fc.assert(fc.asyncProperty(roomCourseOf({ min: 2, max: 4 }), playRoomCourse), { numRuns: 90, seed })
})
