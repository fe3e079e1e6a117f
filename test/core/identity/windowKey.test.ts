import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeIdentityFile, unwrapDataKey } from '../../../src/core/identity/identityFile.ts'
import { windowKey } from '../../../src/core/identity/windowKey.ts'
import { World } from '../chat/world.ts'

const create = async () => {
  const person = await new World().person('Alice')
  const file = await person.file.read()
  const secret = await person.secrets.get()
  assert.ok(file !== undefined && secret !== undefined)
  return { person, file, secret }
}

test('every window of a person derives the same key, whatever is changed in the identity, and another person another one', async () => {
  const { person, file, secret } = await create()
  const key = windowKey(file, secret)
  assert.equal(key?.length, 32)
  await person.request('identity/rename', { name: 'Alicia' })
  assert.deepEqual(windowKey(await person.file.read(), secret), key)
  const other = await new World(2).person('Alice')
  assert.notDeepEqual(windowKey(await other.file.read(), await other.secrets.get()), key)
})

test('the key is not the one that opens the disk', async () => {
  const { file, secret } = await create()
  const identity = decodeIdentityFile(file)
  assert.notDeepEqual(windowKey(file, secret), identity && unwrapDataKey(secret, identity.wrappedBySecret))
})

test('there is no key without an identity, without its secret, with another one, or where the file is damaged', async () => {
  const { file, secret } = await create()
  assert.equal(windowKey(undefined, secret), undefined)
  assert.equal(windowKey(file, undefined), undefined)
  assert.equal(windowKey(file, new Uint8Array(32)), undefined)
  assert.equal(windowKey(file.subarray(1), secret), undefined)
})
