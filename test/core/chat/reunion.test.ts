import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idBytes } from '../../../src/core/codec/bytes.ts'
import { keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import { dayOf } from '../../../src/core/identity/addressKeys.ts'
import { encodeHello } from '../../../src/core/link/hello.ts'
import { encodePackets } from '../../../src/core/link/packet.ts'
import {
  acquaintanceToken,
  reunionAddress,
  reunionCaller,
  reunionSecret,
} from '../../../src/core/reunion/reunionKeys.ts'
import { encodeReunion } from '../../../src/core/reunion/reunionMessage.ts'
import { MemoryDisk } from '../../doubles/memoryStore.ts'
import { accountOfPerson } from './insider.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

async function phraseOf(person: SimulatedPerson): Promise<string> {
  return (await person.request('identity/phrase', {})).phrase
}

/** Lets time pass until both are linked, as if somebody pressed "try again" where that may help. */
async function reunited(world: World, a: SimulatedPerson, b: SimulatedPerson): Promise<void> {
  for (const person of [a, b]) await person.request('network/retry', {})
  await world.linked(a, b, 10 * 60_000)
  await world.clock.advance(5_000)
}

test('the phrase alone restores a person on a new machine, and contacts bring themselves and the history back', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const carol = await world.person('Carol')
  const other = await world.befriend(carol, alice)
  for (const text of ['one', 'two']) await alice.send(conversation, text)
  await world.clock.advance(1_000)
  await bob.send(conversation, 'three')
  await carol.send(other, 'from Carol')
  await world.clock.advance(2_000)
  const before = await alice.identity()
  const phrase = await phraseOf(alice)
  await alice.stop()
  await bob.send(conversation, 'sent while she was away')

  const again = await world.newcomer()
  assert.equal(await again.refusal('identity/restore', { phrase: 'no phrase', name: 'Alice' }), 'wrong-phrase')
  assert.deepEqual(await again.request('identity/state', {}), { kind: 'none' })
  const restored = await again.request('identity/restore', { phrase, name: 'Alice' })
  assert.equal(restored.person, before.person)
  assert.notEqual(restored.device, before.device)
  const state = await again.request('identity/state', {})
  assert.ok(state.kind === 'ready' && state.reunionSince !== undefined && !state.phrasePending)
  assert.deepEqual(await again.request('conversation/list', {}), [])

  await reunited(world, again, bob)
  await reunited(world, again, carol)
  assert.deepEqual(await again.texts(conversation), ['one', 'two', 'three', 'sent while she was away'])
  assert.deepEqual(await again.texts(other), ['from Carol'])
  const list = await again.request('conversation/list', {})
  assert.deepEqual(list.map(({ title, unread }) => [title, unread]).sort(), [
    ['Bob', 1],
    ['Carol', 0],
  ])
  const own = (await again.history(conversation)).filter(
    ({ author, body }) => author === before.person && body.kind === 'text',
  )
  assert.deepEqual(
    own.map(({ state: was, body }) => [body.kind, was]),
    [
      ['text', 'delivered'],
      ['text', 'delivered'],
    ],
  )
  // Both can go on, and the other side says that these are other keys.
  await again.send(conversation, 'back')
  await bob.send(conversation, 'welcome')
  await world.clock.advance(2_000)
  assert.deepEqual((await bob.texts(conversation)).slice(-2), ['back', 'welcome'])
  assert.deepEqual((await again.texts(conversation)).slice(-2), ['back', 'welcome'])
  assert.deepEqual(await bob.notices(conversation), ['contact-added', 'keys-changed'])
  assert.equal(await again.state(conversation, 'back'), 'delivered')

  await again.stop()
  await again.start()
  await world.linked(again, bob)
  assert.deepEqual((await again.texts(conversation)).slice(-2), ['back', 'welcome'])
})

test('a device that was lost is not accepted any more once its person came back with another', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'one')
  await world.clock.advance(2_000)
  const phrase = await phraseOf(alice)
  world.network.separate(alice.transport, bob.transport)
  const again = await world.newcomer()
  await again.request('identity/restore', { phrase, name: 'Alice' })
  await reunited(world, again, bob)
  world.network.rejoin(alice.transport, bob.transport)
  await alice.request('network/retry', {})
  await world.clock.advance(60_000)
  assert.deepEqual((await alice.request('network/status', {})).links, [])
  await alice.send(conversation, 'from the thief')
  await world.clock.advance(60_000)
  for (const person of [bob, again]) assert.deepEqual(await person.texts(conversation), ['one'])
})

test('a clock that is years behind does not keep a restored person from being accepted', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'one')
  await world.clock.advance(2_000)
  const phrase = await phraseOf(alice)
  await alice.stop()
  const again = await world.newcomer()
  await again.request('identity/restore', { phrase, name: 'Alice' })
  await reunited(world, again, bob)
  await again.stop()
  // Once more, on a machine that shows an earlier time: its list would be the older one.
  const third = await world.newcomer(-3 * 60 * 60 * 1000)
  await third.request('identity/restore', { phrase, name: 'Alice' })
  await reunited(world, third, bob)
  assert.deepEqual(await third.texts(conversation), ['one'])
  await third.send(conversation, 'two')
  await world.clock.advance(2_000)
  assert.deepEqual(await bob.texts(conversation), ['one', 'two'])
})

