import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseErrorResponse, parseIncoming } from '../../src/headless/rpcMessages.ts'

/** Values with the fields of a request, each of them anything. */
const nearRequest = fc.record(
  {
    jsonrpc: fc.oneof(fc.constant('2.0'), fc.jsonValue()),
    id: fc.oneof(fc.string(), fc.double(), fc.jsonValue()),
    method: fc.oneof(fc.string(), fc.jsonValue()),
    params: fc.oneof(fc.object(), fc.jsonValue()),
  },
  { requiredKeys: [] },
)

test('any value is a request whose parts are what they should be, a notification, or comes with its refusal', () => {
  fc.assert(
    fc.property(fc.oneof(nearRequest, fc.anything()), (value) => {
      const incoming = parseIncoming(value)
      if (incoming.kind === 'notification') return
      if (incoming.kind === 'request') {
        assert.ok(typeof incoming.id === 'string' || Number.isFinite(incoming.id))
        assert.equal(typeof incoming.method, 'string')
        assert.ok(typeof incoming.params === 'object' && !Array.isArray(incoming.params))
        return
      }
      const { jsonrpc, error } = incoming.response
      assert.equal(jsonrpc, '2.0')
      assert.deepEqual(error?.data, { code: 'invalid-params' })
      assert.doesNotThrow(() => JSON.stringify(incoming.response))
    }),
  )
})

test('what is no JSON gets a response that every client can read', () => {
  assert.deepEqual(parseErrorResponse('It is not JSON.'), {
    jsonrpc: '2.0',
    id: null,
    error: { code: -32700, message: 'It is not JSON.', data: { code: 'invalid-params' } },
  })
})
