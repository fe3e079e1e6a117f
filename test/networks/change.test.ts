import { describe, test } from 'node:test'
import { text, untilReceived } from '../headless/world.ts'
import { count } from '../record/tally.ts'
import { assertAllArrive, sendBoth } from './exchange.ts'
import { introduce, Neighbourhood, talk, untilLinked, untilMissing } from './neighbourhood.ts'

describe('A change of network in the middle of it', { concurrency: true }, () => {
  test('loses nothing and shows nothing twice: a laptop moves to another network while both sides send', async (t) => {
    const neighbourhood = await Neighbourhood.open(t)
    const { internet } = neighbourhood
    const [ada, bob] = await Promise.all([neighbourhood.resident('Ada'), neighbourhood.resident('Bob')])
    const [home, cafe, office] = await Promise.all([
      internet.site('cone'),
      internet.site('cone'),
      internet.site('open'),
    ])
    const [laptop] = home.hosts
    const [adasPeer, bobsPeer] = await Promise.all([ada.start(laptop), bob.start(office.hosts[0])])
    const conversation = await introduce(bobsPeer, adasPeer)
    await Promise.all([untilLinked(adasPeer, bobsPeer), untilLinked(bobsPeer, adasPeer)])
    const weight = 'x'.repeat(8_000)
    const sending = sendBoth(conversation, [adasPeer, bobsPeer], 'on the way', 150, weight)
    await untilReceived(bobsPeer, conversation, `on the way 0 10 ${weight}`)
    await internet.move(laptop, cafe)
    count({ faults: 1 })
    await assertAllArrive(conversation, [adasPeer, bobsPeer], await sending)
  })

  test('is survived: a laptop sleeps for an hour, its router forgets it, and what was written meanwhile comes', async (t) => {
    const neighbourhood = await Neighbourhood.open(t)
    const { internet } = neighbourhood
    const [ada, bob] = await Promise.all([neighbourhood.resident('Ada'), neighbourhood.resident('Bob')])
    const [home, office] = await Promise.all([internet.site('cone'), internet.site('cone')])
    const nodeArgs = ['--import', new URL('sleepClock.ts', import.meta.url).href]
    const [adasPeer, bobsPeer] = await Promise.all([ada.start(home.hosts[0], { nodeArgs }), bob.start(office.hosts[0])])
    const conversation = await introduce(adasPeer, bobsPeer)
    await talk(conversation, adasPeer, bobsPeer, 'before')

    adasPeer.signal('SIGSTOP')
    for (const timeout of ['nf_conntrack_udp_timeout', 'nf_conntrack_udp_timeout_stream'])
      await home.edge.sysctl(`net.netfilter.${timeout}`, 1)
    await untilMissing(bobsPeer, 'peer-offline')
    await bobsPeer.request('message/send', { conversation, body: text('while you slept') })
    for (const timeout of ['nf_conntrack_udp_timeout', 'nf_conntrack_udp_timeout_stream'])
      await home.edge.sysctl(`net.netfilter.${timeout}`, 120)
    adasPeer.signal('SIGUSR2')
    adasPeer.signal('SIGCONT')
    count({ faults: 1 })
    await untilReceived(adasPeer, conversation, 'while you slept')
    await talk(conversation, adasPeer, bobsPeer, 'after')
  })
})
