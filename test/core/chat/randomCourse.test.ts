import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ConversationId, MessageId } from '../../../src/shared/ids.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

const hourMs = 60 * 60 * 1000

type Who = 0 | 1
type Step =
  | { readonly type: 'send'; readonly who: Who; readonly count: number; readonly awaits: boolean }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'cut' | 'separate' | 'rejoin' }
  | { readonly type: 'restart' | 'crash' | 'lose'; readonly who: Who }
  | { readonly type: 'setClock'; readonly who: Who; readonly byMs: number }
  | { readonly type: 'fillDisk'; readonly who: Who; readonly isFull: boolean }

const who = fc.constantFrom<Who>(0, 1)
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      { type: fc.constant('send' as const), who, count: fc.integer({ min: 1, max: 5 }), awaits: fc.boolean() },
      { noNullPrototype: true },
    ),
  },
  { weight: 5, arbitrary: fc.constantFrom(1, 20, 200, 3_000, 15_000).map((ms): Step => ({ type: 'wait', ms })) },
  { weight: 3, arbitrary: fc.constantFrom<Step>({ type: 'cut' }, { type: 'separate' }, { type: 'rejoin' }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('restart' as const, 'crash' as const, 'lose' as const), who)
      .map(([type, person]): Step => ({ type, who: person })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(who, fc.constantFrom(-hourMs, -5 * 60_000, 5 * 60_000, hourMs))
      .map(([person, byMs]): Step => ({ type: 'setClock', who: person, byMs })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(who, fc.boolean()).map(([person, isFull]): Step => ({ type: 'fillDisk', who: person, isFull })),
  },
)

/** What must be true in the end, kept apart from the code under test. */
class Oracle {
  /** Texts in order of sending, by person: what was acknowledged, and what may or may not have been kept. */
  readonly acknowledged: [string[], string[]] = [[], []]
  readonly uncertain: [Set<string>, Set<string>] = [new Set(), new Set()]
  #next = 0

  send(sender: Who, person: SimulatedPerson, conversation: ConversationId): Promise<void> {
    const text = `${sender} says ${this.#next++}`
    this.uncertain[sender].add(text)
    return person.chat.request('message/send', { conversation, body: { kind: 'text', text } }).then(
      () => {
        this.uncertain[sender].delete(text)
        this.acknowledged[sender].push(text)
      },
      // Refused, or the process ended before it answered.
      () => undefined,
    )
  }
}

async function run(
  world: World,
  people: readonly [SimulatedPerson, SimulatedPerson],
  conversation: ConversationId,
  oracle: Oracle,
  step: Step,
): Promise<void> {
  const [a, b] = people
  switch (step.type) {
    case 'send': {
      const sends = Array.from({ length: step.count }, () => oracle.send(step.who, people[step.who], conversation))
      if (step.awaits) await world.settled(Promise.all(sends))
      return
    }
    case 'wait':
      return world.clock.advance(step.ms)
    case 'cut':
      world.network.cut(a.transport, b.transport)
      return
    case 'separate':
      world.network.separate(a.transport, b.transport)
      return
    case 'rejoin':
      world.network.rejoin(a.transport, b.transport)
      return
    case 'lose':
      world.network.lose(people[step.who].transport)
      return
    case 'restart':
    case 'crash': {
      const person = people[step.who]
      if (step.type === 'crash') person.crash()
      else await person.stop()
      await person.start()
      return
    }
    case 'setClock':
      people[step.who].skewMs += step.byMs
      return
    case 'fillDisk':
      people[step.who].disk.isFull = step.isFull
  }
}

async function check(
  world: World,
  people: readonly [SimulatedPerson, SimulatedPerson],
  conversation: ConversationId,
  oracle: Oracle,
): Promise<void> {
  const ids: string[][] = []
  for (const person of people) {
    const history = await person.history(conversation)
    const written = history.filter(({ body }) => body.kind !== 'notice')
    assert.deepEqual(
      written.map(({ id }) => id),
      written.map(({ id }) => id).sort(),
      'ids sort as messages do',
    )
    ids.push(written.map(({ id }) => id))
    assert.deepEqual(
      history.flatMap(({ body }) => (body.kind === 'unreadable' ? [body] : [])),
      [],
    )
    for (const author of [0, 1] as const) {
      const { person: authorId } = await people[author].identity()
      const texts = written.flatMap((message) =>
        message.author === authorId && message.body.kind === 'text' ? [message.body.text] : [],
      )
      assert.deepEqual(
        texts.filter((text) => !oracle.uncertain[author].has(text)),
        oracle.acknowledged[author],
        'what was acknowledged is there once, in the order of its sending',
      )
      assert.equal(new Set(texts).size, texts.length, 'nothing is there twice')
      if (people[author] === person)
        for (const { body, state, author: by } of written)
          if (by === authorId) assert.equal(state, 'delivered', `${JSON.stringify(body)} is here and there`)
    }
    const announced = person.added.map(({ id }) => id)
    assert.equal(new Set(announced).size, announced.length, 'nothing is announced twice')
    const known = new Set<MessageId>(history.map(({ id }) => id))
    for (const { id } of person.added) assert.ok(known.has(id), 'what was announced is there')
    assert.equal((await person.conversation()).missing, 0)
  }
  assert.deepEqual(ids[0], ids[1], 'both have the same messages in the same order')
  assert.equal(world.network.countConnections(people[0].transport, people[1].transport), 1)
}

test('whatever happens to two people, what was acknowledged is with both in the end, once and in one order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000_000), fc.array(anyStep, { minLength: 5, maxLength: 30 }), async (seed, steps) => {
      const world = new World(seed)
      const { alice, bob, conversation } = await world.pair()
      const people = [alice, bob] as const
      const oracle = new Oracle()
      for (const step of steps) await run(world, people, conversation, oracle, step)
      for (const person of people) person.disk.isFull = false
      world.network.heal()
      await world.clock.advance(1_000)
      for (const { chat } of people) await world.settled(chat.request('network/retry', {}))
      await world.linked(alice, bob, 10 * 60_000)
      await world.clock.advance(60_000)
      await check(world, people, conversation, oracle)
    }),
    { numRuns: 60 },
  )
})
