import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectRefusal } from './expectRefusal.ts'
import { World } from './world.ts'

test('a text is scanned for secrets, before there is an identity and without a word of it in the log', async (t) => {
  const world = await World.open(t)
  const peer = await (await world.home('ada')).start()
  const secret = 'Tr0ub4dor&3'
  const text = `{\n  "password": "${secret}"\n}`
  const { findings } = await peer.request('scan/text', { text, name: 'config/.env' })
  const from = text.indexOf(secret)
  assert.deepEqual(findings, [
    { kind: 'secret-file', from: 0, to: 0, firstLine: 0, lastLine: 0 },
    { kind: 'assignment', from, to: from + secret.length, firstLine: 2, lastLine: 2 },
  ])
  assert.deepEqual(await peer.request('scan/text', { text: 'const password = readPassword()' }), { findings: [] })
  await expectRefusal(peer.requestRaw('scan/text', { text: 7 }), 'invalid-params')
  assert.doesNotMatch(peer.stderr, /Tr0ub4dor/)
})
