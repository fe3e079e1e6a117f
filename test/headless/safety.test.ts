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

test('two people compare live, and a code that one shows is the one that the other expects', async (t) => {
  const world = await World.open(t)
  const { ada, bob } = await friends(world)
  const [adaId, bobId] = [await ada.request('identity/get'), await bob.request('identity/get')]
  assert.ok(adaId && bobId)
  const { code } = await ada.request('safety/number', { person: bobId.person })
  assert.deepEqual(await bob.request('safety/scan', { person: adaId.person, code }), { outcome: 'same' })

  await ada.request('safety/compare', { person: bobId.person })
  await bob.waitFor('safety/changed', ({ comparison }) => comparison.kind === 'asked')
  await bob.request('safety/compare', { person: adaId.person })
  const seen = await Promise.all(
    [ada, bob].map((peer) => peer.waitFor('safety/changed', ({ comparison }) => comparison.kind === 'shown')),
  )
  assert.deepEqual(seen[0]?.comparison, seen[1]?.comparison)
  await ada.request('safety/judge', { person: bobId.person, verdict: 'same' })
  await bob.request('safety/judge', { person: adaId.person, verdict: 'same' })
  await ada.until(
    'a verified contact',
    async () => (await onlyConversation(ada)).members[0]?.verified === true || undefined,
  )
  await bob.until(
    'a verified contact',
    async () => (await onlyConversation(bob)).members[0]?.verified === true || undefined,
  )
})

test('whoever is blocked is not let in over a real network either, and is once that is taken back', async (t) => {
  const world = await World.open(t)
  const { ada, bob } = await friends(world)
  const bobId = await bob.request('identity/get')
  assert.ok(bobId)
  const { id } = await onlyConversation(ada)
  await ada.request('contact/block', { person: bobId.person, blocked: true })
  await bob.until('a link that is gone', async () => !(await onlyConversation(bob)).online || undefined)
  await bob.request('network/retry')
  await ada.request('contact/block', { person: bobId.person, blocked: false })
  await bob.request('message/send', { conversation: id, body: { kind: 'text', text: 'back again' } })
  await ada.until('the message', async () => {
    const { messages } = await ada.request('conversation/history', { conversation: id, limit: 10 })
    return messages.some(({ body }) => body.kind === 'text' && body.text === 'back again') || undefined
  })
})

test('there is no safety number with a stranger', async (t) => {
  const world = await World.open(t)
  const { ada } = await friends(world)
  const person = 'ab'.repeat(32)
  await expectRefusal(ada.requestRaw('safety/number', { person }), 'unknown-person')
  await expectRefusal(ada.requestRaw('safety/verify', { person, verified: true }), 'unknown-person')
})