for (const [what, lose, cause] of [
  ['was deleted', (alice: SimulatedPerson) => (alice.disk = new MemoryDisk()), 'missing'],
  [
    "was replaced by another person's",
    (alice: SimulatedPerson, bob: SimulatedPerson) => (alice.disk = bob.disk.copy()),
    'foreign',
  ],
] as const)
  test(`when the store ${what}, contacts and history come back, and no number is given twice`, async () => {
    const world = new World()
    const { alice, bob, conversation } = await world.pair()
    for (const text of ['one', 'two']) await alice.send(conversation, text)
    await world.clock.advance(1_000)
    await bob.send(conversation, 'three')
    await world.clock.advance(2_000)
    await alice.stop()
    lose(alice, bob)
    await alice.start()
    assert.equal((await alice.request('store/state', {})).repair?.cause, cause)
    assert.equal(alice.setAside.length, cause === 'foreign' ? 1 : 0)
    assert.deepEqual(await alice.request('conversation/list', {}), [])
    await reunited(world, alice, bob)
    assert.deepEqual(await alice.texts(conversation), ['one', 'two', 'three'])
    assert.equal((await alice.conversation()).unread, 0)
    await alice.send(conversation, 'four')
    await world.clock.advance(2_000)
    assert.deepEqual(await bob.texts(conversation), ['one', 'two', 'three', 'four'])
    assert.deepEqual(await bob.notices(conversation), ['contact-added', 'keys-changed'])
  })

test('one who was told the address, and even the token of another contact, is not let in', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  const mallory = await world.person('Mallory')
  const [own, hers] = [await accountOfPerson(alice), await accountOfPerson(mallory)]
  const { person: bobId } = await bob.identity()
  const phrase = await phraseOf(alice)
  for (const person of [alice, bob]) await person.stop()
  const again = await world.newcomer()
  await again.request('identity/restore', { phrase, name: 'Alice' })

  const secret = reunionSecret(own.root)
  const transport = world.network.createTransport()
  await transport.start()
  const now = world.clock.now()
  const address = reunionAddress(secret, dayOf(now)).publicKey
  const stranger = await world.settled(transport.dial(address, keyPairFromSeed(new Uint8Array(32).fill(9))))
  assert.deepEqual(stranger, { kind: 'failed', why: 'refused' })
  const secrets = { syncSecret: new Uint8Array(32), epochKey: new Uint8Array(32) }
  const { deviceList: deviceListBytes, addressSecret } = own
  for (const [token, list] of [
    [acquaintanceToken(own.root, idBytes(bobId)), deviceListBytes],
    [acquaintanceToken(hers.root, hers.root.publicKey), deviceListBytes],
    // Hers would be right: but she names the devices of somebody else.
    [acquaintanceToken(own.root, hers.root.publicKey), hers.deviceList],
  ] as const) {
    const dialled = await world.settled(transport.dial(address, reunionCaller(secret)))
    assert.ok(dialled.kind === 'open')
    const { connection } = dialled
    let isClosed = false
    connection.onClose = () => (isClosed = true)
    const { device, deviceList } = hers
    const fields = { device: device.publicKey, deviceListBytes: deviceList, incarnation: new Uint8Array(8), now }
    const reunion = { token, name: 'Bob', addressSecret, deviceListBytes: list, secrets, epochKeys: [], knownUpTo: 0 }
    const frames = [encodeHello(fields, device.secretKey, connection), encodeReunion(reunion)]
    for (const packet of encodePackets(frames)) connection.send(packet)
    await world.clock.advance(1_000)
    assert.ok(isClosed)
  }
  assert.deepEqual(await again.request('conversation/list', {}), [])
  assert.deepEqual((await again.request('network/status', {})).peers, [])
})

test('a contact says who it is only to the one who proves to be that person', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  const own = await accountOfPerson(alice)
  const mallory = await accountOfPerson(await world.person('Mallory'))
  await alice.stop()
  const transport = world.network.createTransport()
  await transport.start()
  const heard: Uint8Array[] = []
  const secret = reunionSecret(own.root)
  // Another contact of Alice knows the secret, and so can stand where she would.
  await transport.listen({
    keyPair: reunionAddress(secret, dayOf(world.clock.now())),
    isAllowed: () => true,
    onConnection: (connection) => {
      connection.onMessage = (message) => heard.push(message)
      const { device, deviceList } = mallory
      const fields = { device: device.publicKey, deviceListBytes: deviceList, incarnation: new Uint8Array(8), now: 0 }
      for (const packet of encodePackets([encodeHello(fields, device.secretKey, connection)])) connection.send(packet)
    },
  })
  await bob.request('network/retry', {})
  await world.clock.advance(60_000)
  assert.deepEqual(heard, [])
})
