import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SimulatedMember, tell } from './simulatedMember.ts'

test('a founder brings somebody in, and both see the same room', () => {
  const [ada, bob] = [new SimulatedMember('Ada', 1), new SimulatedMember('Bob', 2)]
  ada.found()
  ada.bring(bob)
  tell(ada, bob)
  assert.deepEqual(ada.view, bob.view)
  assert.deepEqual(
    [...ada.view.members.values()].map(({ record, role }) => [record.name, role]),
    [
      ['Ada', 'owner'],
      ['Bob', 'member'],
    ],
  )
  assert.deepEqual(ada.view.refused, [])
})
