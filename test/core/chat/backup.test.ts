import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MemoryDisk } from '../../doubles/memoryStore.ts'
import { World } from './world.ts'

function copyOf(disk: MemoryDisk): MemoryDisk {
  const copy = new MemoryDisk()
  for (const [kind, records] of disk.records) copy.records.set(kind, new Map(records))
  for (const [log, rows] of disk.logs) copy.logs.set(log, new Map(rows))
  for (const [conversation, rows] of disk.conversations) copy.conversations.set(conversation, [...rows])
  return copy
}

test('a device restored from an old backup gets its own newer messages back, and writes behind them', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'one')
  await world.clock.advance(500)
  const backup = copyOf(alice.disk)
  for (const text of ['two', 'three']) await alice.send(conversation, text)
  await world.clock.advance(500)
  await alice.stop()
  alice.disk = backup
  await alice.start()
  assert.deepEqual(await alice.texts(conversation), ['one'])

  await world.linked(alice, bob)
  await world.clock.advance(1_000)
  assert.deepEqual(await alice.texts(conversation), ['one', 'two', 'three'])
  assert.equal((await alice.conversation()).unread, 0)
  const { seq } = await alice.send(conversation, 'four')
  assert.equal(seq, 4)
  await world.clock.advance(1_000)
  assert.deepEqual(await bob.texts(conversation), ['one', 'two', 'three', 'four'])
  for (const person of [alice, bob]) assert.deepEqual(await person.notices(conversation), ['contact-added'])
  assert.equal(await alice.state(conversation, 'three'), 'delivered')
})

test('one that writes before it has asked contradicts itself: the other keeps the first, says so, and can go on', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'one')
  await world.clock.advance(500)
  const backup = copyOf(alice.disk)
  await alice.send(conversation, 'two')
  await world.clock.advance(500)
  await alice.stop()
  alice.disk = backup
  await alice.start()
  await alice.send(conversation, 'other two')
  await world.linked(alice, bob)
  await alice.send(conversation, 'three')
  await world.clock.advance(1_000)
  await bob.send(conversation, 'what happened?')
  await world.clock.advance(1_000)
  assert.deepEqual(await alice.texts(conversation), ['one', 'other two', 'three', 'what happened?'])
  assert.deepEqual(await bob.texts(conversation), ['one', 'two', 'what happened?'])
  assert.deepEqual(await bob.notices(conversation), ['contact-added', 'conflicting-history'])
})
