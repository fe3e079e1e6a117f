import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { playRoomCourse, roomCourseOf, type RoomCourse } from './roomCourse.ts'

const seed = Number(process.env['TINCAN_SEED'] ?? randomInt(2 ** 31))

/** Somebody who lost the right to invite, and does not know it yet, brings in somebody. */
const voidInvite: RoomCourse = {
  people: 3,
  seed: 0,
  steps: [
    { type: 'partition', who: 0 },
    { type: 'setRole', who: 0, whom: 1, role: 'read-only' },
    { type: 'join', who: 1, whom: 2, role: 'read-only', history: 'all' },
  ],
}

/** Somebody who is handed the room, and leaves it before it hears of that. */
const ownerLeaves: RoomCourse = {
  people: 4,
  seed: 0,
  steps: [
    { type: 'setRole', who: 0, whom: 1, role: 'owner' },
    { type: 'leave', who: 1 },
    { type: 'separate', who: 0, whom: 1 },
    { type: 'wait', ms: 200 },
  ],
}

/** Somebody who was removed, and comes back with an invite that it hears of before it has the key that it is said under. */
const backBeforeKeys: RoomCourse = {
  people: 2,
  seed: 220845,
  steps: [
    { type: 'cut', who: 0, whom: 3 },
    { type: 'meddle', mishap: 'drop' },
    { type: 'remove', who: 0, whom: 3 },
    { type: 'join', who: 0, whom: 1, role: 'admin', history: 'all' },
    { type: 'setClock', who: 0, byMs: -3_600_000 },
    { type: 'wait', ms: 1 },
    { type: 'setRole', who: 0, whom: 0, role: 'owner' },
    { type: 'remove', who: 0, whom: 0 },
    { type: 'wait', ms: 1 },
  ],
}

/** Somebody who comes back to a room that it left, and leaves it again. */
const leavesTwice: RoomCourse = {
  people: 3,
  seed: 19,
  steps: [
    { type: 'setRole', who: 0, whom: 1, role: 'owner' },
    { type: 'leave', who: 0 },
    { type: 'join', who: 0, whom: 0, role: 'admin', history: 'all' },
    { type: 'remove', who: 0, whom: 0 },
    { type: 'join', who: 1, whom: 0, role: 'admin', history: 'all' },
    { type: 'leave', who: 0 },
    { type: 'send', who: 0, count: 1 },
    { type: 'separate', who: 0, whom: 0 },
  ],
}

/** Somebody who is let in, and loses whoever let it in before it can say that it joined, as that one may not invite any more. */
const losesItsHost: RoomCourse = {
  people: 3,
  seed: 562700,
  steps: [
    { type: 'meddle', mishap: 'swap' },
    { type: 'send', who: 0, count: 1 },
    { type: 'join', who: 1, whom: 2, role: 'read-only', history: 'all' },
    { type: 'setRole', who: 0, whom: 1, role: 'read-only' },
    { type: 'meddle', mishap: 'none' },
    { type: 'wait', ms: 1 },
    { type: 'join', who: 0, whom: 0, role: 'admin', history: 'all' },
    { type: 'join', who: 0, whom: 0, role: 'admin', history: 'all' },
  ],
}

/** Somebody who leaves, and can say so at first only to a guest whose invite nobody else counts any more. */
const tellsOnlyAGuest: RoomCourse = {
  people: 4,
  seed: 874987,
  steps: [
    { type: 'wait', ms: 200 },
    { type: 'meddle', mishap: 'scramble' },
    { type: 'send', who: 0, count: 1 },
    { type: 'join', who: 2, whom: 3, role: 'read-only', history: 'all' },
    { type: 'remove', who: 0, whom: 1 },
    { type: 'wait', ms: 3_000 },
    { type: 'send', who: 0, count: 1 },
    { type: 'join', who: 0, whom: 0, role: 'admin', history: 'all' },
    { type: 'setRole', who: 0, whom: 0, role: 'owner' },
    { type: 'leave', who: 2 },
  ],
}

/** Somebody who is let in by somebody who hears before the joining that it may not invite any more. */
const losesItsInvite: RoomCourse = {
  people: 3,
  seed: 0,
  steps: [
    { type: 'restart', who: 0 },
    { type: 'setRole', who: 0, whom: 4, role: 'read-only' },
    { type: 'leave', who: 0 },
    { type: 'join', who: 1, whom: 2, role: 'read-only', history: 'all' },
    { type: 'wait', ms: 1 },
    { type: 'send', who: 0, count: 1 },
    { type: 'wait', ms: 1 },
  ],
}

/** Somebody who removes somebody and leaves: the last of it comes to the owner, and not what was before it. */
const lastWordOnly: RoomCourse = {
  people: 3,
  seed: 764390,
  steps: [
    { type: 'join', who: 0, whom: 5, role: 'admin', history: 'all' },
    { type: 'remove', who: 2, whom: 4 },
    { type: 'leave', who: 5 },
    { type: 'send', who: 0, count: 1 },
    { type: 'meddle', mishap: 'drop' },
    { type: 'wait', ms: 15_000 },
  ],
}

/** Somebody whose host is removed before it has handed on who else belongs. */
const hostGoes: RoomCourse = {
  people: 3,
  seed: 877523,
  steps: [
    { type: 'meddle', mishap: 'drop' },
    { type: 'join', who: 4, whom: 0, role: 'admin', history: 'all' },
    { type: 'join', who: 1, whom: 2, role: 'member', history: 'all' },
    { type: 'remove', who: 0, whom: 4 },
    { type: 'leave', who: 0 },
    { type: 'send', who: 0, count: 1 },
    { type: 'meddle', mishap: 'none' },
    { type: 'wait', ms: 15_000 },
  ],
}

test('whatever happens to the people of a room, all who belong have the same room in the end, and nobody else reads it', async (t) => {
  t.diagnostic(`seed ${seed} (set TINCAN_SEED to repeat it)`)
  await fc.assert(fc.asyncProperty(roomCourseOf({ min: 2, max: 4 }), playRoomCourse), {
    numRuns: 90,
    seed,
    examples: [
      [voidInvite],
      [ownerLeaves],
      [backBeforeKeys],
      [leavesTwice],
      [losesItsHost],
      [tellsOnlyAGuest],
      [losesItsInvite],
      [lastWordOnly],
      [hostGoes],
    ],
  })
})
