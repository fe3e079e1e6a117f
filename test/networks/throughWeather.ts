import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { count } from '../record/tally.ts'
import { assertAllArrive, sendBoth } from './exchange.ts'
import { introduce, Neighbourhood, untilLinked } from './neighbourhood.ts'
import { keepPorts, shape, type Weather } from './shaping.ts'

/** Two people meet through this weather and write so many messages each: every one arrives once, in one order. */
export async function throughWeather(t: TestContext, weather: Weather, messages: number, seed: number): Promise<void> {
  const neighbourhood = await Neighbourhood.open(t)
  const { internet } = neighbourhood
  const [ada, bob] = await Promise.all([neighbourhood.resident('Ada'), neighbourhood.resident('Bob')])
  const [home, office] = await Promise.all([internet.site('cone'), internet.site('open')])
  const clear = await shape(t, home, [...internet.nodes, ...(await keepPorts(office))], weather, seed)
  const [adasPeer, bobsPeer] = await Promise.all([ada.start(home.hosts[0]), bob.start(office.hosts[0])])
  const conversation = await introduce(bobsPeer, adasPeer)
  await Promise.all([untilLinked(adasPeer, bobsPeer), untilLinked(bobsPeer, adasPeer)])
  const sent = await sendBoth(conversation, [adasPeer, bobsPeer], 'weather', messages)
  await assertAllArrive(conversation, [adasPeer, bobsPeer], sent)
  const { passed, lost, overtaken } = await clear()
  count({ faults: lost + overtaken })
  const datagrams = passed + lost + overtaken
  assert.ok(datagrams > messages, `${datagrams} datagrams went through the shaper`)
  // One percent of so few may be none.
  if (weather.lossPercent > 1) assert.ok(lost > 0, 'nothing was lost')
  if (weather.reorderPercent > 0) assert.ok(overtaken > 0, 'nothing was overtaken')
}
