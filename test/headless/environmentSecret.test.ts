import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEnvironmentSecret } from '../../src/headless/environmentSecret.ts'

const key = new Uint8Array(32).fill(7)

test('the key of the environment is given out, each time in memory of its own', async () => {
  const secret = createEnvironmentSecret(key)
  ;(await secret.get())?.fill(0)
  assert.deepEqual(await secret.get(), key)
})

test('only the same key can be kept', async () => {
  const secret = createEnvironmentSecret(key)
  await secret.set(key.slice())
  await assert.rejects(secret.set(new Uint8Array(32)), { name: 'ChatError', code: 'internal' })
  await assert.rejects(secret.set(new Uint8Array(0)), { name: 'ChatError', code: 'internal' })
})
