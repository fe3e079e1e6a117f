import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concat, toHex } from '../../../src/core/codec/bytes.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import type { ServiceRequests } from '../../../src/shared/service.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

const path = '/backup'
const passphrase = 'three blind kettles'

type Restore = Omit<ServiceRequests['backup/restore']['params'], 'path'>

/** Somebody's machine is gone: a new one, which has the file. */
async function newMachine(world: World, bytes: Uint8Array): Promise<SimulatedPerson> {
  const machine = await world.newcomer()
  machine.files.all.set(path, bytes)
  return machine
}

/** Two people with messages both ways, and a backup of one of them. */
async function backedUp(options: { passphrase?: string } = {}): Promise<{
  world: World
  alice: SimulatedPerson
  bob: SimulatedPerson
  conversation: ConversationId
  phrase: string
  bytes: Uint8Array
}> {
  const world = new World(5)
  const { alice, bob, conversation } = await world.pair()
  const { phrase } = await alice.request('identity/phrase', {})
  for (let i = 0; i < 5; i++) {
    await alice.send(conversation, `from alice ${i}`)
    await bob.send(conversation, `from bob ${i}`)
  }
  await world.clock.advance(2_000)
  await world.settled(alice.chat.request('backup/create', { path, ...options }))
  return { world, alice, bob, conversation, phrase, bytes: alice.files.all.get(path) as Uint8Array }
}

test('everything comes back from a backup, and what was said since then from contacts', async () => {
  const { world, alice, bob, conversation, phrase, bytes } = await backedUp()
  await alice.send(conversation, 'after the backup')
  await world.clock.advance(2_000)
  const before = await bob.texts(conversation)
  const { person, device } = await alice.identity()
  await alice.stop()

  const machine = await newMachine(world, bytes)
  assert.deepEqual(await machine.request('backup/inspect', { path }), {
    opensWith: 'phrase',
    madeAt: (await machine.request('backup/inspect', { path })).madeAt,
  })
  const identity = await machine.request('backup/restore', { path, phrase })
  assert.equal(identity.person, person)
  const now = await machine.identity()
  assert.notEqual(now.device, device)
  assert.deepEqual(await machine.texts(conversation), before.slice(0, 10))
  await world.linked(machine, bob)
  await world.clock.advance(10_000)
  await machine.send(conversation, 'from the new machine')
  await world.clock.advance(5_000)
  for (const one of [machine, bob])
    assert.deepEqual((await one.texts(conversation)).sort(), [...before, 'from the new machine'].sort())
  assert.deepEqual(bob.complaints, [])
})

test('a backup under a passphrase opens with it, and the phrase unlocks what it brought back', async () => {
  const { world, alice, phrase, conversation, bytes } = await backedUp({ passphrase })
  await alice.stop()
  const machine = await newMachine(world, bytes)
  assert.equal(await refusalOf(machine, { phrase }), 'wrong-passphrase')
  assert.equal(await refusalOf(machine, { passphrase: 'three blind mice' }), 'wrong-passphrase')
  await machine.request('backup/restore', { path, passphrase })
  assert.equal((await machine.texts(conversation)).length, 10)
  await machine.stop()
  machine.secrets.key = undefined
  await machine.start()
  assert.equal((await machine.request('identity/state', {})).kind, 'locked')
  await machine.request('identity/recover', { phrase })
  assert.equal((await machine.texts(conversation)).length, 10)
})

const refusalOf = (machine: SimulatedPerson, how: Restore): Promise<string | undefined> =>
  machine.refusal('backup/restore', { path, ...how })

test('a backup that is not whole, not known or not opened changes nothing', async () => {
  const { world, alice, phrase, bytes } = await backedUp()
  const machine = await newMachine(world, bytes)
  const untouched = async (code: string, damaged: Uint8Array, how: Restore = { phrase }): Promise<void> => {
    machine.files.all.set(path, damaged)
    assert.equal(await refusalOf(machine, how), code)
    assert.equal((await machine.request('identity/state', {})).kind, 'none')
    assert.equal(machine.file.bytes, undefined)
    assert.equal(machine.disk.records.size, 0)
  }
  await untouched('wrong-phrase', bytes, { phrase: `${'abandon '.repeat(23)}art` })
  await untouched('wrong-phrase', bytes, { phrase: 'no phrase' })
  await untouched('wrong-phrase', bytes, {})
  await untouched('backup-damaged', new Uint8Array())
  await untouched('backup-damaged', new Uint8Array(500))
  for (const length of [1, 8, 40, bytes.length - 1]) await untouched('backup-damaged', bytes.subarray(0, length))
  await untouched('backup-damaged', concat(bytes, new Uint8Array(1)))
  for (let at = 9; at < bytes.length; at += Math.ceil(bytes.length / 40)) {
    const flipped = bytes.slice()
    flipped[at] = (flipped[at] as number) ^ 1
    await untouched('backup-damaged', flipped)
  }
  const newer = bytes.slice()
  newer[8] = 2
  await untouched('backup-newer', newer)
  machine.files.all.delete(path)
  assert.equal(await refusalOf(machine, { phrase }), 'file-failed')
  await alice.stop()
})

