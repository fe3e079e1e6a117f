import assert from 'node:assert/strict'
import { test } from 'node:test'
import { questionPort } from '../../src/node/localDiscovery.ts'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { introduce, Neighbourhood, type Resident, talk, untilLinked } from './neighbourhood.ts'
import type { Namespace } from './namespace.ts'

async function people(neighbourhood: Neighbourhood): Promise<{ readonly ada: Resident; readonly bob: Resident }> {
  const [ada, bob] = await Promise.all([neighbourhood.resident('Ada'), neighbourhood.resident('Bob')])
  return { ada, bob }
}

async function bothLinked(ada: HeadlessPeer, bob: HeadlessPeer): Promise<readonly string[]> {
  const links = await Promise.all([untilLinked(ada, bob), untilLinked(bob, ada)])
  return links.map(({ route }) => route)
}

/** Whether anybody on this host waits for questions of the local network. */
async function listensForQuestions(host: Namespace): Promise<boolean> {
  const sockets = await host.run('cat', ['/proc/net/udp'])
  return sockets.includes(`:${questionPort.toString(16).toUpperCase()} `)
}

test('two behind one router talk over the local network, past the internet', async (t) => {
  const neighbourhood = await Neighbourhood.open(t)
  const { ada, bob } = await people(neighbourhood)
  const home = await neighbourhood.internet.site('cone', 2)
  const [first, second] = home.hosts
  assert.ok(second)
  const [adasPeer, bobsPeer] = await Promise.all([ada.start(first), bob.start(second)])
  const conversation = await introduce(adasPeer, bobsPeer)
  assert.deepEqual(await bothLinked(adasPeer, bobsPeer), ['lan', 'lan'])
  await talk(conversation, adasPeer, bobsPeer, 'across the room')
})

test('on a local network without any DHT, two find each other where both allow it, and meet by invite', async (t) => {
  const neighbourhood = await Neighbourhood.open(t)
  const { ada, bob } = await people(neighbourhood)
  const [first, second] = await neighbourhood.internet.lonelyLan(2)
  assert.ok(second)
  const args = ['--discover']
  const [adasPeer, bobsPeer] = await Promise.all([ada.start(first, { args }), bob.start(second, { args })])
  const conversation = await introduce(adasPeer, bobsPeer)
  assert.deepEqual(await bothLinked(adasPeer, bobsPeer), ['lan', 'lan'])
  await talk(conversation, adasPeer, bobsPeer, 'without anybody else')
  assert.ok(await listensForQuestions(first))
})

test('nobody is asked or answered on the local network unless the user allows it', async (t) => {
  const neighbourhood = await Neighbourhood.open(t)
  const { ada } = await people(neighbourhood)
  const home = await neighbourhood.internet.site('cone')
  const peer = await ada.start(home.hosts[0])
  await peer.until('the network', async () => {
    const { bootstrapped } = await peer.request('network/status')
    return bootstrapped ? true : undefined
  })
  assert.ok(!(await listensForQuestions(home.hosts[0])))
})

test('without any DHT, a contact is found at its last address, and the list of first nodes can be replaced', async (t) => {
  const neighbourhood = await Neighbourhood.open(t)
  const { ada, bob } = await people(neighbourhood)
  const { internet } = neighbourhood
  const [adasSite, bobsSite] = await Promise.all([internet.site('open'), internet.site('open')])
  let adasPeer = await ada.start(adasSite.hosts[0])
  let bobsPeer = await bob.start(bobsSite.hosts[0])
  const conversation = await introduce(adasPeer, bobsPeer)
  await bothLinked(adasPeer, bobsPeer)
  await Promise.all([adasPeer.shutdown(), bobsPeer.shutdown()])

  const dead = { bootstrap: '50.0.200.1:49737' }
  ;[adasPeer, bobsPeer] = await Promise.all([ada.start(adasSite.hosts[0], dead), bob.start(bobsSite.hosts[0], dead)])
  assert.deepEqual(await bothLinked(adasPeer, bobsPeer), ['direct', 'direct'])
  await talk(conversation, adasPeer, bobsPeer, 'without a list')
  const { bootstrapped } = await adasPeer.request('network/status')
  assert.equal(bootstrapped, false)
})
