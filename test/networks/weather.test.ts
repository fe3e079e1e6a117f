import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { count } from '../record/tally.ts'
import { assertAllArrive, sendBoth } from './exchange.ts'
import { introduce, Neighbourhood, untilLinked } from './neighbourhood.ts'
import { keepPorts, shape, type Weather } from './shaping.ts'

const messages = 40

const cases: readonly (readonly [string, Weather])[] = [
  ['loss of 1 %', { lossPercent: 1, delayMs: 0, reorderPercent: 0 }],
  ['loss of 5 % and 10 % overtaken', { lossPercent: 5, delayMs: 0, reorderPercent: 10 }],
  ['loss of 20 %', { lossPercent: 20, delayMs: 0, reorderPercent: 0 }],
  ['400 ms each way and 10 % overtaken', { lossPercent: 0, delayMs: 400, reorderPercent: 10 }],
]

describe('Through a bad network every message arrives once, in one order:', { concurrency: true }, () => {
  for (const [index, [name, weather]] of cases.entries())
    test(name, async (t) => {
      const neighbourhood = await Neighbourhood.open(t)
      const { internet } = neighbourhood
      const [ada, bob] = await Promise.all([neighbourhood.resident('Ada'), neighbourhood.resident('Bob')])
      const [home, office] = await Promise.all([internet.site('cone'), internet.site('open')])
      const clear = await shape(t, home, [...internet.nodes, ...(await keepPorts(office))], weather, index)
      const [adasPeer, bobsPeer] = await Promise.all([ada.start(home.hosts[0]), bob.start(office.hosts[0])])
      const conversation = await introduce(bobsPeer, adasPeer)
      await Promise.all([untilLinked(adasPeer, bobsPeer), untilLinked(bobsPeer, adasPeer)])
      const sent = await sendBoth(conversation, [adasPeer, bobsPeer], name, messages)
      await assertAllArrive(conversation, [adasPeer, bobsPeer], sent)
      const { passed, lost, overtaken } = await clear()
      count({ faults: lost + overtaken })
      assert.ok(passed > messages, `${passed} datagrams passed`)
      if (weather.lossPercent > 1) assert.ok(lost > 0, 'nothing was lost')
      if (weather.reorderPercent > 0) assert.ok(overtaken > 0, 'nothing was overtaken')
    })
})
