import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { neighbours } from '../../../src/core/rooms/neighbours.ts'
import type { DeviceId } from '../../../src/shared/ids.ts'

const room = new Uint8Array(32).fill(7)
const devices = (count: number): DeviceId[] =>
  Array.from({ length: count }, (_, i) => (i + 1).toString(16).padStart(64, '0') as DeviceId)

/** Who is linked with whom when everybody but `gone` keeps its links. */
function linksAmong(all: readonly DeviceId[], gone: ReadonlySet<DeviceId>): Map<DeviceId, Set<DeviceId>> {
  const links = new Map(all.filter((one) => !gone.has(one)).map((one) => [one, new Set<DeviceId>()]))
  for (const [own, mine] of links) {
    const others = all.filter((one) => one !== own)
    for (const other of neighbours(room, own, others, (device) => !gone.has(device))) {
      links.get(other)?.add(own)
      if (links.has(other)) mine.add(other)
    }
  }
  return links
}

function reachedFrom(links: ReadonlyMap<DeviceId, ReadonlySet<DeviceId>>): number {
  const [first] = links.keys()
  const reached = new Set(first === undefined ? [] : [first])
  for (const one of reached) for (const next of links.get(one) ?? []) reached.add(next)
  return reached.size
}

test('in a small room everybody keeps links to everybody', () => {
  const [own, ...others] = devices(9) as [DeviceId, ...DeviceId[]]
  assert.deepEqual(
    neighbours(room, own, others, () => true),
    new Set(others),
  )
})

test('in a large room a device keeps few links, and whoever leaves, the rest stays connected', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 120 }), fc.array(fc.nat(119), { maxLength: 40 }), (count, leavers) => {
      const all = devices(count)
      const gone = new Set(leavers.map((i) => all[i % count] as DeviceId).slice(0, count - 2))
      const links = linksAmong(all, gone)
      assert.equal(reachedFrom(links), links.size)
    }),
    { numRuns: 60 },
  )
  for (const [, mine] of linksAmong(devices(256), new Set())) assert.ok(mine.size <= 16, String(mine.size))
})
