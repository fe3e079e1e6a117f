import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inFewPosts } from '../../../src/host/view/inFewPosts.ts'
import type { HostToWebview } from '../../../src/shared/webviewProtocol.ts'
import { message } from '../sampleChat.ts'

type Told = Extract<HostToWebview, { type: 'added' | 'changed' }>

/** What was posted, each with the clocks of its messages. */
function recorder() {
  const posted: (readonly [HostToWebview['type'], ...number[]])[] = []
  const post = inFewPosts((one) => {
    const clocks = one.type === 'added' || one.type === 'changed' ? one.messages.map(({ clock }) => clock) : []
    posted.push([one.type, ...clocks])
  })
  const tell = (type: Told['type'], ...clocks: number[]): void => {
    post({ type, messages: clocks.map(message) })
  }
  return { posted, post, tell }
}

test('what one turn says of messages goes out together, and the next turn by itself', async () => {
  const { posted, tell } = recorder()
  tell('added', 1)
  tell('added', 2, 3)
  assert.deepEqual(posted, [])
  await Promise.resolve()
  tell('added', 4)
  await Promise.resolve()
  assert.deepEqual(posted, [
    ['added', 1, 2, 3],
    ['added', 4],
  ])
})

test('the order stays: of new and changed messages, and of everything else that is posted', async () => {
  const { posted, post, tell } = recorder()
  tell('added', 1)
  tell('changed', 1)
  tell('changed', 2)
  post({ type: 'themeChanged' })
  tell('added', 3)
  await Promise.resolve()
  assert.deepEqual(posted, [['added', 1], ['changed', 1, 2], ['themeChanged'], ['added', 3]])
})
