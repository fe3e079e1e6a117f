import assert from 'node:assert/strict'
import { test } from 'node:test'
import { highlight, maxMarked } from '../../../src/core/search/highlight.ts'
import { parseSearch } from '../../../src/core/search/parseSearch.ts'

/** The text with what was found in brackets. */
function marked(text: string, query: string): string {
  let [result, at] = ['', 0]
  for (const { from, to } of highlight(text, parseSearch(query).terms)) {
    result += `${text.slice(at, from)}[${text.slice(from, to)}]`
    at = to
  }
  return result + text.slice(at)
}

test('marks words as they stand in the text, beginnings as whole words, and phrases as one', () => {
  assert.equal(marked('The Release notes', 'release '), 'The [Release] notes')
  assert.equal(marked('The Release notes', 'rel'), 'The [Release] notes')
  assert.equal(marked('The Release notes', '"release notes"'), 'The [Release notes]')
  assert.equal(marked('notes, then release', '"release notes"'), 'notes, then release')
})

test('marks what differs only by accents, case or width', () => {
  assert.equal(marked('Straße, ÉCOLE, ＡＢＣ', 'strasse ecole abc '), '[Straße], [ÉCOLE], [ＡＢＣ]')
  assert.equal(marked('東京タワーに行く', 'タワー '), '東京[タワー]に行く')
})

test('marks parts of identifiers, and whole ones that were typed without capitals', () => {
  assert.equal(marked('call getUserName()', 'user '), 'call get[User]Name()')
  assert.equal(marked('call getUserName()', 'getusern'), 'call [getUserName]()')
  assert.equal(marked('call getUserName()', 'getUserName '), 'call [getUserName]()')
})

test('marks what overlaps once, and no more than a bounded number', () => {
  assert.equal(marked('ab abc', 'ab* abc '), '[ab] [abc]')
  assert.equal(highlight('x '.repeat(1000), parseSearch('x ').terms).length, maxMarked)
  assert.deepEqual(highlight('anything', []), [])
})
