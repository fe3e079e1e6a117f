import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorSentence } from '../../src/host/errorSentence.ts'
import { chatError } from '../../src/shared/chatError.ts'
import { plainEnglish } from './plainEnglish.ts'

test('a refusal is said in one sentence of its own, without its detail', () => {
  const sentence = errorSentence(chatError('invite-expired', 'detail'), plainEnglish)
  assert.equal(sentence, 'This invite has expired. Ask for a new one.')
})

test('a bug is never explained in its own words', () => {
  assert.doesNotMatch(errorSentence(new TypeError('secret of the code'), plainEnglish), /secret/)
  assert.equal(errorSentence('thrown text', plainEnglish), errorSentence(chatError('internal'), plainEnglish))
})
