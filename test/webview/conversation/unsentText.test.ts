import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { unsentText } from '../../../src/webview/conversation/unsentText.ts'

const pending = [
  { request: 1, text: 'on its way', at: 0 },
  { request: 2, text: 'refused', at: 0, sentence: 'The disk is full.' },
]

describe('what is unsent', () => {
  it('is what could not be sent and what is being written, and not what is on its way', () => {
    assert.equal(unsentText(pending, 'half a thought'), 'refused\n\nhalf a thought')
    assert.equal(unsentText(pending, ''), 'refused')
    assert.equal(unsentText([], ''), '')
  })

  it('can travel', () => {
    assert.equal(unsentText([], 'a\ud800b'), 'a\ufffdb')
  })
})