test('an identity that is there is never replaced by a backup', async () => {
  const { alice, bob, phrase, bytes } = await backedUp()
  const before = bob.file.bytes
  bob.files.all.set(path, bytes)
  assert.equal(await refusalOf(bob, { phrase }), 'identity-exists')
  assert.equal(await refusalOf(alice, { phrase }), 'identity-exists')
  assert.deepEqual(bob.file.bytes, before)
})

test('a disk that is full leaves no backup and no export, and says so', async () => {
  const { alice, conversation, bytes } = await backedUp()
  alice.files.bytesLeft = 1_000
  assert.equal(await alice.refusal('backup/create', { path }), 'file-failed')
  assert.deepEqual(alice.files.all.get(path), bytes)
  alice.files.bytesLeft = 0
  assert.equal(
    await alice.refusal('conversation/export', { conversation, format: 'json', path: '/out' }),
    'file-failed',
  )
  assert.equal(alice.files.all.has('/out'), false)
})

test('a backup holds no word in clear, and two of the same are different', async () => {
  const { alice, bytes } = await backedUp()
  for (const word of ['from alice', 'Bob'])
    assert.equal(toHex(bytes).includes(toHex(new TextEncoder().encode(word))), false)
  await alice.request('backup/create', { path: '/second' })
  assert.notDeepEqual(alice.files.all.get('/second'), bytes)
})

test('a conversation is exported as Markdown and as JSON, all of it and in order', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, '# not a heading\nof the file')
  await bob.request('message/send', {
    conversation,
    body: {
      kind: 'snippet',
      language: 'typescript',
      text: 'const a = "```"',
      path: 'src/a.ts',
      lines: { first: 3, last: 3 },
    },
  })
  for (let i = 0; i < 450; i++)
    void alice.chat.request('message/send', { conversation, body: { kind: 'text', text: `line ${i}` } })
  await world.clock.advance(5_000)
  const textOf = async (format: 'markdown' | 'json'): Promise<string> => {
    const { messages } = await world.settled(
      alice.chat.request('conversation/export', { conversation, format, path: `/${format}` }),
    )
    assert.ok(messages >= 452)
    return new TextDecoder().decode(alice.files.all.get(`/${format}`))
  }
  const markdown = await textOf('markdown')
  assert.match(markdown, /^# Bob\n\nWith Alice, Bob\. Exported/)
  assert.match(markdown, /\n## 2030-01-15\n\n/)
  assert.match(markdown, /\*\*Alice\*\* 12:\d\d\n\n> # not a heading\n> of the file\n/)
  assert.match(markdown, /src\/a\.ts, lines 3–3\n\n````typescript\nconst a = "```"\n````\n/)
  assert.ok(markdown.indexOf('> line 0\n') < markdown.indexOf('> line 449\n'))
  const json = JSON.parse(await textOf('json')) as {
    format: string
    version: number
    title: string
    messages: { id: string; body: { text?: string } }[]
  }
  assert.deepEqual([json.format, json.version, json.title], ['tincan-conversation', 1, 'Bob'])
  const ids = json.messages.map(({ id }) => id)
  assert.deepEqual(ids, [...ids].sort())
  assert.equal(json.messages.filter(({ body }) => body.text?.startsWith('line ')).length, 450)
})

test('deleting everything takes the own name, and leaves nothing that could be opened or found again', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await bob.send(conversation, 'kept by Bob')
  await world.clock.advance(1_000)
  assert.equal(await alice.refusal('identity/erase', { name: 'Bob' }), 'not-confirmed')
  assert.deepEqual(await alice.texts(conversation), ['kept by Bob'])

  await world.settled(alice.chat.request('identity/erase', { name: 'Alice' }))
  assert.deepEqual(await alice.request('identity/state', {}), { kind: 'none' })
  assert.equal(alice.file.bytes, undefined)
  assert.equal(alice.secrets.key, undefined)
  assert.equal(alice.disk.logs.size + alice.disk.records.size, 0)
  assert.equal(await alice.refusal('conversation/list', {}), 'no-identity')
  await world.clock.advance(60_000)
  assert.deepEqual(await bob.texts(conversation), ['kept by Bob'])
  await alice.request('identity/create', { name: 'Somebody else' })
  assert.deepEqual(await alice.request('conversation/list', {}), [])
})
