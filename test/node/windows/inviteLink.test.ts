import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openNodeChat } from '../../../src/node/openNodeChat.ts'
import { MemorySecretKeeper } from '../../doubles/memorySecretKeeper.ts'
import { temporaryDirectory } from '../temporaryDirectory.ts'
import { createAcquainted } from './profile.ts'
import type { WindowProcess } from './window.ts'

const namesIn = async (window: WindowProcess): Promise<readonly string[]> =>
  (await window.ask('conversation/list', {})).filter(({ isSelf }) => isSelf !== true).map(({ title }) => title)

test('an invite link that opens in a window that follows is handed on to the one that leads: joined once, and there in all', async (context) => {
  const profile = await createAcquainted(context)
  const { first, bootstrap } = profile
  const [second, third] = [profile.open(), profile.open()]
  await Promise.all([second.follows(), third.follows()])
  const temporary = temporaryDirectory()
  const carol = await openNodeChat({
    directory: join(temporary.path, 'carol'),
    secrets: new MemorySecretKeeper(),
    bootstrap,
    host: '127.0.0.1',
  })
  context.after(async () => {
    await carol.dispose()
    temporary.dispose()
  })
  await carol.start()
  await carol.request('identity/create', { name: 'Carol' })
  const { link } = await carol.request('invite/create', { kind: 'contact', autoAccept: true })
  const known = new Promise<void>((resolve) => {
    carol.on('invite/changed', ({ conversation }) => conversation && resolve())
  })
  // The window that the user sees on top asks about it, and so does another that was given the same link.
  assert.equal((await third.ask('invite/inspect', { link })).kind, 'contact')
  await Promise.all([third, second].map((one) => one.ask('invite/accept', { link })))
  await known
  for (const window of [first, second, third])
    while (!(await namesIn(window)).includes('Carol')) await window.ask('identity/get', {})
  for (const window of [first, second, third]) assert.deepEqual([...(await namesIn(window))].sort(), ['Bob', 'Carol'])
  assert.equal((await carol.request('conversation/list', {})).filter(({ isSelf }) => isSelf !== true).length, 1)
})
