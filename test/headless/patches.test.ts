import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { PatchBody, SnippetBody } from '../../src/shared/service.ts'
import { expectRefusal } from './expectRefusal.ts'
import { friends } from './people.ts'
import { planted, readAll, text, untilState, World } from './world.ts'

const patch: PatchBody = {
  kind: 'patch',
  text: `diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+${planted}\n`,
  title: 'Say b',
  git: { remote: 'https://example.org/tincan.git', commit: 'ab'.repeat(20), branch: 'main' },
}

test('a patch, and a snippet with branch, hash and surroundings, arrive complete', async (t) => {
  const world = await World.open(t)
  const { ada, bob, conversation } = await friends(world)
  const snippet: SnippetBody = {
    kind: 'snippet',
    language: 'c',
    text: planted,
    git: { branch: 'feature/1' },
    hash: createHash('sha256').update(planted).digest('hex'),
    context: { before: 'int a;\n', after: '' },
  }
  for (const body of [patch, snippet]) {
    const { id } = await ada.request('message/send', { conversation, body })
    await untilState(ada, conversation, id, 'delivered')
  }
  const bodies = (await readAll(bob, conversation)).map(({ body }) => body)
  assert.deepEqual(bodies, [patch, snippet])
  const wrong = { ...snippet, hash: 'ab'.repeat(32) }
  await expectRefusal(ada.requestRaw('message/send', { conversation, body: wrong }), 'invalid-params')
  const long = { kind: 'patch', text: 'x'.repeat(28 * 1024 + 1) }
  await expectRefusal(ada.requestRaw('message/send', { conversation, body: long }), 'message-too-long')
})

test('what became of a patch is told with the patch, is no message of its own, and of several the latest counts', async (t) => {
  const world = await World.open(t)
  const { ada, bob, conversation } = await friends(world)
  const { id } = await ada.request('message/send', { conversation, body: patch })
  await untilState(ada, conversation, id, 'delivered')
  const self = (await bob.request('identity/get'))?.person
  const hunks = { applied: 1, of: 3 }
  await bob.request('patch/result', { conversation, patch: id, outcome: 'declined' })
  await bob.request('patch/result', { conversation, patch: id, outcome: 'partly-applied', hunks })
  for (const peer of [ada, bob]) {
    const results = await peer.until('the outcome', async () => {
      const message = await peer.request('message/get', { conversation, message: id })
      return message?.results?.some(({ outcome }) => outcome === 'partly-applied') === true
        ? message.results
        : undefined
    })
    assert.deepEqual(
      results.map(({ person, outcome, hunks: told }) => ({ person, outcome, hunks: told })),
      [{ person: self, outcome: 'partly-applied', hunks }],
    )
    assert.equal((await readAll(peer, conversation)).length, 1)
    assert.equal((await peer.request('conversation/list'))[0]?.unread, peer === ada ? 0 : 1)
  }
})

test('an outcome is refused of what is no patch here, and where its fields are wrong', async (t) => {
  const world = await World.open(t)
  const { ada, conversation } = await friends(world)
  const { id } = await ada.request('message/send', { conversation, body: text('no patch') })
  const result = { conversation, patch: id, outcome: 'applied' }
  await expectRefusal(ada.requestRaw('patch/result', result), 'unknown-message')
  await expectRefusal(ada.requestRaw('patch/result', { ...result, patch: 'ab'.repeat(38) }), 'unknown-message')
  await expectRefusal(
    ada.requestRaw('patch/result', { ...result, conversation: 'ab'.repeat(32) }),
    'unknown-conversation',
  )
  for (const wrong of [{ outcome: 'done' }, { patch: 'ab' }, { hunks: { applied: 2, of: 1 } }, { hunks: 3 }])
    await expectRefusal(ada.requestRaw('patch/result', { ...result, ...wrong }), 'invalid-params')
})

test('what became of each part here is kept for its user alone, and survives kill -9', async (t) => {
  const world = await World.open(t)
  const { homes, ada, bob, conversation } = await friends(world)
  const { id } = await ada.request('message/send', { conversation, body: patch })
  await untilState(ada, conversation, id, 'delivered')
  const trial = { files: [[{ kind: 'refused', reason: 'no-match' } as const]], isDone: false }
  assert.deepEqual(await bob.request('trial/get', { conversation, patch: id }), { trial: null })
  await bob.request('trial/set', { conversation, patch: id, trial })
  await bob.kill()
  const again = await homes.bob.start()
  assert.deepEqual(await again.request('trial/get', { conversation, patch: id }), { trial })
  assert.deepEqual(await ada.request('trial/get', { conversation, patch: id }), { trial: null })
  const other = await ada.request('message/send', { conversation, body: text('no patch') })
  await expectRefusal(ada.requestRaw('trial/set', { conversation, patch: other.id, trial }), 'unknown-message')
  for (const wrong of [{ trial: 1 }, { trial: { ...trial, files: [['x']] } }, { patch: 'ab' }])
    await expectRefusal(ada.requestRaw('trial/set', { conversation, patch: id, trial, ...wrong }), 'invalid-params')
})
