import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noPrevious } from '../../../src/core/event/event.ts'
import type { Run } from '../../../src/core/event/run.ts'
import { encodeHello } from '../../../src/core/link/hello.ts'
import { encodePackets } from '../../../src/core/link/packet.ts'
import { count } from '../../record/tally.ts'
import { accountOfPerson, addressOfPerson, Insider } from './insider.ts'
import { World } from './world.ts'

test('an event that comes again on a later link, and after a restart, is there and told once', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const first = await Insider.takeOver(world, bob, alice)
  const { run } = first.write({ text: 'said only once', seq: 1, previous: noPrevious, clock: 9 })
  first.send(run)
  await world.clock.advance(500)
  for (const isRestarted of [false, true]) {
    if (isRestarted) {
      await alice.stop()
      await alice.start()
    }
    const again = await Insider.takeOver(world, bob, alice)
    again.send(run)
    await world.clock.advance(500)
    count({ badInputs: 1 })
    assert.deepEqual(await alice.texts(conversation), ['said only once'])
  }
  assert.equal(alice.added.filter(({ body }) => body.kind === 'text').length, 1)
  assert.equal((await alice.conversation()).unread, 1)
})

test('a hello that was captured on another connection opens no link', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  const account = await accountOfPerson(bob)
  const captured = await Insider.takeOver(world, bob, alice)
  const fields = {
    device: account.device.publicKey,
    deviceListBytes: account.deviceList,
    incarnation: new Uint8Array(8).fill(9),
    now: world.clock.now(),
  }
  const hello = encodeHello(fields, account.device.secretKey, captured.link.connection)
  captured.link.close('leaving')
  await world.clock.advance(20_000)
  const transport = world.network.createTransport()
  await transport.start()
  for (const isCaptured of [true, false]) {
    const address = await addressOfPerson(alice, world.clock.now())
    const dialled = await world.settled(transport.dial(address, account.addressOn(world.clock.now())))
    assert.ok(dialled.kind === 'open')
    const { connection } = dialled
    const own = isCaptured ? hello : encodeHello(fields, account.device.secretKey, connection)
    for (const packet of encodePackets([own])) connection.send(packet)
    await world.clock.advance(500)
    count({ badInputs: 1 })
    assert.equal((await alice.request('network/status', {})).links.length, isCaptured ? 0 : 1)
  }
})

test('what another wrote changes nothing when it is sent back, and does not open under a name of one’s own', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'the words of Alice')
  await world.clock.advance(500)
  const insider = await Insider.takeOver(world, bob, alice)
  const { device } = await alice.identity()
  insider.link.send({
    type: 'want',
    channel: 0,
    device: (await accountOfPerson(alice)).device.publicKey,
    from: 1,
    to: 1,
  })
  await world.clock.advance(500)
  const [theirs] = insider.runsOf(device)
  assert.ok(theirs !== undefined)
  insider.send(theirs)
  insider.send({ ...theirs, device: insider.account.device.publicKey })
  await world.clock.advance(500)
  assert.deepEqual(await alice.texts(conversation), ['the words of Alice'])
  assert.match(alice.log.text, /Refused a run/)

  const stolen = theirs.events[0]?.body
  assert.ok(stolen?.kind === 'sealed')
  const { run } = insider.writeSealed(stolen.bytes, { seq: 1, previous: noPrevious, clock: 50 })
  insider.send(run)
  await world.clock.advance(500)
  count({ badInputs: 3 })
  const last = (await alice.history(conversation)).at(-1)
  assert.deepEqual(last?.body, { kind: 'unreadable', why: 'damaged' })
})

test('a gap is shown as one and filled from below, in its place, when the other side has what is missing', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  const texts = ['the first of three', 'the second of three', 'the third of three']
  const runs: Run[] = []
  let previous = noPrevious
  texts.forEach((text, i) => {
    const { run, id } = insider.write({ text, seq: i + 1, previous, clock: 10 + i })
    runs.push(run)
    previous = id
  })
  const [one, two, three] = runs as [Run, Run, Run]
  const device = insider.account.device.publicKey
  insider.link.send({ type: 'have', channel: 0, entries: [{ device, ranges: [{ from: 1, to: 3 }] }] })
  insider.send(three)
  await world.clock.advance(500)
  assert.deepEqual(await alice.texts(conversation), ['the third of three'])
  assert.equal((await alice.conversation()).missing, 2)
  // Nobody who is asked may put something else into the gap, not even the author.
  insider.send(insider.write({ text: 'another second', seq: 2, previous: noPrevious, clock: 11 }).run)
  await world.clock.advance(500)
  assert.deepEqual(await alice.texts(conversation), ['the third of three'])

  for (const run of [two, one]) {
    // What the event above names needs no signature of its own.
    insider.send({ device: run.device, previous: run.previous, events: run.events })
    await world.clock.advance(500)
  }
  assert.deepEqual(await alice.texts(conversation), texts)
  assert.equal((await alice.conversation()).missing, 0)
})
