import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lifetimeChoices, lifetimeWords } from '../../../src/host/fleeting/lifetimeChoices.ts'
import { isLifetime } from '../../../src/shared/lifetime.ts'

test('everything that is offered can be set, what holds now among it', () => {
  const offered = lifetimeChoices(90_000)
  assert.equal(offered[0], 0)
  assert.ok(offered.slice(1).every(isLifetime))
  assert.ok(offered.includes(90_000))
  assert.equal(new Set(lifetimeChoices(0)).size, lifetimeChoices(0).length)
})

test('a lifetime is said in the largest unit that comes out even', () => {
  const said = [1_000, 90_000, 3_600_000, 86_400_000, 604_800_000, 2_419_200_000].map((ms) => lifetimeWords(ms, 'en'))
  assert.deepEqual(said, ['1 second', '90 seconds', '1 hour', '1 day', '1 week', '4 weeks'])
  assert.equal(lifetimeWords(86_400_000, 'de'), '1 Tag')
})
