import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import type { Chat } from '../../src/core/chat.ts'
import { openNodeChat } from '../../src/node/openNodeChat.ts'
import { ChatError } from '../../src/shared/chatError.ts'
import { MemorySecretKeeper } from '../doubles/memorySecretKeeper.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const own = (directory: string) => ({ directory, secrets: new MemorySecretKeeper(), bootstrap: [], host: '127.0.0.1' })

it('builds a chat in a directory that it makes, and closes all of it', async () => {
  const temporary = temporaryDirectory()
  const directory = join(temporary.path, 'tincan')
  const chat = await openNodeChat(own(directory))
  await chat.start()
  assert.deepEqual(await chat.request('identity/state', {}), { kind: 'none' })
  await chat.dispose()
  assert.deepEqual(readdirSync(directory), [])
  temporary.dispose()
})

it('finds the identity again that it made before', async () => {
  const { path: directory, dispose } = temporaryDirectory()
  const options = own(directory)
  const first = await openNodeChat(options)
  await first.start()
  await first.request('identity/create', { name: 'Alice' })
  const made = await first.request('identity/get', {})
  await first.dispose()
  const second = await openNodeChat(options)
  await second.start()
  assert.ok(made !== null)
  assert.deepEqual(await second.request('identity/get', {}), made)
  await second.dispose()
  assert.doesNotMatch(readFileSync(join(directory, 'identity'), 'latin1'), /Alice/)
  dispose()
})

it('keeps a damaged store under another name, says so until that is noted, and goes on with what could be saved', async () => {
  const { path: directory, dispose } = temporaryDirectory()
  const options = own(directory)
  const open = async (): Promise<Chat> => {
    const chat = await openNodeChat(options)
    await chat.start()
    return chat
  }
  const first = await open()
  await first.request('identity/create', { name: 'Alice' })
  const { link } = await first.request('invite/create', { kind: 'contact' })
  await first.dispose()
  const path = join(directory, 'store.db')
  const damaged = readFileSync(path)
  // The whole of its header.
  damaged.fill(0xee, 0, 100)
  writeFileSync(path, damaged)

  const second = await open()
  const { repair } = await second.request('store/state', {})
  assert.equal(repair?.cause, 'damaged')
  assert.ok(readFileSync(join(directory, repair.setAside ?? '')).equals(damaged))
  assert.equal((await second.request('invite/list', {})).own.length, 1)
  assert.equal(await second.request('invite/accept', { link }).catch(codeOf), 'invite-own')
  await second.request('store/noted', {})
  await second.dispose()
  const third = await open()
  assert.deepEqual(await third.request('store/state', {}), {})
  await third.dispose()
  dispose()
})

const codeOf = (error: unknown): string => (error instanceof ChatError ? error.code : String(error))
