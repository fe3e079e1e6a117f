import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChatLife } from '../../../src/host/life/chatLife.ts'
import type { ChatPhase, OpenChat } from '../../../src/host/life/chatLife.ts'
import { chatError } from '../../../src/shared/chatError.ts'
import { FakeChatService } from '../../doubles/fakeChatService.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'

/** A profile that opens when the test says so, and remembers what happened. */
function withLife(open?: OpenChat) {
  const events: string[] = []
  const chat = new FakeChatService()
  const usual: OpenChat = () => {
    events.push('open')
    return Promise.resolve({
      chat,
      dispose: () => {
        events.push('close')
        return Promise.resolve()
      },
    })
  }
  const life = createChatLife({ open: open ?? usual, log: new RecordingLog() })
  const phases: ChatPhase['kind'][] = []
  life.onDidChangePhase(({ kind }) => phases.push(kind))
  return { life, phases, events, chat }
}

/** Waits for a signal, as the wait for a profile that another process has does. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(chatError('disposed'))
    })
  })

test('nothing is opened before it is started', () => {
  const { life, events } = withLife()
  assert.deepEqual([life.phase.kind, events], ['starting', []])
})

test('a chat starts, and ends with its profile released', async () => {
  const { life, phases, events, chat } = withLife()
  await life.start()
  assert.deepEqual(life.phase, { kind: 'running', chat })
  await life.dispose()
  assert.deepEqual(phases, ['running', 'ended'])
  assert.deepEqual(events, ['open', 'close'])
})

test('a restart closes the chat before it opens the next', async () => {
  const { life, phases, events } = withLife()
  await life.start()
  await life.restart()
  assert.deepEqual(events, ['open', 'close', 'open'])
  assert.deepEqual(phases, ['running', 'starting', 'running'])
})

test('what does not load or open is a phase with its reason, never a rejection', async () => {
  const refused = withLife(() => Promise.reject(chatError('unsupported-platform')))
  await refused.life.start()
  assert.deepEqual(refused.life.phase, { kind: 'broken', code: 'unsupported-platform' })
  const bug = withLife(() => Promise.reject(new TypeError('a bug')))
  await bug.life.start()
  assert.deepEqual(bug.life.phase, { kind: 'broken', code: 'internal' })
})

test('a window whose profile is elsewhere says so, and takes over when that ends', async () => {
  let isFree: () => void = () => undefined
  const chat = new FakeChatService()
  const { life, phases } = withLife(async (_signal, onElsewhere) => {
    onElsewhere()
    await new Promise<void>((resolve) => {
      isFree = resolve
    })
    return { chat, dispose: () => Promise.resolve() }
  })
  const started = life.start()
  await Promise.resolve()
  assert.equal(life.phase.kind, 'elsewhere')
  isFree()
  await started
  assert.deepEqual(phases, ['elsewhere', 'running'])
})

test('a window that waits for its profile can be closed and restarted', async () => {
  let opened = 0
  const { life, phases } = withLife((signal, onElsewhere) => {
    opened += 1
    onElsewhere()
    return untilAborted(signal)
  })
  void life.start()
  await Promise.resolve()
  void life.restart()
  while (opened < 2) await new Promise((resolve) => setImmediate(resolve))
  await life.dispose()
  assert.equal(phases.at(-1), 'ended')
  assert.ok(!phases.includes('broken'))
})

test('after its end nothing opens again', async () => {
  const { life, events } = withLife()
  await life.dispose()
  await life.start()
  await life.restart()
  assert.deepEqual(events, [])
  assert.equal(life.phase.kind, 'ended')
})
