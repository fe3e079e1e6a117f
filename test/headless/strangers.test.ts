import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import DHT from 'hyperdht'
import { parseInviteLink } from '../../src/core/invite/inviteLink.ts'
import { randomKeyPair } from './randomKeyPair.ts'
import { friends } from './people.ts'
import { onlyConversation, text, untilReceived, World } from './world.ts'

test('strangers who connect to an invite and talk nonsense, or nothing, are dropped and change nothing', async (t) => {
  const world = await World.open(t)
  const { ada, bob, conversation } = await friends(world)
  const { link } = await world.invite(ada, { autoAccept: true })
  const parsed = parseInviteLink(link)
  assert.ok(parsed.kind === 'ok')
  const stranger = new DHT({ bootstrap: [...world.bootstrap], host: '127.0.0.1' })
  t.after(() => stranger.destroy())

  const greetings = [
    [],
    [Buffer.of(0)],
    [randomBytes(40)],
    [randomBytes(1000)],
    Array.from({ length: 50 }, () => randomBytes(60_000)),
  ]
  for (const packets of greetings) {
    const socket = stranger.connect(Buffer.from(parsed.code.publicKey), { keyPair: randomKeyPair() })
    socket.on('error', () => undefined)
    const closed = once(socket, 'close')
    await once(socket, 'open')
    for (const packet of packets) socket.write(packet)
    await closed
  }
  const { own } = await ada.request('invite/list')
  assert.ok(own.some(({ state }) => state === 'live' || state === 'revoked'))
  assert.equal((await onlyConversation(ada)).id, conversation)
  await bob.request('message/send', { conversation, body: text('still talking') })
  await untilReceived(ada, conversation, 'still talking')
})
