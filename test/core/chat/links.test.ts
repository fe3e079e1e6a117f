import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import { signDeviceList } from '../../../src/core/identity/deviceList.ts'
import { greet } from '../../../src/core/link/greeting.ts'
import type { KeyPair } from '../../../src/core/ports/transport.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import type { PeerStatus } from '../../../src/shared/service.ts'
import { fakeStart } from '../../doubles/fakeClock.ts'
import { accountOfPerson, addressOfPerson } from './insider.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs

async function peerOf(person: SimulatedPerson): Promise<PeerStatus> {
  const { peers } = await person.request('network/status', {})
  assert.equal(peers.length, 1)
  return peers[0] as PeerStatus
}

async function linkCount(person: SimulatedPerson): Promise<number> {
  return (await person.request('network/status', {})).links.length
}

/** Both get what the other writes now. */
async function assertChatting(
  world: World,
  [a, b]: readonly [SimulatedPerson, SimulatedPerson],
  conversation: ConversationId,
  marker: string,
): Promise<void> {
  await a.send(conversation, `${marker} from a`)
  await b.send(conversation, `${marker} from b`)
  await world.clock.advance(2_000)
  assert.equal(await a.state(conversation, `${marker} from a`), 'delivered')
  assert.equal(await b.state(conversation, `${marker} from b`), 'delivered')
  assert.deepEqual(await a.texts(conversation), await b.texts(conversation))
}

test('a stranger does not get past the door, whatever key it calls with', async () => {
  const world = new World()
  const { alice } = await world.pair()
  const mallory = await world.person('Mallory')
  const account = await accountOfPerson(mallory)
  const address = await addressOfPerson(alice, world.clock.now())
  const result = await world.settled(mallory.transport.dial(address, account.device))
  assert.deepEqual(result, { kind: 'failed', why: 'refused' })
  const own = await world.settled(mallory.transport.dial(address, account.addressOn(world.clock.now())))
  assert.deepEqual(own, { kind: 'failed', why: 'refused' })
})

interface Speaker {
  readonly device: KeyPair
  readonly root: KeyPair
}
const stranger = {
  device: keyPairFromSeed(new Uint8Array(32).fill(1)),
  root: keyPairFromSeed(new Uint8Array(32).fill(2)),
}
for (const [what, speaks] of [
  ['another person', () => stranger],
  ['another device of the same person, which no newer list names', ({ root }) => ({ device: stranger.device, root })],
  ['the same device for another person', ({ device }) => ({ device, root: stranger.root })],
] satisfies [string, (own: Speaker) => Speaker][])
  test(`one who calls from a contact's address and speaks as ${what} is refused`, async () => {
    const world = new World()
    const { alice, bob } = await world.pair()
    const account = await accountOfPerson(bob)
    await bob.stop()
    await world.clock.advance(1_000)
    const transport = world.network.createTransport()
    await transport.start()
    const now = world.clock.now()
    const address = await addressOfPerson(alice, now)
    const dialled = await world.settled(transport.dial(address, account.addressOn(now)))
    assert.ok(dialled.kind === 'open')
    const { device, root } = speaks(account)
    const devices = [{ key: device.publicKey, addedAt: 1 }]
    const deviceListBytes = signDeviceList({ version: 1, person: root.publicKey, devices }, root)
    const hello = { device: device.publicKey, deviceListBytes, incarnation: new Uint8Array(8), now }
    const ends: string[] = []
    greet(dialled.connection, hello, device.secretKey, world.clock, (result) => {
      if (result.kind === 'failed') ends.push(result.why)
      else dialled.connection.onClose = () => ends.push('closed')
    })
    await world.clock.advance(1_000)
    assert.deepEqual(ends, ['closed'])
    assert.equal(await linkCount(alice), 0)
    assert.match(alice.log.text, /another device than expected/)
  })

test('two who dial each other at the same time end with exactly one link', async () => {
  for (let seed = 1; seed <= 15; seed++) {
    const world = new World(seed)
    const { alice, bob, conversation } = await world.pair()
    world.network.delayMs = { least: 0, most: (seed % 5) * 40 }
    world.network.cut(alice.transport, bob.transport)
    await world.clock.settle()
    void alice.chat.request('network/retry', {})
    void bob.chat.request('network/retry', {})
    await world.clock.advance(10_000)
    assert.equal(world.network.countConnections(alice.transport, bob.transport), 1, `seed ${seed}`)
    assert.deepEqual([await linkCount(alice), await linkCount(bob)], [1, 1])
    await assertChatting(world, [alice, bob], conversation, `seed ${seed}`)
  }
})

