import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Message } from '../../../src/shared/service.ts'
import { announce } from '../../../src/webview/state/announce.ts'
import { createTranslate } from '../../../src/webview/text/strings.ts'
import { message } from '../harness/fixtures.ts'

const say = (...messages: readonly Message[]): string => announce(messages, () => 'Bob', createTranslate({}))

describe('announce', () => {
  it('reads one message out, its code only by name, and a long one only in part', () => {
    assert.equal(say(message(1, { text: 'a\n\n```ts\nlet x\n```\nb' })), 'Bob: a code b')
    assert.equal(say(message(1, { body: { kind: 'snippet', language: 'ts', text: 'x' } })), 'Bob: Code snippet')
    assert.ok(say(message(1, { text: 'x'.repeat(1000) })).length < 200)
  })

  it('counts several, and is silent about none', () => {
    assert.equal(say(message(1), message(2)), '2 new messages from Bob')
    assert.equal(say(), '')
  })

  it('says that a message cannot be read', () => {
    assert.match(say(message(1, { body: { kind: 'unreadable', why: 'newer' } })), /needs a newer Tincan/)
  })
})
