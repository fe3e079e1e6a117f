import assert from 'node:assert/strict'
import { test } from 'node:test'
import { text, untilReceived } from '../headless/world.ts'
import type { Site } from './internet.ts'
import { introduce, Neighbourhood, talk, untilLinked, untilMissing } from './neighbourhood.ts'

/** Bytes of text that no exchange of greetings amounts to. */
const weight = 'x'.repeat(12_000)

test('Two symmetric NATs let no path through and say so; a relay of one’s own choosing helps', async (t) => {
  const neighbourhood = await Neighbourhood.open(t)
  const { internet } = neighbourhood
  const [ada, bob, team] = await Promise.all(['Ada', 'Bob', 'Team'].map((name) => neighbourhood.resident(name)))
  assert.ok(ada && bob && team)
  const [adasOffice, bobsOffice, adasHome, bobsHome, office] = await Promise.all([
    internet.site('open'),
    internet.site('open'),
    internet.site('symmetric'),
    internet.site('symmetric'),
    internet.site('open'),
  ])
  let adasPeer = await ada.start(adasOffice.hosts[0])
  let bobsPeer = await bob.start(bobsOffice.hosts[0])
  const conversation = await introduce(adasPeer, bobsPeer)
  await talk(conversation, adasPeer, bobsPeer, 'in the office')
  const moveHome = async (args: readonly string[]): Promise<void> => {
    await Promise.all([adasPeer.shutdown(), bobsPeer.shutdown()])
    ;[adasPeer, bobsPeer] = await Promise.all([
      ada.start(adasHome.hosts[0], { args }),
      bob.start(bobsHome.hosts[0], { args }),
    ])
  }

  await t.test('without a relay', async () => {
    await moveHome([])
    await untilMissing(adasPeer, 'no-path')
  })

  const relay = await team.startRelay(office.hosts[0])

  await t.test('with a relay that only one side has chosen', async () => {
    await Promise.all([adasPeer.shutdown(), bobsPeer.shutdown()])
    adasPeer = await ada.start(adasHome.hosts[0], { args: ['--relay-through', relay.key] })
    bobsPeer = await bob.start(bobsHome.hosts[0])
    await untilMissing(adasPeer, 'no-path')
    assert.deepEqual(await traffic(bobsHome, office), { packets: 0, bytes: 0 }, 'nobody chooses a relay for others')
  })

  await t.test('with a relay that both have chosen', async () => {
    await moveHome(['--relay-through', relay.key])
    const [link] = await Promise.all([untilLinked(adasPeer, bobsPeer), untilLinked(bobsPeer, adasPeer)])
    assert.equal(link.route, 'relayed')
    const before = await traffic(adasHome, office)
    await adasPeer.request('message/send', { conversation, body: text(weight) })
    await untilReceived(bobsPeer, conversation, weight)
    const after = await traffic(adasHome, office)
    assert.ok(after.bytes - before.bytes > weight.length)
    const [adas, teams] = await Promise.all([adasPeer.request('network/status'), relay.peer.request('network/status')])
    assert.match(adas.relay?.uses ?? '', /^[0-9a-f]{8}$/)
    const { key, callers = 0, bytesPassed = 0 } = teams.relay?.offers ?? {}
    assert.equal(key, relay.key)
    assert.ok(callers >= 2, `${callers} callers`)
    assert.ok(bytesPassed > weight.length, `${bytesPassed} bytes passed`)
  })

  function traffic(from: Site, to: Site): ReturnType<typeof internet.traffic> {
    return internet.traffic(from, to)
  }
})
