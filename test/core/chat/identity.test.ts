import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LockedReason } from '../../../src/shared/service.ts'
import { concat } from '../../../src/core/codec/bytes.ts'
import { keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import { parseDeviceList, signDeviceList } from '../../../src/core/identity/deviceList.ts'
import { Insider } from './insider.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

async function assertLocked(person: SimulatedPerson, reason: LockedReason): Promise<void> {
  assert.deepEqual(await person.request('identity/state', {}), { kind: 'locked', reason })
  assert.equal(await person.request('identity/get', {}), null)
  assert.equal(await person.refusal('identity/create', { name: 'Usurper' }), 'identity-exists')
  for (const method of ['conversation/list', 'invite/list'] as const)
    assert.equal(await person.refusal(method, {}), 'recovery-needed')
  assert.equal(await person.refusal('identity/rename', { name: 'Other' }), 'recovery-needed')
  assert.equal(await person.refusal('identity/phrase', {}), 'recovery-needed')
  assert.equal((await person.request('network/status', {})).reason, 'no-identity')
}

test('without an identity nothing works but making one', async () => {
  const world = new World()
  const person = await world.newcomer()
  assert.deepEqual(await person.request('identity/state', {}), { kind: 'none' })
  assert.equal(await person.request('identity/get', {}), null)
  assert.equal(await person.refusal('conversation/list', {}), 'no-identity')
  assert.equal(await person.refusal('identity/phrase', {}), 'no-identity')
  assert.equal(await person.refusal('identity/recover', { phrase: 'abandon' }), 'no-identity')
  assert.equal((await person.request('network/status', {})).reason, 'no-identity')
  assert.equal(person.file.writes, 0)

  const states: string[] = []
  person.chat.on('identity/changed', ({ kind }) => states.push(kind))
  await person.request('identity/create', { name: '  Ann  ' })
  assert.equal((await person.identity()).name, 'Ann')
  assert.deepEqual(states, ['ready'])
  assert.equal(await person.refusal('identity/create', { name: 'Bea' }), 'identity-exists')
  assert.equal((await person.identity()).name, 'Ann')
})

test('two who make an identity at once make one', async () => {
  const world = new World()
  const person = await world.newcomer()
  const answers = await world.settled(
    Promise.allSettled(['A', 'B'].map((name) => person.chat.request('identity/create', { name }))),
  )
  assert.deepEqual(
    answers.map((answer) => (answer.status === 'rejected' ? (answer.reason as { code: string }).code : 'made')),
    ['made', 'identity-exists'],
  )
  assert.equal((await person.identity()).name, 'A')
})

test('two changes at once are both made', async () => {
  const world = new World()
  const person = await world.person('Ann')
  await world.settled(
    Promise.all([
      person.chat.request('identity/rename', { name: 'Anna' }),
      person.chat.request('identity/confirmPhrase', {}),
    ]),
  )
  const state = await person.request('identity/state', {})
  assert.deepEqual(
    [state.kind === 'ready' && state.identity.name, state.kind === 'ready' && state.phrasePending],
    ['Anna', false],
  )
})

for (const [what, reason, harm] of [
  ['its secret', 'secret-missing', (person: SimulatedPerson) => (person.secrets.key = undefined)],
  ['the right secret', 'secret-wrong', (person: SimulatedPerson) => (person.secrets.key = new Uint8Array(32).fill(1))],
] as const)
  test(`an identity without ${what} is locked, and opens with its phrase as it was`, async () => {
    const world = new World()
    const { alice, bob, conversation } = await world.pair()
    await alice.send(conversation, 'kept')
    const before = await alice.identity()
    const { phrase } = await alice.request('identity/phrase', {})
    await alice.stop()
    const file = alice.file.bytes
    harm(alice)
    await alice.start()
    await assertLocked(alice, reason)
    assert.deepEqual(alice.file.bytes, file)

    const other = (await bob.request('identity/phrase', {})).phrase
    for (const wrong of [other, 'no phrase at all', phrase.split(' ').reverse().join(' ')])
      assert.equal(await alice.refusal('identity/recover', { phrase: wrong }), 'wrong-phrase')
    await assertLocked(alice, reason)
    assert.deepEqual(await alice.request('identity/recover', { phrase: ` ${phrase.toUpperCase()} ` }), before)
    assert.deepEqual(await alice.texts(conversation), ['kept'])
    await world.linked(alice, bob)

    await alice.stop()
    await alice.start()
    assert.deepEqual(await alice.identity(), before)
  })

test('a damaged identity file is locked, is left as it is, and no phrase replaces it', async () => {
  const world = new World()
  const alice = await world.person('Alice')
  const { phrase } = await alice.request('identity/phrase', {})
  await alice.stop()
  const damaged = concat(alice.file.bytes ?? new Uint8Array())
  damaged[40] = (damaged[40] as number) ^ 1
  alice.file.bytes = damaged
  await alice.start()
  await assertLocked(alice, 'damaged')
  assert.equal(await alice.refusal('identity/recover', { phrase }), 'recovery-needed')
  assert.deepEqual(alice.file.bytes, damaged)
})

test('a file that cannot be read is no missing file', async () => {
  const world = new World()
  const alice = await world.person('Alice')
  await alice.stop()
  const { writes } = alice.file
  alice.file.isFailing = true
  await assert.rejects(alice.start(), { code: 'store-failed' })
  assert.equal(await alice.refusal('identity/create', { name: 'Usurper' }), 'store-failed')
  assert.equal(alice.file.writes, writes)
})

test('the phrase can be read until it is confirmed, and never after', async () => {
  const world = new World()
  const person = await world.newcomer()
  const { phrase } = await person.request('identity/create', { name: 'Ann' })
  assert.equal(phrase.split(' ').length, 24)
  await person.stop()
  await person.start()
  assert.deepEqual(await person.request('identity/phrase', {}), { phrase })
  assert.equal(await person.refusal('identity/confirmPhrase', { phrase: 'not these words' }), 'wrong-phrase')
  const pending = await person.request('identity/state', {})
  assert.equal(pending.kind === 'ready' && pending.phrasePending, true)

  await person.request('identity/confirmPhrase', { phrase })
  await person.request('identity/confirmPhrase', {})
  assert.equal(await person.refusal('identity/phrase', {}), 'phrase-unavailable')
  await person.stop()
  await person.start()
  const state = await person.request('identity/state', {})
  assert.equal(state.kind === 'ready' && state.phrasePending, false)
  assert.equal(await person.refusal('identity/phrase', {}), 'phrase-unavailable')
  person.secrets.key = undefined
  await person.stop()
  await person.start()
  await person.request('identity/recover', { phrase })
  assert.equal((await person.identity()).name, 'Ann')
})

test('a name is kept only when it is on disk', async () => {
  const world = new World()
  const person = await world.person('Ann')
  person.file.isFailing = true
  assert.equal(await person.refusal('identity/rename', { name: 'Bea' }), 'store-failed')
  person.file.isFailing = false
  assert.equal((await person.identity()).name, 'Ann')
  await person.request('identity/rename', { name: 'Cleo' })
  await person.stop()
  await person.start()
  assert.equal((await person.identity()).name, 'Cleo')
})

test('a contact with other devices than those that were verified is not verified any more, and that is said', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const { person } = await bob.identity()
  await alice.request('safety/verify', { person, verified: true })
  const insider = await Insider.takeOver(world, bob, alice)
  const { root, device, deviceList, addressSecret } = insider.account
  const known = parseDeviceList(deviceList)
  const added = keyPairFromSeed(new Uint8Array(32).fill(42)).publicKey
  assert.ok(known)
  const devices = [...known.devices, { key: added, addedAt: 9 }]
  const newer = signDeviceList({ version: 2, person: root.publicKey, devices }, root)
  const forged = signDeviceList({ version: 3, person: device.publicKey, devices }, device)

  insider.link.send({ type: 'profile', name: 'Bob', deviceList: forged, addressSecret })
  await world.clock.advance(200)
  assert.equal((await alice.conversation()).members[0]?.verified, true)
  insider.link.send({ type: 'profile', name: 'Bob', deviceList: newer, addressSecret })
  await world.clock.advance(200)
  assert.equal((await alice.conversation()).members[0]?.verified, false)
  assert.deepEqual(await alice.notices(conversation), ['contact-added', 'verified', 'keys-changed'])
  // The older list once more is no way back.
  insider.link.send({ type: 'profile', name: 'Bob', deviceList, addressSecret })
  await world.clock.advance(200)
  assert.deepEqual(await alice.notices(conversation), ['contact-added', 'verified', 'keys-changed'])
  insider.link.send({ type: 'profile', name: 'B\u202eob', deviceList: newer, addressSecret })
  await world.clock.advance(200)
  assert.equal((await alice.conversation()).title, 'Bob')
})

test('whoever hears of a new identity finds everything that needs it running', async () => {
  const world = new World()
  const person = await world.newcomer()
  const answers: Promise<unknown>[] = []
  person.chat.on('identity/changed', () => {
    for (const method of ['network/status', 'conversation/list', 'invite/list'] as const)
      answers.push(person.chat.request(method, {}))
  })
  await person.request('identity/create', { name: 'Ada' })
  assert.equal(answers.length, 3)
  await world.settled(Promise.all(answers))
})
