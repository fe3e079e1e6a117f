import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RoomBody } from '../../../src/shared/rooms.ts'
import { RoomWorld } from './roomWorld.ts'

test('an owner who left before it heard that the room is its own: everybody reads to whom the room went', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  const [aliceId, bobId] = [(await alice.identity()).person, (await bob.identity()).person]
  for (const other of [bob, carol]) world.network.separate(alice.transport, other.transport)
  await alice.request('room/setRole', { conversation, person: bobId, role: 'owner' })
  await bob.request('room/leave', { conversation })
  await world.clock.advance(5_000)
  const leaving = async (): Promise<readonly RoomBody[]> =>
    (await carol.history(conversation)).flatMap(({ body }) =>
      body.kind === 'room' && body.change === 'left' ? [body] : [],
    )
  assert.deepEqual(await leaving(), [{ kind: 'room', change: 'left', person: bobId }])

  carol.changed.splice(0)
  world.network.heal()
  await world.clock.advance(60_000)
  const told: RoomBody = { kind: 'room', change: 'left', person: bobId, owner: aliceId }
  assert.deepEqual(await leaving(), [told])
  assert.deepEqual(
    carol.changed.flatMap(({ body }) => (body.kind === 'room' ? [body] : [])),
    [told],
  )
  assert.equal((await alice.conversation()).room?.ownRole, 'owner')
})
