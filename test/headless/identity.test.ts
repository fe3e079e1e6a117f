import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { expectRefusal } from './expectRefusal.ts'
import { friends } from './people.ts'
import { readAll, text, textsOf, untilOnline, untilState, World } from './world.ts'

test('an identity is created once, and the phrase can be read until it is confirmed', async (t) => {
  const world = await World.open(t)
  const home = await world.home('Ada')
  const ada = await home.start()
  assert.deepEqual(await ada.request('identity/state'), { kind: 'none' })
  assert.equal(await ada.request('identity/get'), null)

  const { person, device, phrase } = await ada.request('identity/create', { name: 'Ada' })
  world.keepSecret(phrase)
  assert.equal(phrase.split(' ').length, 24)
  const identity = { person, device, name: 'Ada' }
  assert.deepEqual(await ada.request('identity/get'), identity)
  assert.deepEqual(await ada.request('identity/state'), { kind: 'ready', identity, phrasePending: true })
  await expectRefusal(ada.request('identity/create', { name: 'Eve' }), 'identity-exists')

  assert.deepEqual(await ada.request('identity/phrase'), { phrase })
  await ada.shutdown()
  const again = await home.start()
  assert.deepEqual(await again.request('identity/phrase'), { phrase })
  const words = phrase.split(' ')
  const wrong = [...words.slice(1), words[0]].join(' ')
  await expectRefusal(again.request('identity/confirmPhrase', { phrase: wrong }), 'wrong-phrase')
  await again.request('identity/confirmPhrase', { phrase })
  await expectRefusal(again.request('identity/phrase'), 'phrase-unavailable')
  assert.deepEqual(await again.request('identity/state'), { kind: 'ready', identity, phrasePending: false })
})

test('nothing but setting up can be done before there is an identity', async (t) => {
  const world = await World.open(t)
  const ada = await (await world.home('Ada')).start()
  await expectRefusal(ada.request('invite/create', { kind: 'contact' }), 'no-identity')
  await expectRefusal(ada.request('identity/phrase'), 'no-identity')
  await expectRefusal(ada.request('identity/rename', { name: 'Ada' }), 'no-identity')
  const status = await ada.request('network/status')
  assert.deepEqual([status.reason, status.links, status.peers], ['no-identity', [], []])
})

test('names that are empty, too long, not text or not one line are refused, and nothing is created', async (t) => {
  const world = await World.open(t)
  const ada = await (await world.home('Ada')).start()
  for (const name of ['', ' ', '\n', 'x'.repeat(65), 'ü'.repeat(33), '\ud800', 7, null, undefined]) {
    await expectRefusal(ada.requestRaw('identity/create', { name }), 'invalid-params')
  }
  assert.deepEqual(await ada.request('identity/state'), { kind: 'none' })
})

test('with a wrong TINCAN_KEY the identity is locked and untouched, and the right key opens it again', async (t) => {
  const world = await World.open(t)
  const { homes, ada, bob, conversation } = await friends(world)
  const sent = await ada.request('message/send', { conversation, body: text('still here') })
  await untilState(ada, conversation, sent.id, 'delivered')
  const identity = await ada.request('identity/get')
  await ada.shutdown()
  const before = await identityFiles(homes.ada.data)

  const locked = homes.ada.spawn({ key: 'ff'.repeat(32) })
  assert.deepEqual(await locked.request('identity/state'), { kind: 'locked', reason: 'secret-wrong' })
  assert.equal(await locked.request('identity/get'), null)
  await expectRefusal(locked.request('identity/create', { name: 'Ada' }), 'identity-exists')
  await expectRefusal(locked.request('conversation/list'), 'recovery-needed')
  await expectRefusal(locked.request('message/send', { conversation, body: text('no') }), 'recovery-needed')
  await expectRefusal(locked.request('invite/create', { kind: 'contact' }), 'recovery-needed')
  const wrong = Array.from({ length: 24 }, () => 'abandon').join(' ')
  await expectRefusal(locked.request('identity/recover', { phrase: wrong }), 'wrong-phrase')
  await expectRefusal(locked.request('identity/recover', { phrase: 'not a phrase' }), 'wrong-phrase')
  await locked.shutdown()
  assert.deepEqual(await identityFiles(homes.ada.data), before)

  const again = await homes.ada.start()
  assert.deepEqual(await again.request('identity/get'), identity)
  assert.deepEqual(textsOf(await readAll(again, conversation)), ['still here'])
  await untilOnline(bob, conversation)
})

test('the recovery phrase opens a locked identity, and from then on the new key does', async (t) => {
  const world = await World.open(t)
  const { homes, ada, conversation } = await friends(world)
  const { phrase } = await ada.request('identity/phrase')
  const identity = await ada.request('identity/get')
  await ada.request('message/send', { conversation, body: text('kept') })
  await ada.shutdown()

  const key = 'ee'.repeat(32)
  const locked = homes.ada.spawn({ key })
  assert.equal((await locked.request('identity/state')).kind, 'locked')
  assert.deepEqual(await locked.request('identity/recover', { phrase }), identity)
  assert.deepEqual(textsOf(await readAll(locked, conversation)), ['kept'])
  await untilOnline(locked, conversation)
  await locked.shutdown()

  const old = homes.ada.spawn()
  assert.deepEqual(await old.request('identity/state'), { kind: 'locked', reason: 'secret-wrong' })
  await old.shutdown()
  const recovered = homes.ada.spawn({ key })
  assert.deepEqual(await recovered.request('identity/get'), identity)
  await untilOnline(recovered, conversation)
})

test('a new name is kept, and reaches the other side', async (t) => {
  const world = await World.open(t)
  const { homes, ada, bob } = await friends(world)
  await ada.request('identity/rename', { name: 'Ada L.' })
  assert.equal((await ada.request('identity/get'))?.name, 'Ada L.')
  await bob.until('the new name', async () => {
    const [only] = await bob.request('conversation/list')
    return (only?.title === 'Ada L.' && only.members[0]?.name === 'Ada L.') || undefined
  })
  await ada.shutdown()
  assert.equal((await (await homes.ada.start()).request('identity/get'))?.name, 'Ada L.')
})

/** The small files of a data directory, which the store is not among. */
async function identityFiles(directory: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const name of await readdir(directory, { recursive: true })) {
    if (!/identity[^/]*$/i.test(name)) continue
    files[name] = (await readFile(join(directory, name))).toString('hex')
  }
  assert.notDeepEqual(files, {})
  return files
}