test('a restarted peer takes the place of its stale link at once', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  for (const person of [bob, alice]) {
    person.crash()
    await person.start()
    await world.linked(alice, bob, 1_500)
    await assertChatting(world, [alice, bob], conversation, 'again')
  }
})

test('a peer that falls silent is noticed after ten seconds, and linked again when it is back', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  world.network.separate(alice.transport, bob.transport)
  await world.clock.advance(9_000)
  assert.equal(await linkCount(alice), 1)
  await alice.send(conversation, 'into the void')
  assert.equal(await alice.state(conversation, 'into the void'), 'sent')
  await world.clock.advance(7_000)
  assert.equal(await linkCount(alice), 0)
  assert.equal(await alice.state(conversation, 'into the void'), 'queued')
  assert.equal((await alice.conversation()).online, false)
  assert.equal((await peerOf(alice)).reason, 'no-path')

  world.network.rejoin(alice.transport, bob.transport)
  await world.linked(alice, bob)
  await world.clock.advance(1_000)
  assert.equal(await alice.state(conversation, 'into the void'), 'delivered')
  assert.deepEqual(await bob.texts(conversation), ['into the void'])
})

test('after a wake-up a dead link is noticed in five seconds, not in ten, and a live one stays', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  alice.transport.wake()
  await world.clock.advance(6_000)
  assert.equal(await linkCount(alice), 1)
  world.network.separate(alice.transport, bob.transport)
  alice.transport.wake()
  await world.clock.advance(4_900)
  assert.equal(await linkCount(alice), 1)
  await world.clock.advance(200)
  assert.equal(await linkCount(alice), 0)
})

test('one whose connections are gone is linked again at once although the other has not noticed', async () => {
  for (const seed of [1, 2]) {
    const world = new World(seed)
    const { alice, bob, conversation } = await world.pair()
    for (const mover of [alice, bob]) {
      await world.clock.advance(60_000)
      const dials = world.network.dials
      world.network.lose(mover.transport)
      await world.clock.advance(500)
      await assertChatting(world, [alice, bob], conversation, 'moved')
      assert.ok(world.network.dials - dials < 5, `${world.network.dials - dials} dials`)
      assert.deepEqual([await linkCount(alice), await linkCount(bob)], [1, 1])
    }
  }
})

test('a call that opens for the caller alone is given up after five seconds and tried again', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  world.network.phantomShare = 1
  world.network.cut(alice.transport, bob.transport)
  await world.clock.advance(4_000)
  assert.equal(await linkCount(alice), 0)
  assert.equal((await peerOf(alice)).reason, 'connecting')
  await world.clock.advance(30_000)
  world.network.phantomShare = 0
  await world.linked(alice, bob)
  await assertChatting(world, [alice, bob], conversation, 'for real')
})

test('a peer that is away is dialled ever more rarely, and no more while suspended', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await bob.stop()
  await world.clock.advance(10 * 60_000)
  const before = world.network.dials
  await world.clock.advance(hourMs)
  const inAnHour = world.network.dials - before
  assert.ok(inAnHour >= 8 && inAnHour <= 20, `${inAnHour} dials in an hour`)
  const { reason, linked, nextAttemptAt } = await peerOf(alice)
  assert.deepEqual({ reason, linked }, { reason: 'peer-offline', linked: false })
  assert.ok(nextAttemptAt !== undefined && nextAttemptAt > world.clock.now())

  await alice.chat.suspend()
  const asleep = world.network.dials
  await world.clock.advance(hourMs)
  assert.equal(world.network.dials, asleep)
  await bob.start()
  await alice.chat.resume()
  await world.linked(alice, bob)
  await assertChatting(world, [alice, bob], conversation, 'awake')
})

test('one who is linked and suspended dials nobody until it resumes', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  let dials = 0
  const dial = alice.transport.dial.bind(alice.transport)
  alice.transport.dial = (...call) => {
    dials++
    return dial(...call)
  }
  await alice.chat.suspend()
  await world.clock.advance(10 * 60_000)
  assert.equal(dials, 0)
  assert.equal(await linkCount(bob), 0)
  assert.equal((await alice.request('network/status', {})).reason, 'suspended')
  await alice.chat.resume()
  await world.linked(alice, bob)
  await assertChatting(world, [alice, bob], conversation, 'awake')
})

