import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RoomWorld } from './roomWorld.ts'

test('three people who are not all contacts talk in a room', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people

  await alice.send(conversation, 'Hello all')
  await bob.send(conversation, 'Hello from Bob')
  await carol.send(conversation, 'Hello from Carol')
  await world.clock.advance(5_000)

  for (const person of people) {
    assert.deepEqual((await person.texts(conversation)).sort(), ['Hello all', 'Hello from Bob', 'Hello from Carol'])
    assert.deepEqual(person.complaints, [])
  }
})
