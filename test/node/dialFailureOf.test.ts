import assert from 'node:assert/strict'
import { it } from 'node:test'
import { dialFailureOf } from '../../src/node/dialFailureOf.ts'

const cases = [
  ['PEER_NOT_FOUND', 'not-found'],
  ['PEER_CONNECTION_FAILED', 'not-found'],
  ['SERVER_ERROR', 'refused'],
  ['SERVER_INCOMPATIBLE', 'refused'],
  ['HOLEPUNCH_ABORTED', 'unreachable'],
  ['CANNOT_HOLEPUNCH', 'unreachable'],
  ['REMOTE_ABORTED', 'unreachable'],
  ['SUSPENDED', 'aborted'],
  ['NODE_DESTROYED', 'aborted'],
] as const

for (const [code, failure] of cases) {
  it(`takes ${code} for ${failure}`, () => {
    assert.equal(dialFailureOf(Object.assign(new Error(code), { code })), failure)
  })
}

it('takes no error, an error without a code and what is no error for unreachable', () => {
  for (const error of [undefined, new Error('no code'), 'text', null]) assert.equal(dialFailureOf(error), 'unreachable')
})
