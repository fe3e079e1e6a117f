/** A laptop that moves to another network again and again while both sides send. */
import { test } from 'node:test'
import { untilReceived } from '../../headless/world.ts'
import { count } from '../../record/tally.ts'
import { assertAllArrive, sendBoth } from '../exchange.ts'
import { introduce, Neighbourhood, untilLinked } from '../neighbourhood.ts'

const moves = 10
const messages = 100
const weight = 'x'.repeat(4_000)

test(`${moves} moves between two networks lose nothing and show nothing twice`, async (t) => {
  const neighbourhood = await Neighbourhood.open(t)
  const { internet } = neighbourhood
  const [ada, bob] = await Promise.all([neighbourhood.resident('Ada'), neighbourhood.resident('Bob')])
  const [home, cafe, office] = await Promise.all([internet.site('cone'), internet.site('cone'), internet.site('cone')])
  const [laptop] = home.hosts
  const [adasPeer, bobsPeer] = await Promise.all([ada.start(laptop), bob.start(office.hosts[0])])
  const conversation = await introduce(bobsPeer, adasPeer)
  await Promise.all([untilLinked(adasPeer, bobsPeer), untilLinked(bobsPeer, adasPeer)])
  const all: string[] = []
  for (let move = 0; move < moves; move++) {
    const sending = sendBoth(conversation, [adasPeer, bobsPeer], `move ${move}`, messages, weight)
    await untilReceived(bobsPeer, conversation, `move ${move} 0 5 ${weight}`)
    await internet.move(laptop, move % 2 === 0 ? cafe : home)
    count({ faults: 1 })
    all.push(...(await sending))
    await assertAllArrive(conversation, [adasPeer, bobsPeer], all)
  }
})
