import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chatError, parseChatErrorCode } from '../../src/shared/chatError.ts'
import { parseServiceMethod } from '../../src/shared/serviceNames.ts'

test('a name of the service and the code of an error are taken as they are, and nothing else for one', () => {
  assert.equal(parseServiceMethod('message/send'), 'message/send')
  assert.equal(parseChatErrorCode('invite-used'), 'invite-used')
  const odd = fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'message/sent', '')
  fc.assert(
    fc.property(fc.oneof(odd, fc.string()), (text) => {
      if (parseServiceMethod(text) !== undefined) assert.match(text, /^[a-z]+(\/[a-zA-Z]+)?$/)
      if (parseChatErrorCode(text) !== undefined) assert.match(text, /^[a-z-]+$/)
    }),
  )
  for (const name of ['__proto__', 'constructor', 'toString']) {
    assert.equal(parseServiceMethod(name), undefined)
    assert.equal(parseChatErrorCode(name), undefined)
  }
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const code = parseChatErrorCode(value)
      if (code !== undefined) assert.equal(chatError(code).code, value)
    }),
  )
})
