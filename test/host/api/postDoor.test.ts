import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPostDoor } from '../../../src/host/api/postDoor.ts'
import { createPostGrants } from '../../../src/host/api/postGrants.ts'
import type { TincanApi } from '../../../src/host/api/tincanApi.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'

const place = 'c'.repeat(64) as ConversationId
const text = { kind: 'text', text: 'Build 512 is green.' } as const

interface User {
  answer: { isForGood: boolean } | undefined
  hasPlace: boolean
  wantsSecrets: boolean
}

/** A door whose user answers with `answer`; `asked` and `sent` hold what reached them. */
function withDoor(answer = { isForGood: false }) {
  const clock = new FakeClock()
  const memory = new Map<string, unknown>()
  const grants = createPostGrants({
    get: (key: string) => memory.get(key),
    update: (key, value) => {
      memory.set(key, value)
      return Promise.resolve()
    },
  } as Parameters<typeof createPostGrants>[0])
  const user: User = { answer, hasPlace: true, wantsSecrets: true }
  const asked: string[] = []
  const sent: string[] = []
  const api: TincanApi = createPostDoor({
    clock,
    grants,
    findExtension: (id) => (id.startsWith('acme.') ? { id, name: 'Acme Build' } : undefined),
    isThere: () => user.hasPlace,
    ask: async (poster, body) => {
      asked.push(`${poster.name}: ${body.text}`)
      await clock.settle()
      return user.answer && { conversation: place, ...user.answer }
    },
    send: (_, body) => {
      if (user.wantsSecrets) sent.push(body.text)
      return Promise.resolve(user.wantsSecrets)
    },
  })
  return { clock, memory, grants, user, asked, sent, api }
}

test('nothing is posted without the user’s consent, which is asked for each time', async () => {
  const { api, asked, sent, user } = withDoor()
  const acme = api.forExtension('acme.build')
  assert.equal(await acme.post(text), 'sent')
  user.answer = undefined
  assert.equal(await acme.post(text), 'declined')
  assert.equal(asked.length, 2)
  assert.deepEqual(sent, [text.text])
})

test('an extension that is allowed for good posts there without asking, until that is taken back', async () => {
  const { api, asked, sent, grants, user } = withDoor({ isForGood: true })
  await api.forExtension('Acme.Build').post(text)
  assert.equal(await api.forExtension('acme.build').post(text), 'sent')
  assert.equal(asked.length, 1)
  assert.deepEqual(grants.all, [{ extension: 'acme.build', conversation: place }])

  await api.forExtension('acme.other').post(text)
  assert.equal(asked.length, 2, 'another extension has to ask')
  await grants.revoke('acme.build')
  user.answer = undefined
  assert.equal(await api.forExtension('acme.build').post(text), 'declined')
  assert.equal(sent.length, 3)
})

test('a place that is gone is asked for anew', async () => {
  const { api, asked, user } = withDoor({ isForGood: true })
  await api.forExtension('acme.build').post(text)
  user.hasPlace = false
  await api.forExtension('acme.build').post(text)
  assert.equal(asked.length, 2)
})

test('what the user holds back as secret is not sent, and grants nothing', async () => {
  const { api, sent, grants, user } = withDoor({ isForGood: true })
  user.wantsSecrets = false
  assert.equal(await api.forExtension('acme.build').post(text), 'declined')
  assert.deepEqual([sent, grants.all], [[], []])
})

test('an extension gets one question at a time, and no more than anybody can read', async () => {
  const { api, asked, clock } = withDoor()
  const acme = api.forExtension('acme.build')
  const first = acme.post(text)
  await assert.rejects(acme.post(text), RangeError)
  assert.equal(await first, 'sent')
  for (let i = 0; i < 8; i++) await acme.post(text)
  await assert.rejects(acme.post(text), RangeError)
  await clock.advance(6_000)
  assert.equal(await acme.post(text), 'sent')
  assert.equal(asked.length, 10)
})

test('what cannot be sent is refused before anybody is asked', async () => {
  const { api, asked } = withDoor()
  const acme = api.forExtension('acme.build')
  for (const body of [
    undefined,
    null,
    'text',
    [],
    { kind: 'text' },
    { kind: 'file', text: 'x' },
    { kind: 'text', text: ' ' },
  ])
    await assert.rejects(acme.post(body as never), TypeError)
  await assert.rejects(acme.post({ kind: 'snippet', language: 'c', text: 'x', path: '/etc/passwd' }), TypeError)
  await assert.rejects(acme.post({ kind: 'text', text: 'x'.repeat(16 * 1024 + 1) }), RangeError)
  assert.deepEqual(asked, [])
})

test('nobody speaks for an extension that is not installed', () => {
  const { api } = withDoor()
  for (const id of ['evil.extension', '', undefined, 7]) assert.throws(() => api.forExtension(id as string), RangeError)
})

test('what is stored of grants is parsed: anything else grants nothing', async () => {
  const { api, asked, memory } = withDoor()
  for (const value of [
    7,
    'x',
    [null, 1, {}, { extension: 'acme.build', conversation: 'c' }, { extension: 7, conversation: place }],
  ]) {
    memory.set('tincan.postGrants', value)
    await api.forExtension('acme.build').post(text)
  }
  assert.equal(asked.length, 3)
})
