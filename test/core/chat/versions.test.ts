/** What becomes of a Tincan of today and one of another day. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noPrevious } from '../../../src/core/event/event.ts'
import { encodeHello, linkVersions } from '../../../src/core/link/hello.ts'
import { encodePackets } from '../../../src/core/link/packet.ts'
import { domain, hash, sign } from '../../../src/core/crypto/primitives.ts'
import { concat } from '../../../src/core/codec/bytes.ts'
import type { Connection } from '../../../src/core/ports/transport.ts'
import { count } from '../../record/tally.ts'
import { accountOfPerson, addressOfPerson, Insider } from './insider.ts'
import { World } from './world.ts'

/** A hello that names other versions, signed like any. */
function helloOf(
  hello: Uint8Array,
  versions: readonly [number, number],
  secretKey: Uint8Array,
  connection: Connection,
): Uint8Array {
  const body = hello.slice(64)
  body.set(versions)
  const { handshakeHash, localPublicKey, remotePublicKey } = connection
  const role = new Uint8Array([0])
  const signed = concat(domain('tincan hello'), hash(handshakeHash), role, localPublicKey, remotePublicKey, hash(body))
  return concat(sign(signed, secretKey), body)
}

const { oldest, newest } = linkVersions
for (const [versions, isLinked] of [
  [[oldest, newest], true],
  [[oldest, newest + 1], true],
  [[0, 255], true],
  [[newest, newest + 7], true],
  [[newest + 1, newest + 7], false],
  [[0, oldest - 1], false],
  [[255, 0], false],
] as const)
  test(`a device that speaks the versions ${versions.join(' to ')} of the link ${isLinked ? 'is linked' : 'is not linked, and said to be refused'}`, async () => {
    const world = new World()
    const { alice, bob } = await world.pair()
    const account = await accountOfPerson(bob)
    await bob.stop()
    await world.clock.advance(20_000)
    const transport = world.network.createTransport()
    await transport.start()
    const address = await addressOfPerson(alice, world.clock.now())
    const dialled = await world.settled(transport.dial(address, account.addressOn(world.clock.now())))
    assert.ok(dialled.kind === 'open')
    const { connection } = dialled
    const incarnation = new Uint8Array(8).fill(9)
    const fields = {
      device: account.device.publicKey,
      deviceListBytes: account.deviceList,
      incarnation,
      now: world.clock.now(),
    }
    const { secretKey } = account.device
    const hello = helloOf(encodeHello(fields, secretKey, connection), versions, secretKey, connection)
    for (const packet of encodePackets([hello])) connection.send(packet)
    await world.clock.advance(500)
    count({ badInputs: 1 })
    assert.equal((await alice.request('network/status', {})).links.length, isLinked ? 1 : 0)
    if (!isLinked) assert.match(alice.log.text, /no common version/)
  })

test('frames of every later type are skipped, and what is said between them is heard', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  for (let type = 0; type < 256; type++) {
    const frame = new Uint8Array([type, 1, 2, 3])
    if (type >= 32) for (const packet of encodePackets([frame])) insider.link.connection.send(packet)
  }
  count({ badInputs: 224 })
  insider.send(insider.write({ text: 'heard all the same', seq: 1, previous: noPrevious, clock: 9 }).run)
  await world.clock.advance(500)
  assert.equal(insider.link.isClosed, false)
  assert.deepEqual(await alice.texts(conversation), ['heard all the same'])
})

test('bodies of later versions and kinds, an edit by somebody else among them, are kept, shown as newer, and change nothing', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'what Alice wrote')
  await world.clock.advance(500)
  const insider = await Insider.takeOver(world, bob, alice)
  let previous = noPrevious
  let seq = 0
  const say = async (plaintext: Uint8Array): Promise<void> => {
    seq++
    const { run, id } = insider.writeBody(plaintext, { seq, previous, clock: 20 + seq })
    previous = id
    insider.send(run)
    await world.clock.advance(200)
  }
  // A version and a kind, then whatever such a kind may hold: the id of somebody else's message, and other words for it.
  const [theirs] = (await alice.history(conversation)).filter(({ body }) => body.kind === 'text')
  assert.ok(theirs !== undefined)
  const edit = concat(Buffer.from(theirs.id, 'hex'), new TextEncoder().encode('what Bob would have her say'))
  const later: readonly (readonly [number, number])[] = [
    [1, 200],
    [1, 255],
    [2, 1],
    [9, 9],
    [255, 1],
  ]
  for (const [version, kind] of later) await say(concat(new Uint8Array([version, kind]), edit))
  count({ badInputs: later.length })
  const bodies = (await alice.history(conversation)).map(({ body }) => body).filter(({ kind }) => kind !== 'notice')
  assert.deepEqual(bodies, [
    { kind: 'text', text: 'what Alice wrote' },
    ...later.map(() => ({ kind: 'unreadable', why: 'newer' })),
  ])
  await alice.stop()
  await alice.start()
  assert.equal(
    (await alice.history(conversation)).filter(({ body }) => body.kind === 'unreadable').length,
    later.length,
  )
})
