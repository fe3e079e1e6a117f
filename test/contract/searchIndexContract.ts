import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { SearchEntry, SearchIndex, SearchQuery } from '../../src/core/ports/searchIndex.ts'
import { maxAt } from '../../src/core/ports/searchIndex.ts'
import { MemorySearchIndex } from '../doubles/memorySearchIndex.ts'

function entry(seq: number, words: string, rest: Partial<SearchEntry> = {}): SearchEntry {
  return { log: 1, seq, at: 1000 + seq, words: words.split(' '), wholes: [], tags: ['c1'], ...rest }
}

const everything: SearchQuery = { terms: [], tags: [], from: 0, until: maxAt + 1 }
const query = (...phrases: string[]): SearchQuery => ({
  ...everything,
  terms: phrases.map((phrase) => [{ words: phrase.replace('*', '').split(' '), isPrefix: phrase.endsWith('*') }]),
})

/** What every `SearchIndex` does, whatever it is made of. */
export function searchIndexContract(name: string, create: () => SearchIndex): void {
  const withIndex = (work: (index: SearchIndex) => void) => (): void => {
    const index = create()
    try {
      work(index)
    } finally {
      index.close()
    }
  }
  const seqs = (index: SearchIndex, looked: SearchQuery, limit = 100): number[] =>
    index.find(looked, undefined, limit).map(({ seq }) => seq)

  describe(`${name} as a search index`, () => {
    it(
      'finds words, beginnings and words in a row, the newest first',
      withIndex((index) => {
        index.put([entry(1, 'the quick brown fox'), entry(2, 'a brown quick dog'), entry(3, 'quickly')])
        assert.deepEqual(seqs(index, query('quick')), [2, 1])
        assert.deepEqual(seqs(index, query('quick*')), [3, 2, 1])
        assert.deepEqual(seqs(index, query('quick brown')), [1])
        assert.deepEqual(seqs(index, query('quick bro*')), [1])
        assert.deepEqual(seqs(index, query('quick', 'dog')), [2])
        assert.deepEqual(seqs(index, query('qui')), [])
        assert.deepEqual(seqs(index, everything), [3, 2, 1])
      }),
    )

    it(
      'finds whole identifiers each for itself, and never across them',
      withIndex((index) => {
        index.put([entry(1, 'get user name', { wholes: ['getuser', 'name2'] })])
        assert.deepEqual(seqs(index, query('getus*')), [1])
        for (const apart of ['name getuser', 'getuser name2']) assert.deepEqual(seqs(index, query(apart)), [])
      }),
    )

    it(
      'asks for tags, of each list any, and takes no word for a tag',
      withIndex((index) => {
        index.put([
          entry(1, 'c2 link', { tags: ['c1', 'link'] }),
          entry(2, 'x', { tags: ['c2'] }),
          entry(3, 'x', { tags: ['c3'] }),
        ])
        assert.deepEqual(seqs(index, { ...everything, tags: [['c2']] }), [2])
        assert.deepEqual(seqs(index, { ...everything, tags: [['c1', 'c3']] }), [3, 1])
        assert.deepEqual(seqs(index, { ...everything, tags: [['c1', 'c2'], ['link']] }), [1])
        assert.deepEqual(seqs(index, { ...query('c2'), tags: [['c1']] }), [1])
        assert.deepEqual(seqs(index, query('c3*')), [])
      }),
    )

    it(
      'keeps to a span of time, from its beginning and without its end',
      withIndex((index) => {
        index.put([entry(1, 'x', { at: 0 }), entry(2, 'x', { at: 500 }), entry(3, 'x', { at: maxAt })])
        assert.deepEqual(seqs(index, { ...everything, from: 500, until: maxAt }), [2])
        assert.deepEqual(seqs(index, { ...query('x'), from: 0, until: 500 }), [1])
        assert.deepEqual(seqs(index, { ...everything, from: 500, until: 500 }), [])
        assert.deepEqual(seqs(index, everything), [3, 2, 1])
      }),
    )

    it(
      'goes on from a place, with many of one moment too, and each is found once',
      withIndex((index) => {
        index.put(Array.from({ length: 50 }, (_, i) => entry(i + 1, 'same', { at: 7 + (i >> 4) })))
        const found: number[] = []
        for (let before = undefined as Parameters<SearchIndex['find']>[1]; ;) {
          const page = index.find(query('same'), before, 7)
          found.push(...page.map(({ seq }) => seq))
          if (page.length < 7) break
          before = page.at(-1)
        }
        assert.equal(found.length, 50)
        assert.equal(new Set(found).size, 50)
      }),
    )

    it(
      'replaces what it has of a message, forgets what is removed, and counts what is left',
      withIndex((index) => {
        index.put([entry(1, 'secret'), entry(2, 'secret'), entry(3, 'secret'), entry(3, 'secret', { log: 2 })])
        index.put([entry(2, 'mended')])
        assert.deepEqual(seqs(index, query('secret')), [3, 3, 1])
        index.remove(1, 1, 2)
        index.remove(1, 77, 99)
        assert.deepEqual(seqs(index, query('mended')), [])
        assert.deepEqual(
          index
            .find(query('secret'), undefined, 9)
            .map(({ log }) => log)
            .sort(),
          [1, 2],
        )
        assert.equal(index.size, 2)
        assert.deepEqual(seqs(index, everything, 0), [])
      }),
    )

    it(
      'takes words of any script, and of any length that a word may have, as they are',
      withIndex((index) => {
        const words = ['漢', '字', 'привет', 'ñandú', 'か\u3099', '𝒳', 'ⴰⵣⵓⵍ', 'x'.repeat(64), '0', '\u{1e900}']
        index.put([entry(1, words.join(' '))])
        for (const word of words) assert.deepEqual(seqs(index, query(word)), [1], word)
        assert.deepEqual(seqs(index, query('漢 字')), [1])
        assert.deepEqual(seqs(index, query('字 漢')), [])
        assert.deepEqual(seqs(index, query('прив*')), [1])
      }),
    )

    it(
      'takes what other programs read as operators for words',
      withIndex((index) => {
        index.put([entry(1, 'near and or not'), entry(2, 'and')])
        assert.deepEqual(seqs(index, query('and', 'or')), [1])
        assert.deepEqual(seqs(index, query('near and')), [1])
        assert.deepEqual(seqs(index, query('not')), [1])
      }),
    )

    it('finds what the simplest index finds', () => {
      const word = fc.constantFrom('a', 'ab', 'abc', 'b', 'ba', '漢')
      const entries = fc.array(
        fc.record({
          seq: fc.integer({ min: 1, max: 12 }),
          at: fc.integer({ min: 0, max: 5 }),
          words: fc.array(word, { maxLength: 5 }),
          tag: word,
          remove: fc.boolean(),
        }),
        { maxLength: 20 },
      )
      const phrase = fc.record({ words: fc.array(word, { minLength: 1, maxLength: 3 }), isPrefix: fc.boolean() })
      const looked = fc.record({
        terms: fc.array(fc.array(phrase, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
        tags: fc.array(fc.array(word, { minLength: 1, maxLength: 2 }), { maxLength: 1 }),
        from: fc.integer({ min: 0, max: 3 }),
        until: fc.integer({ min: 2, max: 6 }),
      })
      fc.assert(
        fc.property(entries, looked, (steps, search) => {
          const index = create()
          const simple = new MemorySearchIndex()
          for (const { seq, at, words, tag, remove } of steps)
            for (const one of [index, simple])
              if (remove) one.remove(1, seq, seq + 1)
              else one.put([{ log: 1, seq, at, words, wholes: [], tags: [tag] }])
          const sorted = (one: SearchIndex): number[] =>
            one
              .find(search, undefined, 99)
              .map(({ seq }) => seq)
              .sort()
          assert.deepEqual(sorted(index), sorted(simple))
          assert.equal(index.size, simple.size)
          index.close()
        }),
        { numRuns: 200 },
      )
    })
  })
}
