import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { count } from '../../record/tally.ts'
import { createAcquainted } from './profile.ts'
import type { WindowProcess } from './window.ts'

/**
 * Stops the process of a leading window, and lets it go on when another one has led for so long: what it was asked
 * before and while it was stopped is there once, in both windows, and it follows.
 */
export async function playStoppedLeader(context: TestContext, stoppedMs: number): Promise<void> {
  const profile = await createAcquainted(context)
  const { first, conversation } = profile
  const second = profile.open()
  await second.follows()
  first.signal('SIGSTOP')
  count({ faults: 1 })
  const stoppedAt = performance.now()
  const before = second.ask('message/send', { conversation, body: { kind: 'text', text: 'asked while it hung' } })
  await second.leads()
  context.diagnostic(`led ${(performance.now() - stoppedAt).toFixed(0)} ms after the stop`)
  await before
  // Typed into the window that hangs: it gets to it when it goes on, and by then it leads no more.
  const typed = { conversation, body: { kind: 'text', text: 'typed while it hung' } } as const
  const late = first.ask('message/send', typed, stoppedMs + 60_000)
  await second.ask('message/send', { conversation, body: { kind: 'text', text: 'after' } })
  await setTimeout(stoppedMs)
  first.signal('SIGCONT')
  await first.follows()
  await late
  const texts = await historyOf(second, conversation)
  assert.deepEqual(await historyOf(first, conversation), texts)
  const said = texts.filter((text) => text !== 'notice')
  assert.deepEqual(said, ['asked while it hung', 'after', 'typed while it hung'])
  count({ acknowledged: said.length })
}

/** The texts of a conversation as a window shows them; of anything else, its kind. */
export async function historyOf(window: WindowProcess, conversation: ConversationId): Promise<string[]> {
  const { messages } = await window.ask('conversation/history', { conversation, limit: 200 })
  return messages.map(({ body }) => (body.kind === 'text' ? body.text : body.kind))
}
