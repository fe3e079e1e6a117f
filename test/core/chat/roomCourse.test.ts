import { test } from 'node:test'
import fc from 'fast-check'
import { anyRoomCourse, playRoomCourse } from './roomCourse.ts'

test('whatever happens to the people of a room, all who belong have the same room in the end, and nobody else reads it', async () => {
  await fc.assert(fc.asyncProperty(anyRoomCourse, playRoomCourse), { numRuns: 20 })
})
