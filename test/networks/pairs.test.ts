import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { text, untilReceived } from '../headless/world.ts'
import type { Internet, Site, SiteKind } from './internet.ts'
import { introduce, Neighbourhood, untilLinked } from './neighbourhood.ts'

interface Settled {
  readonly site: Site
  readonly peer: HeadlessPeer
}

async function settle(neighbourhood: Neighbourhood, name: string, kind: SiteKind): Promise<Settled> {
  const [resident, site] = await Promise.all([neighbourhood.resident(name), neighbourhood.internet.site(kind)])
  return { site, peer: await resident.start(site.hosts[0]) }
}

const kinds: readonly SiteKind[] = ['open', 'cone', 'symmetric']

/** Bytes of text that no exchange of greetings amounts to. */
const weight = 'x'.repeat(12_000)

/**
 * Two people meet and link. That the path between them is their own is read off the router in the middle: a long text
 * crosses it from the one public address to the other.
 */
async function meet(internet: Internet, ada: Settled, bob: Settled): Promise<void> {
  const conversation = await introduce(ada.peer, bob.peer)
  const [link] = await Promise.all([untilLinked(ada.peer, bob.peer), untilLinked(bob.peer, ada.peer)])
  assert.equal(link.route, 'direct')
  for (const [from, to] of [
    [ada, bob],
    [bob, ada],
  ] as const) {
    const before = await internet.traffic(from.site, to.site)
    await from.peer.request('message/send', { conversation, body: text(weight) })
    await untilReceived(to.peer, conversation, weight)
    const { bytes } = await internet.traffic(from.site, to.site)
    assert.ok(bytes - before.bytes > weight.length, `${bytes - before.bytes} bytes took the direct path`)
  }
}

test('Two networks meet without anybody in between', { concurrency: true }, async (t) => {
  const neighbourhood = await Neighbourhood.open(t)
  const everybody = (name: string): Promise<readonly Settled[]> =>
    Promise.all(kinds.map((kind) => settle(neighbourhood, `${name} ${kind}`, kind)))
  const [adas, bobs] = await Promise.all([everybody('Ada'), everybody('Bob')])
  const pairs = adas.flatMap((ada) => bobs.map((bob) => [ada, bob] as const))
  // Two symmetric ones are for a test of their own.
  const meeting = pairs.filter((pair) => pair.some(({ site }) => site.kind !== 'symmetric'))
  assert.equal(meeting.length, 8)
  await Promise.all(
    meeting.map(([ada, bob]) =>
      t.test(`${ada.site.kind} to ${bob.site.kind}`, () => meet(neighbourhood.internet, ada, bob)),
    ),
  )
})
