/** Nothing polls: while nothing happens, next to nothing is done. */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { MemoryStore } from '../../doubles/memoryStore.ts'
import { World } from './world.ts'

const hourMs = 60 * 60 * 1000

/** What is done for the rest of the test: how many timers were set, and how many transactions begun. */
function account(context: TestContext, world: World): () => { readonly timers: number; readonly transactions: number } {
  const timers = context.mock.method(world.clock, 'after')
  const transactions = context.mock.method(MemoryStore.prototype, 'transaction')
  return () => ({ timers: timers.mock.callCount(), transactions: transactions.mock.callCount() })
}

test('somebody without contacts costs a handful of timers an hour and one note on disk', async (context) => {
  const world = new World()
  await world.person('Alice')
  await world.clock.advance(hourMs)
  const done = account(context, world)
  await world.clock.advance(10 * hourMs)
  const { timers, transactions } = done()
  assert.ok(timers <= 10 * 4, `${timers} timers in ten hours`)
  assert.ok(transactions <= 10, `${transactions} transactions in ten hours`)
})

test('a linked contact costs its keep-alive, and nothing on disk', async (context) => {
  const world = new World()
  await world.pair()
  await world.clock.advance(hourMs)
  const done = account(context, world)
  await world.clock.advance(hourMs)
  const { timers, transactions } = done()
  // Each side may ask every five seconds whether the other is there; what is sent takes a moment on this network.
  assert.ok(timers <= 3 * 2 * (hourMs / 5_000), `${timers} timers in an hour`)
  assert.ok(transactions <= 4, `${transactions} transactions in an hour`)
})

test('a contact who is away is called ever more rarely, and costs next to nothing on disk', async (context) => {
  const world = new World()
  const { alice, bob } = await world.pair()
  await bob.stop()
  await world.clock.advance(hourMs)
  const done = account(context, world)
  const dials = context.mock.method(alice.transport, 'dial')
  await world.clock.advance(10 * hourMs)
  const { timers, transactions } = done()
  assert.ok(dials.mock.callCount() <= 10 * 20, `${dials.mock.callCount()} calls in ten hours`)
  assert.ok(timers <= 10 * 40, `${timers} timers in ten hours`)
  assert.ok(transactions <= 20, `${transactions} transactions in ten hours`)
})
