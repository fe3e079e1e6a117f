import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RoomWorld } from './roomWorld.ts'

test('in a large room with bounded links every message reaches everybody, also past members who are away', async () => {
  const world = new RoomWorld()
  const names = Array.from({ length: 14 }, (_, i) => `Member ${String(i)}`)
  const { people, conversation } = await world.room(...names)
  const [first, , second] = people as [(typeof people)[number], (typeof people)[number], (typeof people)[number]]
  await world.clock.advance(30_000)
  await first.send(conversation, 'to all')
  await world.clock.advance(10_000)
  for (const person of people) assert.deepEqual(await person.texts(conversation), ['to all'])

  const away = people.filter((_, i) => i % 4 === 1)
  const here = people.filter((person) => !away.includes(person))
  for (const person of away) await person.stop()
  await world.clock.advance(60_000)
  await second.send(conversation, 'to those who are here')
  await world.clock.advance(30_000)
  for (const person of here) assert.equal((await person.texts(conversation)).length, 2)
  for (const person of away) await person.start()
  await world.clock.advance(60_000)
  const ids = await Promise.all(people.map(async (one) => (await one.history(conversation)).map(({ id }) => id)))
  for (const other of ids) assert.deepEqual(other, ids[0])
  for (const person of people) assert.deepEqual(person.complaints, [])
})

test('in a large room everybody sees who is there, linked or not, and notices who goes', async () => {
  const world = new RoomWorld()
  const names = Array.from({ length: 14 }, (_, i) => `Member ${String(i)}`)
  const { people, conversation } = await world.room(...names)
  const countsSeen = async (): Promise<number[]> => {
    const seen = new Set<number>()
    for (const person of people) {
      if (person.isCrashed) continue
      const online = (await person.conversation()).room?.onlineCount ?? 0
      const members = await person.request('room/members', { conversation })
      assert.equal(members.filter((member) => member.online).length, online)
      seen.add(online)
    }
    return [...seen]
  }
  await world.clock.advance(180_000)
  const links = await Promise.all(people.map(async (one) => (await one.request('network/status', {})).links.length))
  assert.ok(
    links.some((count) => count < 13),
    'not everybody is linked to everybody',
  )
  assert.deepEqual(await countsSeen(), [14])
  for (const person of people.slice(0, 3)) person.crash()
  await world.clock.advance(300_000)
  assert.deepEqual(await countsSeen(), [11])
  for (const person of people.slice(0, 3)) await person.start()
  await world.clock.advance(180_000)
  assert.deepEqual(await countsSeen(), [14])
})

test('a newcomer to a long room has the newest page first, writes at once, and is told how much is still to come', async () => {
  const world = new RoomWorld()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const { conversation } = await alice.request('room/create', { title: 'Long' })
  const total = 6_000
  const texts = Array.from({ length: total }, (_, i) => `message ${String(i)}`)
  await world.settled(
    Promise.all(
      texts.map((text) => alice.chat.request('message/send', { conversation, body: { kind: 'text', text } })),
    ),
  )
  const missing: number[] = []
  bob.chat.on('conversation/changed', (event) => {
    if (event.conversation.id === conversation) missing.push(event.conversation.missing)
  })
  const { link = '' } = await alice.request('room/invite', { conversation })
  const joined = world.settled(bob.chat.request('invite/accept', { link }))
  await world.clock.until(() => bob.added.some(({ body }) => body.kind === 'text'))
  assert.ok((missing.at(-1) ?? 0) > 0, 'the depths are still on their way')
  const { messages } = await bob.request('conversation/history', { conversation, limit: 50 })
  const shown = messages.flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []))
  assert.deepEqual(shown, texts.slice(-shown.length))
  assert.ok(shown.length >= 40, 'a page of them')
  await joined
  await bob.send(conversation, 'here already')
  await world.clock.advance(60_000)
  assert.equal((await bob.conversation()).missing, 0)
  assert.deepEqual(await bob.texts(conversation), [...texts, 'here already'])
  const peak = missing.indexOf(Math.max(...missing))
  const progress = missing.slice(peak)
  assert.ok(new Set(progress).size > 3, 'it is told on the way')
  assert.deepEqual(
    progress,
    [...progress].sort((a, b) => b - a),
  )
})
