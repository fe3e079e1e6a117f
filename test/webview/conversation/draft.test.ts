import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { initialDraft, parseSavedDraft } from '../../../src/webview/conversation/draft.ts'
import { conversationId } from '../harness/fixtures.ts'

const saved = { conversation: conversationId, text: 'mine', isPosted: false }

describe('a saved draft', () => {
  it('is read back as it was written, and as nothing when it is anything else', () => {
    assert.deepEqual(parseSavedDraft({ ...saved, extra: 1 }), saved)
    for (const wrong of [undefined, null, 'x', [], {}, { ...saved, conversation: 'c' }, { ...saved, text: 1 }]) {
      assert.equal(parseSavedDraft(wrong), undefined)
    }
    fc.assert(fc.property(fc.anything(), (value) => parseSavedDraft(value) === undefined))
  })

  it('wins over the host’s only where the host does not have it yet', () => {
    assert.equal(initialDraft(conversationId, 'theirs', saved), 'mine')
    assert.equal(initialDraft(conversationId, 'theirs', { ...saved, isPosted: true }), 'theirs')
    assert.equal(initialDraft(conversationId, 'theirs', undefined), 'theirs')
    const other = 'a'.repeat(64) as typeof conversationId
    assert.equal(initialDraft(other, 'theirs', saved), 'theirs')
  })
})
