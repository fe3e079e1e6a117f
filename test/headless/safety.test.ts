import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectRefusal } from './expectRefusal.ts'
import { friends } from './people.ts'
import { onlyConversation, World } from './world.ts'

test('both sides see the same 60 digits, and verified is a state of its own on each, kept over a restart', async (t) => {
  const world = await World.open(t)
  const { homes, ada, bob } = await friends(world)
  const [adaId, bobId] = [await ada.request('identity/get'), await bob.request('identity/get')]
  assert.ok(adaId && bobId)
  const seenByAda = await ada.request('safety/number', { person: bobId.person })
  const seenByBob = await bob.request('safety/number', { person: adaId.person })
  assert.equal(seenByAda.number.replaceAll(' ', ''), seenByBob.number.replaceAll(' ', ''))
  assert.match(seenByAda.number.replaceAll(' ', ''), /^\d{60}$/)
  assert.deepEqual([seenByAda.verified, seenByBob.verified], [false, false])

  await ada.request('safety/verify', { person: bobId.person, verified: true })
  assert.equal((await onlyConversation(ada)).members[0]?.verified, true)
  assert.equal((await onlyConversation(bob)).members[0]?.verified, false)
  await ada.kill()
  const ada2 = await homes.ada.start()
  assert.equal((await ada2.request('safety/number', { person: bobId.person })).verified, true)
  await ada2.request('safety/verify', { person: bobId.person, verified: false })
  assert.equal((await onlyConversation(ada2)).members[0]?.verified, false)
})

test('there is no safety number with a stranger', async (t) => {
  const world = await World.open(t)
  const { ada } = await friends(world)
  const person = 'ab'.repeat(32)
  await expectRefusal(ada.requestRaw('safety/number', { person }), 'unknown-person')
  await expectRefusal(ada.requestRaw('safety/verify', { person, verified: true }), 'unknown-person')
})
