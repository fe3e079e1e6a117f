import assert from 'node:assert/strict'
import { test } from 'node:test'
import { friends } from './people.ts'
import { text, untilReceived, World } from './world.ts'

test('the status names the link to a contact: person, device, route, times and bytes', async (t) => {
  const world = await World.open(t)
  const { ada, bob, conversation } = await friends(world)
  await ada.request('message/send', { conversation, body: text('some bytes') })
  await untilReceived(bob, conversation, 'some bytes')
  const bobId = await bob.request('identity/get')
  assert.ok(bobId)
  const status = await ada.request('network/status')
  assert.equal(status.online, true)
  assert.equal(status.bootstrapped, true)
  assert.equal(status.reason, undefined)
  assert.equal(status.links.length, 1)
  const [link] = status.links
  assert.ok(link)
  assert.equal(link.person, bobId.person)
  assert.equal(link.device, bobId.device)
  assert.ok(link.route === 'loopback' || link.route === 'lan' || link.route === 'direct', link.route)
  assert.ok(link.rttMs >= 0 && link.rttMs < 10_000)
  assert.ok(Math.abs(link.since - Date.now()) < 60_000)
  assert.ok(link.bytesIn > 0 && link.bytesOut > 0)
  const [peer] = status.peers
  assert.deepEqual([peer?.person, peer?.name, peer?.linked, peer?.reason], [bobId.person, 'Bob', true, undefined])
})

test('a contact who went offline is named with the reason and when it was last seen', async (t) => {
  const world = await World.open(t)
  const { ada, bob } = await friends(world)
  await bob.kill()
  const peer = await ada.until('Bob to be offline', async () => {
    const { peers } = await ada.request('network/status')
    return peers.find(({ linked, reason }) => !linked && reason === 'peer-offline')
  })
  assert.equal(peer.name, 'Bob')
  assert.ok(Math.abs((peer.lastSeenAt ?? 0) - Date.now()) < 60_000)
})

test('without a DHT to reach, the status says so, and everything local works', async (t) => {
  const world = await World.open(t)
  const { homes, ada, bob, conversation } = await friends(world)
  await Promise.all([ada.shutdown(), bob.shutdown()])
  const alone = homes.ada.spawn({ bootstrap: '127.0.0.1:9' })
  assert.equal((await alone.request('identity/get'))?.name, 'Ada')
  const sent = await alone.request('message/send', { conversation, body: text('to nobody yet') })
  assert.equal(sent.state, 'queued')
  const status = await alone.until('a reason', async () => {
    const now = await alone.request('network/status')
    return now.reason !== undefined && now.reason !== 'starting' ? now : undefined
  })
  assert.equal(status.bootstrapped, false)
  assert.ok(status.reason === 'dht-unreachable' || status.reason === 'udp-blocked', status.reason)
})

test('asking to retry is always allowed', async (t) => {
  const world = await World.open(t)
  const { ada } = await friends(world)
  assert.equal(await ada.request('network/retry'), null)
})

test('with --lan, nodes on this machine still find each other', async (t) => {
  const world = await World.open(t)
  const [ada, bob] = await Promise.all(
    ['Ada', 'Bob'].map((name) => world.home(name).then((home) => home.setUp({ args: ['--lan'] }))),
  )
  assert.ok(ada && bob)
  const conversation = await world.befriend(ada, bob)
  await ada.request('message/send', { conversation, body: text('close by') })
  await untilReceived(bob, conversation, 'close by')
})
