import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Matches } from '../../../src/host/search/matches.ts'
import type { SearchHit } from '../../../src/shared/search.ts'
import { conversationId, message } from '../sampleChat.ts'

const hits: readonly SearchHit[] = [5, 4, 3, 2, 1].map((clock) => ({
  conversation: conversationId,
  message: message(clock),
  ranges: [],
}))

/** A service that finds the five hits, and what it was asked. */
function service() {
  const asked: unknown[] = []
  const request = (_method: string, params: { before?: string; limit: number }): Promise<unknown> => {
    asked.push(params)
    const from = Number(params.before ?? 0)
    const page = hits.slice(from, from + params.limit)
    const next = from + params.limit
    return Promise.resolve({ hits: page, unread: 0, ...(next < hits.length && { next: String(next) }) })
  }
  return { asked, request: request as never }
}

test('matches are gone through to older and newer ones, loading what is not there yet, up to both ends', async () => {
  const { asked, request } = service()
  const matches = new Matches({ request }, 'tea', conversationId)
  await matches.load(2)
  assert.deepEqual([matches.hits.length, matches.hasMore], [2, true])
  matches.choose(matches.hits[1] as SearchHit)
  assert.equal(matches.position, 2)
  const steps: (number | undefined)[] = []
  for (let i = 0; i < 4; i++) steps.push((await matches.step(1, 2))?.message.clock)
  assert.deepEqual(steps, [3, 2, 1, undefined])
  for (let i = 0; i < 5; i++) steps.push((await matches.step(-1, 2))?.message.clock)
  assert.deepEqual(steps.slice(4), [2, 3, 4, 5, undefined])
  assert.equal(matches.position, 1)
  assert.deepEqual(asked[0], { query: 'tea', limit: 2, conversation: conversationId })
})
