import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InviteCode } from '../../../src/core/invite/inviteLink.ts'
import { parseInviteLink } from '../../../src/core/invite/inviteLink.ts'
import { encodeJoin, joinerKeyPair } from '../../../src/core/invite/inviteMessage.ts'
import { introductionOf } from '../../../src/core/invite/introduction.ts'
import { InviteDoor } from '../../../src/core/invite/inviteDoor.ts'
import { decodePacket } from '../../../src/core/link/packet.ts'
import type { Connection } from '../../../src/core/ports/transport.ts'
import type { InviteId } from '../../../src/shared/ids.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { count } from '../../record/tally.ts'
import { heldBytes } from '../fuzz/heldBytes.ts'
import { accountOfPerson } from './insider.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

function codeOf(link: string): InviteCode {
  const parsed = parseInviteLink(link)
  assert.ok(parsed.kind === 'ok')
  return parsed.code
}

/** Calls an invite with the key that gets through, as whoever holds the link can. */
async function call(world: World, caller: SimulatedPerson, code: InviteCode): Promise<Connection> {
  const dialled = await world.settled(caller.transport.dial(code.publicKey, joinerKeyPair(code.secret)))
  assert.ok(dialled.kind === 'open')
  return dialled.connection
}

/** Says `message` on a call; what was answered. */
async function say(world: World, connection: Connection, message: Uint8Array): Promise<Uint8Array[]> {
  const answers: Uint8Array[] = []
  connection.onMessage = (packet) => answers.push(...(decodePacket(packet) ?? []))
  connection.send(InviteDoor.pack(message))
  await world.clock.advance(200)
  return answers
}

async function stateOf(inviter: SimulatedPerson, id: InviteId): Promise<string | undefined> {
  return (await inviter.request('invite/list', {})).own.find(({ invite }) => invite === id)?.state
}

const wrongProof = new Uint8Array([3, 4])

test('five wrong proofs kill an invite, over restarts too', async () => {
  const world = new World()
  const [alice, bob, eve] = [await world.person('Alice'), await world.person('Bob'), await world.person('Eve')]
  const { link, invite } = await alice.request('invite/create', { kind: 'contact', autoAccept: true })
  const code = codeOf(link)
  for (let proofs = 1; proofs <= 5; proofs++) {
    assert.equal(await stateOf(alice, invite), 'live')
    assert.deepEqual(await say(world, await call(world, eve, code), new Uint8Array(200)), [wrongProof])
    if (proofs === 3) {
      alice.crash()
      await alice.start()
    }
  }
  assert.equal(await stateOf(alice, invite), 'revoked')
  assert.equal(await bob.refusal('invite/accept', { link }), 'invite-revoked')
  assert.deepEqual(await alice.request('conversation/list', {}), [])
})

test('a wrong proof is counted on disk before it is answered', async () => {
  const world = new World()
  const [alice, eve] = [await world.person('Alice'), await world.person('Eve')]
  const { link, invite } = await alice.request('invite/create', { kind: 'contact' })
  const code = codeOf(link)
  alice.disk.isFull = true
  for (let i = 0; i < 3; i++) assert.deepEqual(await say(world, await call(world, eve, code), new Uint8Array(9)), [])
  alice.disk.isFull = false
  for (let proofs = 1; proofs <= 5; proofs++) {
    // Dies with the count on disk, before a word of an answer: it counts all the same.
    alice.crashAfterCommits(1)
    assert.deepEqual(await say(world, await call(world, eve, code), new Uint8Array(9)), [])
    assert.equal(alice.isCrashed, true)
    await alice.start()
  }
  assert.equal(await stateOf(alice, invite), 'revoked')
})

test('a proof captured on another call is a wrong one', async () => {
  const world = new World()
  const [alice, bob, eve] = [await world.person('Alice'), await world.person('Bob'), await world.person('Eve')]
  const { link, invite } = await alice.request('invite/create', { kind: 'contact' })
  const code = codeOf(link)
  const account = await accountOfPerson(bob)
  const own = introductionOf(account, world.clock.now())
  const elsewhere = await call(world, bob, code)
  const { bytes } = encodeJoin(own, code.secret, account.device.secretKey, elsewhere)
  assert.deepEqual(await say(world, await call(world, eve, code), bytes), [wrongProof])
  assert.equal(await stateOf(alice, invite), 'live')
  assert.deepEqual(await say(world, elsewhere, bytes), [new Uint8Array([1])])
  assert.equal(await stateOf(alice, invite), 'joining')
})

test('a caller who says nothing is closed after five seconds, and at most four are on the line', async () => {
  const world = new World()
  const [alice, bob, eve] = [await world.person('Alice'), await world.person('Bob'), await world.person('Eve')]
  const { link } = await alice.request('invite/create', { kind: 'contact', autoAccept: true })
  const code = codeOf(link)
  for (let i = 0; i < 6; i++) await call(world, eve, code)
  await world.clock.advance(200)
  assert.equal(world.network.countConnections(alice.transport, eve.transport), 4)
  await world.clock.advance(5_000)
  assert.equal(world.network.countConnections(alice.transport, eve.transport), 0)
  assert.equal((await bob.request('invite/accept', { link })).state, 'joined')
})

test('a key that does not follow from the secret gets no connection at all', async () => {
  const world = new World()
  const [alice, eve] = [await world.person('Alice'), await world.person('Eve')]
  const { link } = await alice.request('invite/create', { kind: 'contact' })
  const { device } = await accountOfPerson(eve)
  assert.deepEqual(await world.settled(eve.transport.dial(codeOf(link).publicKey, device)), {
    kind: 'failed',
    why: 'refused',
  })
})

test('ten thousand wrong proofs cost five transactions and no memory, and a contact links meanwhile', async () => {
  const world = new World()
  const [alice, bob, eve] = [await world.person('Alice'), await world.person('Bob'), await world.person('Eve')]
  const conversation = await world.befriend(alice, bob)
  const { link, invite } = await alice.request('invite/create', { kind: 'contact' })
  const code = codeOf(link)
  const random = new SeededRandom(4)
  const keyPair = joinerKeyPair(code.secret)
  let commits = 0
  alice.stores.onCommit = () => commits++
  const guess = async (): Promise<void> => {
    const dialled = await world.settled(eve.transport.dial(code.publicKey, keyPair))
    if (dialled.kind !== 'open') return
    dialled.connection.send(InviteDoor.pack(random.bytes(1 + random.below(300))))
  }
  const guessAll = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) await guess()
    await world.clock.advance(6_000)
  }
  await guessAll(500)
  const before = heldBytes()
  await guessAll(9_500)
  count({ badInputs: 10_000 })
  assert.ok(heldBytes() - before < 8 * 1024 * 1024)
  assert.ok(commits <= 8, `${String(commits)} transactions`)
  assert.equal(await stateOf(alice, invite), 'revoked')
  assert.equal(world.network.countConnections(alice.transport, eve.transport), 0)

  world.network.cut(alice.transport, bob.transport)
  const storm = guessAll(200)
  await world.linked(alice, bob, 5_000)
  await storm
  assert.deepEqual(
    (await alice.request('conversation/list', {})).map(({ id }) => id),
    [conversation],
  )
})
