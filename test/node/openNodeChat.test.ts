import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { openNodeChat } from '../../src/node/openNodeChat.ts'
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
  assert.deepEqual(readdirSync(directory), ['store.db'])
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

it('refuses to open over a damaged store, and changes nothing', async () => {
  const { path: directory, dispose } = temporaryDirectory()
  writeFileSync(join(directory, 'store.db'), 'damaged')
  await assert.rejects(openNodeChat(own(directory)), { code: 'store-damaged' })
  assert.equal(readFileSync(join(directory, 'store.db'), 'utf8'), 'damaged')
  assert.ok(!existsSync(join(directory, 'identity')))
  dispose()
})
