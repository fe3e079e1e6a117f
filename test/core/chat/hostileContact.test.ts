import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noPrevious } from '../../../src/core/event/event.ts'
import { encodeRun } from '../../../src/core/event/run.ts'
import { encodePackets } from '../../../src/core/link/packet.ts'
import { Insider, accountOfPerson } from './insider.ts'
import { World } from './world.ts'

test('an insider who keeps to the protocol is heard, so that what follows proves something', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  insider.send(insider.write({ text: 'well signed', seq: 1, previous: noPrevious, clock: 9 }).run)
  await world.clock.advance(500)
  assert.deepEqual(await alice.texts(conversation), ['well signed'])
})

test('an event in the name of somebody else is refused', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'mine')
  await world.clock.advance(500)
  const insider = await Insider.takeOver(world, bob, alice)
  const { publicKey } = (await accountOfPerson(alice)).device
  const forged = insider.write(
    { text: 'forged', seq: 2, previous: noPrevious, clock: 9 },
    { device: { publicKey, secretKey: insider.account.device.secretKey } },
  )
  insider.send(forged.run)
  await world.clock.advance(500)
  assert.deepEqual(await alice.texts(conversation), ['mine'])
  assert.match(alice.log.text, /Refused a run/)
  assert.deepEqual((await alice.notices(conversation)).includes('conflicting-history'), false)
})

test('a device that is no member cannot write, even well signed', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const mallory = await world.person('Mallory')
  const insider = await Insider.takeOver(world, bob, alice)
  const { device } = await accountOfPerson(mallory)
  insider.send(insider.write({ text: 'intruder', seq: 1, previous: noPrevious, clock: 9 }, { device }).run)
  await world.clock.advance(500)
  assert.deepEqual(await alice.texts(conversation), [])
})

test('a replayed event is there once', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  const { run } = insider.write({ text: 'once', seq: 1, previous: noPrevious, clock: 9 })
  for (let i = 0; i < 5; i++) {
    insider.send(run)
    await world.clock.advance(100)
  }
  assert.deepEqual(await alice.texts(conversation), ['once'])
  assert.equal(alice.added.filter(({ body }) => body.kind === 'text').length, 1)
  assert.equal((await alice.conversation()).unread, 1)
})

test('an event that was moved from another conversation is refused', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  const event = { text: 'said elsewhere', seq: 1, previous: noPrevious, clock: 9 }
  insider.send(insider.write(event, { conversation: new Uint8Array(32).fill(4) }).run)
  await world.clock.advance(500)
  assert.deepEqual(await alice.texts(conversation), [])
  assert.match(alice.log.text, /Refused a run/)
})

test('of two events with one place the first is kept, the author is flagged once, and the chat goes on', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  const first = insider.write({ text: 'first', seq: 1, previous: noPrevious, clock: 9 })
  insider.send(first.run)
  await world.clock.advance(500)
  for (const text of ['second', 'third']) {
    insider.send(insider.write({ text, seq: 1, previous: noPrevious, clock: 9 }).run)
    await world.clock.advance(500)
  }
  assert.deepEqual(await alice.texts(conversation), ['first'])
  assert.deepEqual(await alice.notices(conversation), ['contact-added', 'conflicting-history'])

  insider.send(insider.write({ text: 'going on', seq: 2, previous: first.id, clock: 20 }).run)
  await world.clock.advance(500)
  await alice.send(conversation, 'still here')
  await world.clock.advance(500)
  assert.deepEqual(await alice.texts(conversation), ['first', 'going on', 'still here'])
  assert.equal(insider.runsOf((await alice.identity()).device).length, 1)
  await alice.stop()
  await alice.start()
  assert.deepEqual(await alice.notices(conversation), ['contact-added', 'conflicting-history'])
  assert.deepEqual(await alice.texts(conversation), ['first', 'going on', 'still here'])
})

