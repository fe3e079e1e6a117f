import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChatLife } from '../../../src/host/life/chatLife.ts'
import type { ChatPhase } from '../../../src/host/life/chatLife.ts'
import type { JoinProfile, Membership } from '../../../src/node/windows/joinProfile.ts'
import { chatError } from '../../../src/shared/chatError.ts'
import { deferred } from '../../../src/shared/deferred.ts'
import { FakeChatService } from '../../doubles/fakeChatService.ts'
import { FakeMembership } from '../../doubles/fakeMembership.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { settle } from '../sampleChat.ts'

/** A life that joins as `join` says, or always at once as the leader of `chat`. */
function withLife(join?: JoinProfile) {
  const chat = new FakeChatService({ 'conversation/list': () => [], 'network/retry': () => null })
  const joined: FakeMembership[] = []
  const lead = (): Promise<Membership> => {
    const membership = new FakeMembership(chat)
    joined.push(membership)
    return Promise.resolve(membership)
  }
  const life = createChatLife({ join: join ?? lead, log: new RecordingLog() })
  const phases: ChatPhase['kind'][] = []
  life.onDidChangePhase(({ kind }) => phases.push(kind))
  let changes = 0
  life.onDidChangeLeader(() => (changes += 1))
  return { life, phases, joined, chat, changes: () => changes }
}

/** Waits for a signal, as the wait for a profile that another process has does. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(chatError('disposed'))
    })
  })

test('nothing is opened before it is started', () => {
  const { life, joined } = withLife()
  assert.deepEqual([life.phase.kind, joined], ['starting', []])
})

test('a chat starts, and ends with its profile released', async () => {
  const { life, phases, joined } = withLife()
  await life.start()
  assert.equal(life.phase.kind, 'running')
  assert.equal(life.leads, true)
  await life.dispose()
  assert.deepEqual(phases, ['running', 'ended'])
  assert.deepEqual(
    joined.map(({ isDisposed }) => isDisposed),
    [true],
  )
})

test('a restart closes the chat before it opens the next, and who asks meanwhile is answered by that', async () => {
  const { life, phases, joined, changes } = withLife()
  await life.start()
  const { phase } = life
  assert.equal(phase.kind, 'running')
  const restarted = life.restart()
  const answer = phase.chat.request('conversation/list', {})
  await restarted
  assert.deepEqual(await answer, [])
  assert.deepEqual(
    joined.map(({ isDisposed }) => isDisposed),
    [true, false],
  )
  assert.deepEqual([phases, changes()], [['running'], 1])
})

test('what does not load or open is a phase with its reason, never a rejection, and can be tried again', async () => {
  let isBroken = true
  const chat = new FakeChatService()
  const refused = withLife(() =>
    isBroken ? Promise.reject(chatError('unsupported-platform')) : Promise.resolve(new FakeMembership(chat)),
  )
  await refused.life.start()
  assert.deepEqual(refused.life.phase, { kind: 'broken', code: 'unsupported-platform' })
  isBroken = false
  await refused.life.restart()
  assert.equal(refused.life.phase.kind, 'running')
  const bug = withLife(() => Promise.reject(new TypeError('a bug')))
  await bug.life.start()
  assert.deepEqual(bug.life.phase, { kind: 'broken', code: 'internal' })
})

test('a window that cannot attach says why, refuses what is asked, and joins in once it can', async () => {
  const free = deferred<undefined>()
  const chat = new FakeChatService()
  const { life, phases } = withLife(async (_signal, onObstacle) => {
    onObstacle('no-key')
    onObstacle('no-key')
    await free.promise
    return new FakeMembership(chat, 'follower')
  })
  const started = life.start()
  await settle()
  assert.deepEqual(life.phase, { kind: 'elsewhere', why: 'no-key' })
  free.resolve(undefined)
  await started
  assert.equal(life.leads, false)
  assert.deepEqual(phases, ['elsewhere', 'running'])
})

test('a window that waits for its profile can be closed and restarted', async () => {
  let opened = 0
  const { life, phases } = withLife((signal, onObstacle) => {
    opened += 1
    onObstacle('version')
    return untilAborted(signal)
  })
  void life.start()
  await settle()
  void life.restart()
  while (opened < 2) await settle()
  await life.dispose()
  assert.equal(phases.at(-1), 'ended')
  assert.ok(!phases.includes('broken'))
})

test('when its leader is gone a window goes on with the next one, as the same service', async () => {
  const { life, phases, joined, changes, chat } = withLife()
  await life.start()
  const { phase } = life
  assert.equal(phase.kind, 'running')
  const heard: string[] = []
  phase.chat.on('identity/changed', ({ kind }) => heard.push(kind))
  joined[0]?.end()
  await settle()
  assert.deepEqual([joined.length, joined[0]?.isDisposed, changes(), phases], [2, true, 1, ['running']])
  assert.equal(life.phase, phase)
  chat.fire('identity/changed', { kind: 'none' })
  assert.deepEqual(heard, ['none'], 'and hears each notification once')
})

test('every leader is told what the user does here, and says who speaks', async () => {
  const { life, joined } = withLife()
  life.report({ isFocused: true, usedAt: 5 })
  assert.equal(life.standing.speaks, false)
  await life.start()
  assert.deepEqual(joined[0]?.reported, [{ isFocused: true, usedAt: 5 }])
  assert.equal(life.standing.speaks, true)
  life.report({ isFocused: false, usedAt: 7 })
  assert.equal(joined[0].reported.length, 2)
  joined[0].end()
  await settle()
  assert.deepEqual(joined[1]?.reported, [{ isFocused: false, usedAt: 7 }])
})

test('a follower is not restarted by settings, which count once it leads', async () => {
  const chat = new FakeChatService()
  const followers: FakeMembership[] = []
  const { life } = withLife(async () => {
    const follower = new FakeMembership(chat, 'follower')
    followers.push(follower)
    return follower
  })
  await life.start()
  await life.restart()
  assert.deepEqual([followers.length, followers[0]?.isDisposed], [1, false])
})

test('after its end nothing opens again', async () => {
  const { life, joined } = withLife()
  await life.dispose()
  await life.start()
  await life.restart()
  assert.deepEqual(joined, [])
  assert.equal(life.phase.kind, 'ended')
})