test('a disk that refuses what arrives leads to rare attempts, not to a storm, and to delivery once it works', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  bob.disk.isFull = true
  await alice.send(conversation, 'kept for later')
  const before = world.network.dials
  await world.clock.advance(60_000)
  assert.ok(world.network.dials - before < 25, `${world.network.dials - before} dials in a minute`)
  assert.deepEqual(await bob.texts(conversation), [])
  assert.notEqual(await alice.state(conversation, 'kept for later'), 'delivered')

  bob.disk.isFull = false
  await world.clock.advance(10 * 60_000)
  assert.deepEqual(await bob.texts(conversation), ['kept for later'])
  assert.equal(await alice.state(conversation, 'kept for later'), 'delivered')
  assert.equal(bob.added.filter(({ body }) => body.kind === 'text').length, 1)
})

test('rows that cannot be read while a contact asks for them end the link, not the process', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await bob.stop()
  await alice.send(conversation, 'hard to read')
  alice.stores.isUnreadable = true
  await bob.start()
  await world.clock.advance(30_000)
  assert.deepEqual(await bob.texts(conversation), [])
  alice.stores.isUnreadable = false
  await world.clock.advance(10 * 60_000)
  assert.deepEqual(await bob.texts(conversation), ['hard to read'])
})

test('a link that breaks in the middle of a long sync goes on where it stopped', async () => {
  const world = new World(3)
  const { alice, bob, conversation } = await world.pair()
  await bob.stop()
  const texts = Array.from({ length: 600 }, (_, i) => `message ${i} ${'x'.repeat(700)}`)
  await world.settled(
    Promise.all(
      texts.map((text) => alice.chat.request('message/send', { conversation, body: { kind: 'text', text } })),
    ),
  )
  world.network.delayMs = { least: 30, most: 60 }
  await bob.start()
  for (let i = 0; i < 6; i++) {
    await world.linked(alice, bob)
    await world.clock.advance(120 + 40 * i)
    world.network.cut(alice.transport, bob.transport)
    await world.clock.advance(100)
  }
  const partial = (await bob.texts(conversation)).length
  assert.ok(partial > 0 && partial < texts.length, `${partial} messages came before the last break`)
  await world.linked(alice, bob)
  await world.clock.advance(20_000)
  assert.deepEqual(await bob.texts(conversation), texts)
  assert.equal((await bob.conversation()).missing, 0)
  assert.equal(await alice.state(conversation, texts[0] as string), 'delivered')
})

test('more live messages than a busy receiver can store at once are asked for again, on the same link', async () => {
  const world = new World(1, { highWaterBytes: 10_000_000 })
  const { alice, bob, conversation } = await world.pair()
  world.network.delayMs = { least: 0, most: 0 }
  const since = (await bob.request('network/status', {})).links[0]?.since
  world.network.separate(alice.transport, bob.transport)
  const texts = Array.from({ length: 300 }, (_, i) => `live ${i}`)
  for (const text of texts) await alice.send(conversation, text)
  await world.clock.advance(3_000)
  world.network.rejoin(alice.transport, bob.transport)
  await world.clock.advance(5_000)
  assert.deepEqual(await bob.texts(conversation), texts)
  assert.equal((await bob.request('network/status', {})).links[0]?.since, since)
  assert.deepEqual(bob.complaints, [])
  assert.equal((await bob.conversation()).missing, 0)
})

test('a link survives midnight, and both are found under the keys of the new day', async () => {
  const world = new World(1, { startMs: fakeStart + 11.5 * hourMs })
  const { alice, bob, conversation } = await world.pair()
  // The invite is still listened for, to tell those who come too late.
  const [invite] = alice.transport.listeningKeys.slice(-1)
  const daily = (): string[] => alice.transport.listeningKeys.filter((key) => key !== invite).sort()
  const evening = daily()
  assert.equal(evening.length, 2)
  await world.clock.advance(hourMs)
  await assertChatting(world, [alice, bob], conversation, 'after midnight')
  assert.deepEqual(daily(), evening)
  await bob.stop()
  await world.clock.advance(4 * hourMs)
  await bob.start()
  const morning = daily()
  assert.equal(morning.length, 1)
  assert.ok(evening.includes(morning[0] as string))
  await world.linked(alice, bob)
  await bob.stop()
  await world.clock.advance(dayMs)
  await bob.start()
  assert.equal(daily().includes(morning[0] as string), false)
  await world.linked(alice, bob)
  await assertChatting(world, [alice, bob], conversation, 'a day later')
})

