import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idBytes } from '../../../src/core/codec/bytes.ts'
import { noPrevious } from '../../../src/core/event/event.ts'
import type { Frame } from '../../../src/core/link/frame.ts'
import { greet } from '../../../src/core/link/greeting.ts'
import { count } from '../../record/tally.ts'
import { flood } from './flood.ts'
import { accountOfPerson, addressOfPerson, Insider } from './insider.ts'
import { aroundIdBytes } from '../../../src/core/signals/signal.ts'
import { World } from './world.ts'

const anyDevice = new Uint8Array(32).fill(5)
/** What an insider sends as its `i`th frame; `theirs` is the device it sends to. */
type Make = (i: number, insider: Insider, theirs: Uint8Array) => Frame

const floods: readonly (readonly [string, Make])[] = [
  ['pings', (i) => ({ type: 'ping', nonce: i })],
  ['conversations', (i) => ({ type: 'open', channel: i % 1000, token: new Uint8Array(32).fill(i) })],
  ['answers nobody asked for', () => ({ type: 'done', channel: 0, device: anyDevice })],
  ['questions about logs there are not', () => ({ type: 'want', channel: 0, device: anyDevice, from: 1, to: 9 })],
  [
    'claims, given and taken back',
    (i, _, device) => ({ type: 'have', channel: 0, entries: [{ device, ranges: i % 2 ? [] : [{ from: 1, to: 9 }] }] }),
  ],
  ['signs of writing', (i) => ({ type: 'typing', channel: 0, isTyping: i % 2 === 0 })],
  ['signs of reading', (i) => ({ type: 'read', channel: 0, upTo: { clock: i + 1, id: anyDevice } })],
  ['signs of coming and going', (i) => ({ type: 'presence', isLastSeenShown: i % 2 === 0 })],
  [
    'word of who is there',
    (i) => ({ type: 'around', channel: 0, members: [{ id: anyDevice.subarray(0, aroundIdBytes), agoSeconds: i % 9 }] }),
  ],
  ['keepsakes', (i) => ({ type: 'keepsake', secret: new Uint8Array(32).fill(i), token: anyDevice })],
  [
    'names',
    (i, { account }) => ({
      type: 'profile',
      name: `Bob ${String(i)}`,
      deviceList: account.deviceList,
      addressSecret: account.addressSecret,
    }),
  ],
]

for (const [what, make] of floods)
  test(`a contact who floods with ${what} is cut off, the user is told once, and others are served meanwhile`, async () => {
    const world = new World()
    const { alice, bob } = await world.pair()
    const carol = await world.person('Carol')
    const other = await world.befriend(alice, carol)
    const [flooded] = (await alice.request('conversation/list', {})).filter(({ id }) => id !== other)
    assert.ok(flooded !== undefined)
    for (let i = 1; i <= 9; i++) await alice.send(flooded.id, `message ${String(i)} of nine`)
    const theirs = idBytes((await alice.identity()).device)
    const insider = await Insider.takeOver(world, bob, alice)
    let commits = 0
    alice.stores.onCommit = () => commits++
    const changedBefore = alice.changed.length
    let drawn = 0
    alice.chat.on('conversation/changed', () => drawn++)
    const sent = await flood(world, insider, 60_000, (i) => make(i, insider, theirs))
    assert.equal(insider.link.isClosed, true)
    assert.ok(sent <= 45_000, `${String(sent)} frames were taken`)
    assert.ok(commits < 60, `${String(commits)} transactions`)
    assert.ok(alice.changed.length - changedBefore <= 30, `${String(alice.changed.length)} changes were told`)
    // One a turn, however many came in it.
    assert.ok(drawn <= 60 + sent / 400, `${String(drawn)} rows were drawn`)

    await carol.send(other, 'can you hear me')
    await world.clock.advance(1_000)
    assert.ok((await alice.texts(other)).includes('can you hear me'))

    const again = await Insider.takeOver(world, bob, alice)
    await flood(world, again, 60_000, (i) => make(i, again, theirs))
    assert.equal(again.link.isClosed, true)
    const notices = await alice.notices(flooded.id)
    assert.equal(notices.filter((notice) => notice === 'flooding').length, 1)
  })

