import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  coldDeadlineMs,
  createHighlighter,
  idleMs,
  maxLineChars,
  maxLines,
  warmDeadlineMs,
} from '../../../src/host/highlight/highlighter.ts'
import type { StartThread } from '../../../src/host/highlight/highlighter.ts'
import { plainTheme } from '../../../src/host/highlight/plainTheme.ts'
import type { FromWorker, ToWorker } from '../../../src/host/highlight/protocol.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'

/** Threads that answer only when a test says so. */
class FakeThreads {
  started = 0
  terminated = 0
  readonly received: ToWorker[] = []
  #answer: (answer: FromWorker) => void = () => undefined
  #gone: () => void = () => undefined

  readonly start: StartThread = (onAnswer, onGone) => {
    this.started += 1
    this.#answer = onAnswer
    this.#gone = onGone
    return { post: (message) => this.received.push(message), terminate: () => (this.terminated += 1) }
  }

  get codes(): readonly Extract<ToWorker, { type: 'code' }>[] {
    return this.received.filter((message) => message.type === 'code')
  }

  /** Answers the last block with itself in one token. */
  answer(): void {
    const last = this.codes.at(-1)
    assert.ok(last !== undefined)
    this.#answer({ id: last.id, lines: [[{ text: last.text }]] })
  }

  die(): void {
    this.#gone()
  }
}

function withHighlighter() {
  const clock = new FakeClock()
  const threads = new FakeThreads()
  const highlighter = createHighlighter({ startThread: threads.start, clock })
  highlighter.setTheme(plainTheme('dark'))
  return { clock, threads, highlighter }
}

test('no thread starts before there is code to colour', () => {
  const { threads, highlighter } = withHighlighter()
  assert.equal(threads.started, 0)
  void highlighter.highlight('ts', 'a')
  assert.equal(threads.started, 1)
  assert.deepEqual(
    threads.received.map(({ type }) => type),
    ['theme', 'code'],
  )
})

test('blocks are coloured one at a time, in order', async () => {
  const { threads, highlighter } = withHighlighter()
  const first = highlighter.highlight('ts', 'one')
  const second = highlighter.highlight('ts', 'two')
  assert.equal(threads.codes.length, 1)
  threads.answer()
  assert.deepEqual(await first, { lines: [[{ text: 'one' }]] })
  threads.answer()
  assert.deepEqual(await second, { lines: [[{ text: 'two' }]] })
})

test('a block that takes too long stays plain, ends the thread and is not tried again', async () => {
  const { clock, threads, highlighter } = withHighlighter()
  const slow = highlighter.highlight('ts', 'slow')
  const next = highlighter.highlight('ts', 'next')
  await clock.advance(coldDeadlineMs)
  assert.deepEqual(await slow, { isTooMuch: true })
  assert.deepEqual([threads.terminated, threads.started], [1, 2])
  threads.answer()
  assert.deepEqual(await next, { lines: [[{ text: 'next' }]] })
  assert.deepEqual(await highlighter.highlight('ts', 'slow'), { isTooMuch: true })
  assert.equal(threads.codes.length, 2)
})

test('once a language is loaded, the deadline is short', async () => {
  const { clock, threads, highlighter } = withHighlighter()
  const first = highlighter.highlight('ts', 'one')
  await clock.advance(coldDeadlineMs - 1)
  threads.answer()
  await first
  const second = highlighter.highlight('ts', 'two')
  await clock.advance(warmDeadlineMs)
  assert.deepEqual(await second, { isTooMuch: true })
})

test('a block that was being coloured when the theme changed is coloured again in the new one', async () => {
  const { clock, threads, highlighter } = withHighlighter()
  const block = highlighter.highlight('ts', 'one')
  highlighter.setTheme(plainTheme('light'))
  threads.answer()
  assert.deepEqual(
    threads.received.map(({ type }) => type),
    ['theme', 'code', 'theme', 'code'],
  )
  threads.answer()
  assert.deepEqual(await block, { lines: [[{ text: 'one' }]] })
  await clock.advance(coldDeadlineMs)
  assert.equal(threads.terminated, 0)
})

test('a thread that dies leaves its block plain, and the next block starts another', async () => {
  const { threads, highlighter } = withHighlighter()
  const first = highlighter.highlight('ts', 'one')
  threads.die()
  assert.deepEqual(await first, { isTooMuch: true })
  const second = highlighter.highlight('ts', 'two')
  threads.answer()
  assert.deepEqual(await second, { lines: [[{ text: 'two' }]] })
})

test('long lines, long blocks and blocks of many lines stay plain without a thread', async () => {
  const { threads, highlighter } = withHighlighter()
  const large = ['x'.repeat(maxLineChars + 1), 'x\n'.repeat(maxLines), `${'x'.repeat(999)}\n`.repeat(21)]
  for (const text of large) assert.deepEqual(await highlighter.highlight('ts', text), { isTooMuch: true })
  assert.equal(threads.started, 0)
})

test('a thread that nobody needs is ended, and no timer is left after that', async () => {
  const { clock, threads, highlighter } = withHighlighter()
  const block = highlighter.highlight('ts', 'one')
  threads.answer()
  await block
  await clock.advance(idleMs)
  assert.equal(threads.terminated, 1)
  assert.equal(clock.pendingTimers, 0)
})

test('what still waits at the end stays plain, and no timer is left', async () => {
  const { clock, threads, highlighter } = withHighlighter()
  const waiting = [highlighter.highlight('ts', 'one'), highlighter.highlight('ts', 'two')]
  highlighter.dispose()
  assert.deepEqual(await Promise.all(waiting), [{}, {}])
  assert.deepEqual(await highlighter.highlight('ts', 'three'), {})
  assert.equal(threads.terminated, 1)
  assert.equal(clock.pendingTimers, 0)
})
