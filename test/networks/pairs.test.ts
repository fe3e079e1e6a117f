import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { text, untilReceived } from '../headless/world.ts'
import type { Site, SiteKind } from './internet.ts'
import { introduce, Neighbourhood, untilLinked } from './neighbourhood.ts'

interface Settled {
  readonly site: Site
  readonly peer: HeadlessPeer
}

async function settle(neighbourhood: Neighbourhood, name: string, kind: SiteKind): Promise<Settled> {
  const [resident, site] = await Promise.all([neighbourhood.resident(name), neighbourhood.internet.site(kind)])
  return { site, peer: await resident.start(site.hosts[0]) }
}

/** Bytes of text that no exchange of greetings amounts to. */
const weight = 'x'.repeat(12_000)

/**
 * Two people meet and link. That the path between them is their own is read off the router in the middle: a long text
 * crosses it from the one public address to the other.
 */
async function meet(t: TestContext, kinds: readonly [SiteKind, SiteKind]): Promise<void> {
  const neighbourhood = await Neighbourhood.open(t)
  const [ada, bob] = await Promise.all([settle(neighbourhood, 'Ada', kinds[0]), settle(neighbourhood, 'Bob', kinds[1])])
  const conversation = await introduce(ada.peer, bob.peer)
  const [link] = await Promise.all([untilLinked(ada.peer, bob.peer), untilLinked(bob.peer, ada.peer)])
  assert.equal(link.route, 'direct')
  for (const [from, to] of [
    [ada, bob],
    [bob, ada],
  ] as const) {
    const before = await neighbourhood.internet.traffic(from.site, to.site)
    await from.peer.request('message/send', { conversation, body: text(weight) })
    await untilReceived(to.peer, conversation, weight)
    const { bytes } = await neighbourhood.internet.traffic(from.site, to.site)
    assert.ok(bytes - before.bytes > weight.length, `${bytes - before.bytes} bytes took the direct path`)
  }
}

describe('Two networks meet without anybody in between:', { concurrency: true }, () => {
  const kinds: readonly SiteKind[] = ['open', 'cone', 'symmetric']
  for (const inviter of kinds)
    for (const joiner of kinds) {
      if (inviter === 'symmetric' && joiner === 'symmetric') continue
      test(`${inviter} to ${joiner}`, (t) => meet(t, [inviter, joiner]))
    }
})