test('a body that does not open or decode is shown as unreadable, and what follows it arrives', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  const good = insider.write({ text: 'to be damaged', seq: 1, previous: noPrevious, clock: 9 })
  // Signed over other bytes than the key would seal: the chain is right, the body is not.
  const damaged = insider.writeSealed(new Uint8Array(100).fill(1), { seq: 1, previous: noPrevious, clock: 9 })
  insider.send(damaged.run)
  insider.send(insider.write({ text: 'readable', seq: 2, previous: damaged.id, clock: 10 }).run)
  await world.clock.advance(500)
  assert.notDeepEqual(good.id, damaged.id)
  const bodies = (await alice.history(conversation)).map(({ body }) => body)
  assert.deepEqual(bodies.slice(-2), [
    { kind: 'unreadable', why: 'damaged' },
    { kind: 'text', text: 'readable' },
  ])
})

test('a run that cannot be read ends the link, and costs nothing that was there', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'here before')
  await world.clock.advance(500)
  const insider = await Insider.takeOver(world, bob, alice)
  const { run } = insider.write({ text: 'cut off', seq: 1, previous: noPrevious, clock: 9 })
  const bytes = encodeRun(run)
  insider.link.send({ type: 'run', channel: 0, run: bytes.subarray(0, bytes.length - 1) })
  await world.clock.advance(500)
  assert.equal(insider.link.isClosed, true)
  assert.deepEqual(await alice.texts(conversation), ['here before'])
  await world.clock.advance(20_000)
  const again = await Insider.takeOver(world, bob, alice)
  again.send(run)
  await world.clock.advance(500)
  assert.deepEqual(await alice.texts(conversation), ['here before', 'cut off'])
})

test('a claimed time that cannot be right is marked, and one that can is not', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  const year = 365 * 24 * 60 * 60 * 1000
  const now = world.clock.now()
  const future = insider.write({ text: 'future', seq: 1, previous: noPrevious, clock: 9, sentAt: now + year })
  const present = insider.write({ text: 'present', seq: 2, previous: future.id, clock: 10, sentAt: now })
  insider.send(future.run)
  insider.send(present.run)
  await world.clock.advance(500)
  const marks = (await alice.history(conversation)).flatMap(({ body, sentAtDoubtful }) =>
    body.kind === 'text' ? [[body.text, sentAtDoubtful]] : [],
  )
  assert.deepEqual(marks, [
    ['future', true],
    ['present', undefined],
  ])
})

test('one who keeps sending what is refused is cut off', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  for (let i = 1; i <= 20 && !insider.link.isClosed; i++) {
    const { run } = insider.write({ text: 'x', seq: i, previous: noPrevious, clock: 9 })
    insider.send({ ...run, signature: new Uint8Array(64) })
    await world.clock.advance(100)
  }
  assert.equal(insider.link.isClosed, true)
  assert.equal((await alice.request('network/status', {})).links.length, 0)
})

test('garbage on an open link ends it and changes nothing', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'before')
  await world.clock.advance(500)
  for (const garbage of [new Uint8Array([1, 2, 3]), encodePackets([new Uint8Array([4, 255, 255])])[0] as Uint8Array]) {
    const insider = await Insider.takeOver(world, bob, alice)
    insider.link.connection.send(garbage)
    await world.clock.advance(500)
    assert.equal(insider.link.isClosed, true)
    await bob.start()
    await world.linked(alice, bob)
    await world.clock.advance(1_000)
  }
  assert.deepEqual(await alice.texts(conversation), ['before'])
  assert.deepEqual(await bob.texts(conversation), ['before'])
})

test('a token of another connection opens nothing', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'for members')
  await world.clock.advance(500)
  const first = await Insider.takeOver(world, bob, alice)
  const opened = first.received.filter(({ type }) => type === 'have').length
  assert.equal(opened, 1)
  const { handshakeHash } = first.link.connection
  first.link.close('leaving')
  await world.clock.advance(20_000)
  const second = await Insider.takeOver(world, bob, alice, { tokenOf: { handshakeHash, isInitiator: true } })
  assert.deepEqual(
    second.received.filter(({ type }) => type === 'have' || type === 'run'),
    [],
  )
  const reflected = await Insider.takeOver(world, bob, alice, { tokenOf: { isInitiator: false } })
  assert.deepEqual(
    reflected.received.filter(({ type }) => type === 'have' || type === 'run'),
    [],
  )
})
