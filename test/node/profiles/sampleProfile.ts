import { World } from '../../core/chat/world.ts'
import type { SendBody } from '../../../src/shared/service.ts'
import { FilePerson } from './filePerson.ts'

/** Everything that somebody can ask of their chat, in a form that JSON keeps: what an upgrade must not lose. */
export async function readProfile(person: FilePerson): Promise<object> {
  const identity = await person.request('identity/state', {})
  const conversations = await Promise.all(
    (await person.request('conversation/list', {})).map(async (view) => ({
      ...view,
      draft: await person.request('draft/get', { conversation: view.id }),
      history: await person.history(view.id),
      people: view.kind === 'room' ? await person.request('room/members', { conversation: view.id }) : [],
    })),
  )
  const own = [...(await person.request('invite/list', {})).own].sort((a, b) => (a.invite < b.invite ? -1 : 1))
  const offers = await person.request('room/offers', {})
  const value = { identity, conversations, invites: own, offers }
  return JSON.parse(JSON.stringify(value, (key, part: unknown) => (isKept(key) ? part : undefined))) as object
}

/** Who is there just now is not kept, and how a message is put into a line is made anew. */
const isKept = (key: string): boolean => !['online', 'onlineCount', 'summary'].includes(key)

const said: readonly SendBody[] = [
  { kind: 'text', text: 'This message was written by an earlier version' },
  { kind: 'text', text: 'Grüße, 世界, and \u{1f96b}' },
  {
    kind: 'snippet',
    language: 'typescript',
    text: 'export const answer = 42\n',
    path: 'src/answer.ts',
    lines: { first: 7, last: 8 },
    git: { remote: 'https://example.org/team/answer.git', commit: 'c0ffee'.repeat(6) },
  },
  { kind: 'text', text: 'x'.repeat(600) },
]

/**
 * Two contacts, Alice and Bob, in directories of their own, with some of everything that is kept: messages of every kind
 * in both directions, a read marker, a draft, a verified contact, a room with a topic, a pin and a mention, an offer
 * that waits for an answer, an invite that nobody has used. Returns what they say of it, and their secrets.
 */
export async function makeSampleProfiles(directories: {
  readonly alice: string
  readonly bob: string
}): Promise<Readonly<Record<'alice' | 'bob', { readonly secret: string; readonly content: object }>>> {
  const world = new World()
  const alice = new FilePerson(world, directories.alice, undefined, 1)
  const bob = new FilePerson(world, directories.bob, undefined, 2)
  const people = [alice, bob]
  for (const one of people) await one.start()
  await alice.request('identity/create', { name: 'Alice' })
  await bob.request('identity/create', { name: 'Bob' })
  await alice.request('identity/confirmPhrase', {})
  const { link } = await alice.request('invite/create', { kind: 'contact', autoAccept: true })
  const { conversation } = await bob.request('invite/accept', { link })
  if (conversation === undefined) throw new Error('Not joined')
  await world.clock.advance(20_000)
  const bobsPerson = (await bob.request('identity/get', {}))?.person
  if (bobsPerson === undefined) throw new Error('There is no identity')

  for (const body of [...said, ...said]) {
    for (const one of people) {
      const { id } = await one.request('message/send', { conversation, body })
      await world.clock.advance(2_000)
      if (one === bob && body.kind === 'snippet') await alice.request('conversation/read', { conversation, upTo: id })
    }
  }
  await alice.request('draft/set', { conversation, text: 'not sent yet' })
  await alice.request('safety/verify', { person: bobsPerson, verified: true })
  await alice.request('conversation/notify', { conversation, level: 'mentions' })

  const room = await alice.request('room/create', { title: 'Workshop', topic: 'What earlier versions kept' })
  await alice.request('room/invite', { conversation: room.conversation, person: bobsPerson, role: 'admin' })
  await world.clock.advance(5_000)
  const [offer] = await bob.request('room/offers', {})
  await bob.request('room/answer', { offer: offer?.offer ?? '', accept: true })
  await world.clock.advance(20_000)
  const body = { kind: 'text', text: 'Hello @Bob', mentions: [bobsPerson] } as const
  const { id } = await alice.request('message/send', { conversation: room.conversation, body })
  await alice.request('room/set', { conversation: room.conversation, pin: id })
  await world.clock.advance(20_000)
  await bob.request('message/send', { conversation: room.conversation, body: { kind: 'text', text: 'Hello room' } })
  await world.clock.advance(20_000)
  const other = await alice.request('room/create', { title: 'Not answered yet' })
  await alice.request('room/invite', { conversation: other.conversation, person: bobsPerson })
  await alice.request('invite/create', { kind: 'contact' })
  await world.clock.advance(20_000)

  const [ofAlice, ofBob] = [await describePerson(alice), await describePerson(bob)]
  for (const one of people) await one.stop()
  return { alice: ofAlice, bob: ofBob }
}

async function describePerson(person: FilePerson): Promise<{ readonly secret: string; readonly content: object }> {
  const secret = await person.secrets.get()
  if (secret === undefined) throw new Error('There is no secret')
  return { secret: Buffer.from(secret).toString('hex'), content: await readProfile(person) }
}
