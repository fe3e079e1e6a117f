import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isEmptySearch, parsePeriod, parseSearch } from '../../../src/core/search/parseSearch.ts'
import { workMs } from '../../shared/workMs.ts'

/** The terms as short texts: alternatives with `|`, a beginning with `*`. */
const terms = (query: string): string[] =>
  parseSearch(query).terms.map((term) =>
    term.map(({ words, isPrefix }) => words.join(' ') + (isPrefix ? '*' : '')).join('|'),
  )

test('words count whole, but for the last one while it is being typed', () => {
  assert.deepEqual(terms('release not'), ['release', 'not*'])
  assert.deepEqual(terms('release not '), ['release', 'not'])
  assert.deepEqual(terms('rel* notes '), ['rel*', 'notes'])
})

test('what is in quotes is words in a row, also when the quote is never closed', () => {
  assert.deepEqual(terms('"release notes" soon '), ['release notes', 'soon'])
  assert.deepEqual(terms('say "release no'), ['say', 'release no*'])
  assert.deepEqual(terms('"release notes"'), ['release notes'])
  assert.deepEqual(terms('"'), [])
  assert.deepEqual(terms('""""'), [])
})

test('an identifier is its words in a row, and itself without its capitals', () => {
  assert.deepEqual(terms('getUserName '), ['get user name|getusername'])
  assert.deepEqual(terms('user_name '), ['user name'])
  assert.deepEqual(terms('src/core/chat.ts '), ['src core chat ts'])
  assert.deepEqual(terms("don't "), ['don t'])
})

test('names, places and contents are fields, in any case and any order', () => {
  const search = parseSearch('FROM:ann bug in:"the team" has:code HAS:link from:"Bob B."')
  assert.deepEqual(
    { from: search.from, in: search.in, has: search.has, terms: search.terms.length },
    { from: ['ann', 'Bob B.'], in: ['the team'], has: ['code', 'link'], terms: 1 },
  )
})

test('days, months and years are dates, and a day that no month has is a word', () => {
  assert.deepEqual(parseSearch('before:2026-11-28 after:2026-2 on:2025 on:today').dates, [
    { side: 'before', period: { year: 2026, month: 11, day: 28 } },
    { side: 'after', period: { year: 2026, month: 2 } },
    { side: 'on', period: { year: 2025 } },
    { side: 'on', period: 0 },
  ])
  for (const odd of ['2026-13', '2026-02-29', '2026-00-01', '26', '2026-1-1-1', 'soon', '']) {
    assert.equal(parsePeriod(odd), undefined, odd)
    assert.deepEqual(parseSearch(`on:${odd} `).dates, [])
  }
  assert.deepEqual(parsePeriod('2028-02-29'), { year: 2028, month: 2, day: 29 })
})

test('a field without a sensible value is a word like any other', () => {
  assert.deepEqual(terms('has:fun from: in:"" '), ['has fun', 'from', 'in'])
  assert.deepEqual(terms('http://x.y '), ['http x y'])
})

test('operators of other searches are words', () => {
  assert.deepEqual(terms('a AND b OR NOT c NEAR(d, 2) ^e -f {g}: (h) '), [
    ...['a', 'and', 'b', 'or', 'not', 'c', 'near d', '2', 'e', 'f', 'g', 'h'],
  ])
})

test('accents, width, case and ligatures make no difference, and unspaced scripts are looked for by characters', () => {
  assert.deepEqual(terms('Straße ÉCOLE ＡＢＣ ﬁn İzmir '), ['strasse', 'ecole', 'abc', 'fin', 'izmir'])
  assert.deepEqual(terms('東京タワー '), ['東 京 タ ワ ー'])
  assert.deepEqual(terms('React入門 '), ['react 入 門'])
})

test('nothing but white space and signs looks for nothing', () => {
  for (const query of ['', '   ', '*', '!!! ???', '"""', '\u0000']) assert.ok(isEmptySearch(parseSearch(query)), query)
})

test('whatever is typed is read into a bounded search of words that hold no sign', () => {
  const piece = fc.oneof(
    fc.constantFrom('"', '*', 'from:', 'in:', 'has:', 'on:', ' ', ':', '(', 'NEAR', '2026-1', 'a"b', '·', '漢字', 'aB'),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const search = parseSearch(pieces.join(''))
      assert.ok(search.terms.length <= 16)
      for (const { words } of search.terms.flat())
        for (const word of words) assert.match(word, /^[\p{L}\p{N}\p{M}]{1,64}$/u)
    }),
    { numRuns: 500 },
  )
  for (const long of [
    '"'.repeat(10_000),
    'a '.repeat(5_000),
    'from:x '.repeat(1_500),
    'aB'.repeat(5_000),
    '漢'.repeat(10_000),
  ]) {
    assert.deepEqual(parseSearch(long), parseSearch(long + long), 'what is far behind is not read')
    const [half, whole] = [long.slice(0, 512), long.slice(0, 1024)]
    assert.ok(searchMs(whole) <= 8 * searchMs(half) + 5, 'twice as much is not many times the work')
  }
})

/** Of a hundred times. */
const searchMs = (query: string): number =>
  workMs(() => {
    for (let i = 0; i < 100; i++) parseSearch(query)
  })
