import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { test, type TestContext } from 'node:test'
import HyperDHT from 'hyperdht'
import { parseInviteLink, type InviteCode } from '../../src/core/invite/inviteLink.ts'
import { joinerKeyPair } from '../../src/core/invite/inviteMessage.ts'
import type { HeadlessPeer } from './headlessPeer.ts'
import { friends, type Friends } from './people.ts'
import { randomKeyPair } from './randomKeyPair.ts'
import { onlyConversation, text, untilReceived, World } from './world.ts'

/** A node of somebody who runs no Tincan. */
function strangerNode(t: TestContext, world: World): HyperDHT {
  const node = new HyperDHT({ bootstrap: world.bootstrap, host: '127.0.0.1' })
  t.after(() => node.destroy())
  return node
}

async function inviteCode(world: World, inviter: HeadlessPeer): Promise<InviteCode> {
  const parsed = parseInviteLink((await world.invite(inviter, { autoAccept: true })).link)
  assert.ok(parsed.kind === 'ok')
  return parsed.code
}

/** The two friends still talk, and nobody else came in. */
async function checkUnharmed({ ada, bob, conversation }: Friends): Promise<void> {
  assert.equal((await onlyConversation(ada)).id, conversation)
  await bob.request('message/send', { conversation, body: text('still talking') })
  await untilReceived(ada, conversation, 'still talking')
}

test('a stranger who knows an invite’s address but not its secret gets no connection', async (t) => {
  const world = await World.open(t)
  const people = await friends(world)
  const { publicKey } = await inviteCode(world, people.ada)
  const socket = strangerNode(t, world).connect(Buffer.from(publicKey), { keyPair: randomKeyPair() })
  const events: string[] = []
  socket.on('open', () => events.push('open')).on('error', () => events.push('error'))
  await closed(socket)
  assert.deepEqual(events, ['error'])
  const { own } = await people.ada.request('invite/list')
  assert.ok(own.some(({ state }) => state === 'live'))
  await checkUnharmed(people)
})

test('whoever holds the secret and says nothing is closed, and the invite stays', async (t) => {
  const world = await World.open(t)
  const people = await friends(world)
  const code = await inviteCode(world, people.ada)
  const socket = await call(strangerNode(t, world), code)
  await closed(socket)
  assert.ok((await people.ada.request('invite/list')).own.some(({ state }) => state === 'live'))
  await checkUnharmed(people)
})

test('five wrong proofs by somebody who holds the secret kill the invite, and nothing else', async (t) => {
  const world = await World.open(t)
  const people = await friends(world)
  const code = await inviteCode(world, people.ada)
  const node = strangerNode(t, world)
  const nonsense = [Buffer.of(0), randomBytes(1), randomBytes(100), randomBytes(1000), randomBytes(60_000)]
  for (const bytes of nonsense) {
    assert.ok(!(await people.ada.request('invite/list')).own.some(({ state }) => state === 'revoked'))
    const socket = await call(node, code)
    socket.write(bytes)
    socket.resume()
    await closed(socket)
  }
  assert.ok((await people.ada.request('invite/list')).own.some(({ state }) => state === 'revoked'))
  await checkUnharmed(people)
})

test('an announced length beyond the bound closes the connection at once', async (t) => {
  const world = await World.open(t)
  const people = await friends(world)
  const socket = await call(strangerNode(t, world), await inviteCode(world, people.ada))
  // Below the encryption, where the length prefix is in clear: 16 MiB are announced.
  socket.rawStream?.write(Buffer.of(0xff, 0xff, 0xff, 1, 2))
  await closed(socket)
  await checkUnharmed(people)
})

type Socket = ReturnType<HyperDHT['connect']>

/** However it comes about. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', resolve)
  })
}

/** An open connection of somebody who holds the invite's secret. */
async function call(node: HyperDHT, { publicKey, secret }: InviteCode): Promise<Socket> {
  const keys = joinerKeyPair(secret)
  const keyPair = { publicKey: Buffer.from(keys.publicKey), secretKey: Buffer.from(keys.secretKey) }
  const socket = node.connect(Buffer.from(publicKey), { keyPair })
  socket.on('error', () => undefined)
  await once(socket, 'open')
  return socket
}
