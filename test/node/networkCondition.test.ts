import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type NetworkFacts, networkCondition } from '../../src/node/networkCondition.ts'

const well: NetworkFacts = {
  state: 'running',
  isInterfaceUp: true,
  isBound: true,
  hasQueried: true,
  wasAnswered: true,
  isAnswered: true,
}

it('gives no reason when all is well', () => {
  assert.deepEqual(networkCondition(well), { online: true, bootstrapped: true })
})

const cases: readonly (readonly [string, Partial<NetworkFacts>, string, boolean])[] = [
  ['before the start', { state: 'new', isBound: false }, 'starting', false],
  ['while suspended', { state: 'suspended' }, 'suspended', false],
  ['after the end', { state: 'disposed' }, 'suspended', false],
  ['when no interface is up', { isInterfaceUp: false, isAnswered: false }, 'offline', false],
  ['when no socket can be opened', { isBound: false }, 'udp-blocked', false],
  ['during the first query', { hasQueried: false, isAnswered: false }, 'starting', true],
  ['when nobody ever answered', { wasAnswered: false, isAnswered: false }, 'udp-blocked', true],
  ['when nobody answers any more', { isAnswered: false }, 'dht-unreachable', true],
]

for (const [when, facts, reason, online] of cases) {
  it(`says ${reason} ${when}`, () => {
    assert.deepEqual(networkCondition({ ...well, ...facts }), { online, bootstrapped: false, reason })
  })
}
