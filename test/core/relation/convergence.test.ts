import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { MessageId } from '../../../src/shared/ids.ts'
import type { Run } from '../../../src/core/event/run.ts'
import { Author, deviceOf, personOf, Replica, tieOf } from './replica.ts'

const people = 3
const emoji = ['👍', '🎉', '😀', '🚀'] as const

interface Step {
  readonly kind: 'text' | 'answer' | 'edit' | 'erase' | 'react'
  readonly by: number
  /** Which message. */
  readonly at: number
  /** How much later than the last one, by the clock. */
  readonly lead: number
  readonly emoji: readonly string[]
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('text', 'answer', 'edit', 'erase', 'react'),
  by: fc.nat(people - 1),
  at: fc.nat(9),
  lead: fc.nat(3),
  emoji: fc.subarray([...emoji]),
})

/** Plays the steps: who does what to which message, whoever wrote it. */
function play(steps: readonly Step[]): { runs: Run[]; messages: { id: MessageId; by: number }[] } {
  const authors = Array.from({ length: people }, (_, name) => new Author(name))
  const messages: { id: MessageId; by: number }[] = []
  const edits = new Map<MessageId, MessageId[]>()
  let clock = 0
  for (const one of steps) {
    const author = authors[one.by] as Author
    clock += one.lead
    const target = messages[one.at % Math.max(1, messages.length)]
    const text = `${one.kind} ${String(clock)} by ${String(one.by)}`
    if (one.kind === 'text' || target === undefined)
      messages.push({ id: author.say({ kind: 'text', text }, clock), by: one.by })
    else if (one.kind === 'answer')
      messages.push({
        id: author.say({ kind: 'text', text, replyTo: target.id, thread: target.id }, clock),
        by: one.by,
      })
    else if (one.kind === 'edit') {
      const id = author.say({ kind: 'edit', message: target.id, text }, clock)
      if (one.by === target.by) edits.set(target.id, [...(edits.get(target.id) ?? []), id])
    } else if (one.kind === 'erase')
      author.say({ kind: 'erase', message: target.id, edits: edits.get(target.id) ?? [] }, clock)
    else author.say({ kind: 'reaction', message: target.id, emoji: one.emoji }, clock)
  }
  return { runs: authors.flatMap(({ runs }) => runs), messages }
}

async function feed(replica: Replica, runs: readonly Run[]): Promise<void> {
  for (const run of runs) await replica.take(run)
}

const shuffled = <T>(items: readonly T[], seed: readonly number[]): T[] =>
  items
    .map((item, i) => ({ item, key: ((seed[i % seed.length] ?? 0) * 7919 + i * 104_729) % 1_000 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)

const seeds = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 40 })

test('whatever the order of arrival, everybody sees the same, and those who get it from others do too', async () => {
  const course = fc.array(step, { minLength: 1, maxLength: 24 })
  const property = fc.asyncProperty(course, seeds, seeds, async (steps, first, second) => {
    const { runs } = play(steps)
    const [inOrder, mixed, relayed] = [new Replica(people), new Replica(people), new Replica(people)]
    await feed(inOrder, runs)
    await feed(mixed, shuffled([...runs, ...runs.slice(0, 3)], first))
    assert.deepEqual(mixed.shown(), inOrder.shown())
    assert.equal(mixed.conversation.unread.count, inOrder.conversation.unread.count)
    // What was taken back comes without its content from whoever did so.
    const handed = [0, 1, 2].flatMap((name) => mixed.runsOf(name))
    await feed(relayed, shuffled(handed, second))
    assert.deepEqual(relayed.shown(), inOrder.shown())
    assert.equal(relayed.conversation.unread.count, inOrder.conversation.unread.count)
  })
  await fc.assert(property, { numRuns: 60 })
})

test('what a room does not count, or takes back, changes nothing elsewhere, whenever the word of it comes', async () => {
  const course = fc.array(step, { minLength: 2, maxLength: 20 })
  const property = fc.asyncProperty(course, seeds, fc.nat(5), fc.nat(9), async (steps, seed, cut, which) => {
    // What somebody takes back before that is known to be void stays gone where it was done.
    const { runs, messages } = play(steps.filter(({ kind, by }) => kind !== 'erase' || by !== 2))
    const target = messages[which % messages.length]
    if (target === undefined) return
    const erased = new Map([[target.id, { by: personOf(0), author: personOf(target.by) }]])
    const counts = (device: string, seq: number): boolean => device !== deviceOf(2) || seq <= cut
    const before = new Replica(people, tieOf({ counts, erased }))
    await feed(before, runs)
    const late = new Replica(people, tieOf({}))
    await feed(late, shuffled(runs, seed))
    late.conversation.tie(tieOf({ counts, erased }))
    late.conversation.recount([], [])
    await late.settle()
    assert.deepEqual(late.shown(), before.shown())
    assert.equal(late.conversation.unread.count, before.conversation.unread.count)
  })
  await fc.assert(property, { numRuns: 30 })
})