test('a contact who sends more than anybody can read is pointed out once an hour, and everything is kept', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  let previous = noPrevious
  let seq = 0
  const say = async (messages: number): Promise<void> => {
    for (let i = 0; i < messages; i++) {
      seq++
      const { run, id } = insider.write({ text: `${String(seq)} of very many`, seq, previous, clock: 10 + seq })
      previous = id
      insider.send(run)
      if (i % 8 === 7) await world.clock.advance(60)
    }
    await world.clock.advance(1_000)
  }
  const pointedOut = async (): Promise<number> =>
    (await alice.notices(conversation)).filter((notice) => notice === 'flooding').length

  await say(2_900)
  assert.equal(await pointedOut(), 0)
  await say(1_100)
  assert.equal(await pointedOut(), 1)
  assert.equal((await alice.texts(conversation)).length, 4_000)
  assert.equal(insider.link.isClosed, false)

  await world.clock.advance(60 * 60_000)
  const more = await Insider.takeOver(world, bob, alice)
  for (let i = 0; i < 4_000; i++) {
    const { run, id } = more.write({ text: `${String(++seq)} of very many`, seq, previous, clock: 10 + seq })
    previous = id
    more.send(run)
    if (i % 8 === 7) await world.clock.advance(60)
  }
  await world.clock.advance(1_000)
  assert.equal(await pointedOut(), 2)
})

test('a contact who calls again and again is answered now and then, and the others are not kept waiting', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  const carol = await world.person('Carol')
  const other = await world.befriend(alice, carol)
  await alice.send(other, 'before the storm')
  const account = await accountOfPerson(bob)
  const keyPair = account.addressOn(world.clock.now())
  await bob.stop()
  await world.clock.advance(30_000)
  let commits = 0
  alice.stores.onCommit = () => commits++
  const transport = world.network.createTransport()
  await transport.start()
  let answered = 0
  for (let i = 0; i < 500; i++) {
    const address = await addressOfPerson(alice, world.clock.now())
    const dialled = await world.settled(transport.dial(address, keyPair))
    if (dialled.kind !== 'open') continue
    const { connection } = dialled
    const hello = {
      device: account.device.publicKey,
      deviceListBytes: account.deviceList,
      incarnation: new Uint8Array(8).fill(i),
      now: world.clock.now(),
    }
    greet(connection, hello, account.device.secretKey, world.clock, ({ kind }) => {
      if (kind === 'greeted') answered++
    })
    await world.clock.advance(60)
    connection.destroy()
  }
  count({ badInputs: 500 })
  // Five hundred calls in less than a minute: the burst, and one every two seconds.
  assert.ok(answered >= 20 && answered <= 50, `${String(answered)} calls were answered`)
  assert.ok(commits <= 2 * 50, `${String(commits)} transactions`)
  await carol.send(other, 'after the storm')
  await world.clock.advance(1_000)
  assert.deepEqual(await alice.texts(other), ['before the storm', 'after the storm'])
})

test('a contact who sends the same message for ever is cut off, and the message is there once', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  const { run } = insider.write({ text: 'said again and again', seq: 1, previous: noPrevious, clock: 9 })
  let sent = 0
  for (; sent < 8_000 && !insider.link.isClosed; sent++) {
    insider.send(run)
    if (sent % 16 === 15) await world.clock.advance(40)
  }
  count({ badInputs: sent })
  assert.ok(insider.link.isClosed && sent > 4_000, `${String(sent)} times`)
  assert.deepEqual(await alice.texts(conversation), ['said again and again'])
})

test('a contact who opens one thing twice is cut off: looking for what it names costs work', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  const open = (fill: number): Frame => ({ type: 'open', channel: fill, token: new Uint8Array(32).fill(fill) })
  for (const fill of [1, 2]) insider.link.send(open(fill))
  await world.clock.advance(100)
  assert.equal(insider.link.isClosed, false)
  insider.link.send(open(1))
  await world.clock.advance(100)
  assert.equal(insider.link.isClosed, true)
})
