import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ResponseError } from 'vscode-jsonrpc/node'
import { decodeRefusal, encodeRefusal } from '../../../src/node/windows/rpcSocket.ts'
import { ChatError, chatError } from '../../../src/shared/chatError.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'

test('a refusal arrives with its code and its sentence', () => {
  const refusal = chatError('invite-used')
  const { code, message } = decodeRefusal(encodeRefusal(refusal, new RecordingLog()))
  assert.deepEqual([code, message], ['invite-used', refusal.message])
})

test('a bug of the leader is internal, and its own words stay there', () => {
  const { code, message } = decodeRefusal(encodeRefusal(new TypeError('planted'), new RecordingLog()))
  assert.equal(code, 'internal')
  assert.doesNotMatch(message, /planted/)
})

test('whatever the other end says in the place of a refusal is one, with a code that this build knows', () => {
  const known = new Set(['internal', 'leader-changed', 'invite-used'])
  const data = fc.oneof(fc.anything(), fc.record({ code: fc.oneof(fc.constant('invite-used'), fc.anything()) }))
  fc.assert(
    fc.property(fc.oneof(fc.constant(-32000), fc.integer()), data, (number, said) => {
      const refusal = decodeRefusal(new ResponseError(number, 'No.', said))
      assert.ok(refusal instanceof ChatError)
      assert.ok(known.has(refusal.code), refusal.code)
    }),
  )
  for (const error of [new Error('closed'), undefined, 'no']) assert.equal(decodeRefusal(error).code, 'leader-changed')
})
