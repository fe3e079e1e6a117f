import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MessageId } from '../../../src/shared/ids.ts'
import { CloneKnowledge } from '../../../src/webview/code/cloneKnowledge.ts'

test('a clone is known by its remote in any spelling', () => {
  const clones = new CloneKnowledge()
  assert.equal(clones.has('https://github.com/ada/kettle.git'), false)
  clones.setIdentities(['github.com/ada/kettle'])
  assert.equal(clones.has('git@github.com:Ada/kettle.git'), true)
  assert.equal(clones.has('https://github.com/ada/tea.git'), false)
  assert.equal(clones.has(undefined), false)
  clones.setIdentities([])
  assert.equal(clones.has('https://github.com/ada/kettle.git'), false)
})

test('what was found out last about a snippet is remembered, for the last few hundred', () => {
  const clones = new CloneKnowledge()
  const id = (n: number): MessageId => String(n) as MessageId
  clones.setPlace(id(0), { sentence: 'first', offers: [] })
  clones.setPlace(id(0), { sentence: 'second', offers: ['apply'] })
  assert.deepEqual(clones.placeOf(id(0)), { sentence: 'second', offers: ['apply'] })
  for (let n = 1; n <= 200; n++) clones.setPlace(id(n), { sentence: String(n), offers: [] })
  assert.equal(clones.placeOf(id(0)), undefined)
  assert.equal(clones.placeOf(id(200))?.sentence, '200')
})
