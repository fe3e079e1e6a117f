import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkSentence, peerSentence } from '../../src/host/network/networkWords.ts'
import { plainEnglish } from '../host/plainEnglish.ts'
import { Neighbourhood } from './neighbourhood.ts'

test('a network that lets no UDP through is told of in words', async (t) => {
  const neighbourhood = await Neighbourhood.open(t)
  const [ada, site] = await Promise.all([neighbourhood.resident('Ada'), neighbourhood.internet.site('blocked')])
  const peer = await ada.start(site.hosts[0])
  const status = await peer.until('a reason', async () => {
    const now = await peer.request('network/status')
    return now.reason === 'starting' ? undefined : now
  })
  assert.equal(status.reason, 'udp-blocked')
  assert.match(networkSentence(status, false, plainEnglish), /a firewall or VPN seems to block UDP/)
})

test('a list of first nodes of which none answers can be replaced', async (t) => {
  const neighbourhood = await Neighbourhood.open(t)
  const [ada, site] = await Promise.all([neighbourhood.resident('Ada'), neighbourhood.internet.site('cone')])
  const lost = await ada.start(site.hosts[0], { bootstrap: '50.0.200.1:49737' })
  const status = await lost.until('a reason', async () => {
    const now = await lost.request('network/status')
    return now.reason === 'starting' ? undefined : now
  })
  assert.equal(status.bootstrapped, false)
  await lost.shutdown()
  const found = await ada.start(site.hosts[0])
  await found.until('the network', async () => {
    const { bootstrapped } = await found.request('network/status')
    return bootstrapped ? true : undefined
  })
})

test('two that no path leads together are told what helps', () => {
  const sentence = peerSentence('no-path', 'Bob', plainEnglish)
  assert.match(sentence, /let no direct connection through\. A relay helps/)
})