test('two whose clocks stand on different sides of midnight find each other', async () => {
  for (const [a, b] of [
    [-20 * 60_000, 20 * 60_000],
    [20 * 60_000, -20 * 60_000],
  ] as const) {
    const world = new World(1, { startMs: Math.floor(fakeStart / dayMs) * dayMs + dayMs })
    const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
    const conversation = await world.befriend(alice, bob)
    await bob.stop()
    await alice.stop()
    alice.skewMs = a
    bob.skewMs = b
    await alice.start()
    await bob.start()
    await world.linked(alice, bob)
    await assertChatting(world, [alice, bob], conversation, 'midnight')
  }
})

for (const skewMs of [-365 * dayMs, 365 * dayMs])
  test(`contacts whose clocks differ by a year (${skewMs < 0 ? 'behind' : 'ahead'}) find each other again`, async () => {
    const world = new World()
    const [alice, bob] = [await world.person('Alice'), await world.person('Bob', skewMs)]
    // Whoever's clock is behind takes the invite: to the other it would have expired.
    const conversation = skewMs < 0 ? await world.befriend(alice, bob) : await world.befriend(bob, alice)
    await assertChatting(world, [alice, bob], conversation, 'first')
    for (const person of [alice, bob]) {
      assert.equal((await person.request('network/status', {})).reason, 'clock-wrong')
      await person.stop()
      await world.clock.advance(1_000)
      await person.start()
      await world.linked(alice, bob)
      await assertChatting(world, [alice, bob], conversation, 'again')
    }
    const [ahead, behind] = skewMs < 0 ? [alice, bob] : [bob, alice]
    const doubtful = (await behind.history(conversation)).filter(({ sentAtDoubtful }) => sentAtDoubtful === true)
    assert.deepEqual(new Set(doubtful.map(({ author }) => author)), new Set([(await ahead.identity()).person]))
  })

test('a contact that set its clock right again is found, and nothing is wrong any more', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob', 365 * dayMs)]
  const conversation = await world.befriend(bob, alice)
  await bob.stop()
  bob.skewMs = 0
  await bob.start()
  await world.linked(alice, bob)
  await assertChatting(world, [alice, bob], conversation, 'right again')
  for (const person of [alice, bob]) assert.equal((await person.request('network/status', {})).reason, undefined)
})

test('a clock that went back while Tincan was closed is said, as long as nobody disagrees', async () => {
  const world = new World()
  const alice = await world.person('Alice')
  await alice.stop()
  alice.skewMs = -dayMs
  await alice.start()
  assert.equal((await alice.request('network/status', {})).reason, 'clock-wrong')
  await alice.stop()
  alice.skewMs = 0
  await alice.start()
  assert.equal((await alice.request('network/status', {})).reason, undefined)
})

test('a contact whose clock is far off and who is not found is named with that reason', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob', 365 * dayMs)]
  await world.befriend(bob, alice)
  await bob.stop()
  await world.clock.advance(60_000)
  assert.equal((await peerOf(alice)).reason, 'clock-wrong')
})

test('keys that two settle on while they are linked already are used on that very link', async () => {
  for (let atMs = 0; atMs < 120; atMs += 6) {
    const world = new World(atMs + 1)
    const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
    const [one, other] = [
      await alice.request('invite/create', { kind: 'contact', autoAccept: true }),
      await bob.request('invite/create', { kind: 'contact', autoAccept: true }),
    ]
    const answers = [
      bob.chat.request('invite/accept', { link: one.link }),
      alice.chat.request('invite/accept', { link: other.link }),
    ]
    for (const answer of answers) answer.catch(() => undefined)
    await world.clock.advance(atMs)
    world.network.cut(alice.transport, bob.transport)
    await world.settled(Promise.allSettled(answers))
    await world.clock.advance(20_000)
    const { id } = await alice.conversation()
    await assertChatting(world, [alice, bob], id, `cut after ${atMs} ms`)
  }
})

test('a renamed contact is known by its new name, at once or when it is back', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  await alice.request('identity/rename', { name: 'Alicia' })
  await world.clock.advance(1_000)
  assert.equal((await bob.conversation()).title, 'Alicia')
  await bob.stop()
  await alice.request('identity/rename', { name: 'Alix' })
  await bob.start()
  await world.linked(alice, bob)
  await world.clock.advance(1_000)
  assert.equal((await bob.conversation()).title, 'Alix')
  assert.equal((await bob.conversation()).members[0]?.name, 'Alix')
})
