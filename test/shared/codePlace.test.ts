import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { checkPlace, findPlaces } from '../../src/shared/codePlace.ts'
import { isWorkspacePath } from '../../src/shared/workspacePath.ts'

/** What is found in a text, as it stands there. */
const found = (text: string): string[] => findPlaces(text).map(({ from, to }) => text.slice(from, to))

describe('findPlaces', () => {
  it('reads path, line, column and last line out of the common spellings', () => {
    const text =
      'src/kettle.ts:12 src/kettle.ts:12:5 src/kettle.ts:10-20 src/kettle.ts#L10 src/kettle.ts#L10-L20 ./a.py:3 Makefile:7'
    assert.deepEqual(
      findPlaces(text).map(({ from: _from, to: _to, ...place }) => place),
      [
        { path: 'src/kettle.ts', line: 12 },
        { path: 'src/kettle.ts', line: 12, column: 5 },
        { path: 'src/kettle.ts', line: 10, last: 20 },
        { path: 'src/kettle.ts', line: 10 },
        { path: 'src/kettle.ts', line: 10, last: 20 },
        { path: 'a.py', line: 3 },
        { path: 'Makefile', line: 7 },
      ],
    )
  })

  const places: readonly (readonly [text: string, ...expected: readonly string[]])[] = [
    ['See src/kettle.ts:12.', 'src/kettle.ts:12'],
    ['Is it kettle.ts:12?', 'kettle.ts:12'],
    ['    at boil (src/kettle.ts:12:5)', 'src/kettle.ts:12:5'],
    ['src/a.ts:1, src/b.ts:2; "src/c.ts:3"', 'src/a.ts:1', 'src/b.ts:2', 'src/c.ts:3'],
    ['src/a.ts:12:', 'src/a.ts:12'],
    ['docker/Dockerfile:3', 'docker/Dockerfile:3'],
    ['.github/workflows/test.yml:9', '.github/workflows/test.yml:9'],
    ['src/Öl/größe.rs:4', 'src/Öl/größe.rs:4'],
    ['packages/@scope/x/index.d.ts:1', 'packages/@scope/x/index.d.ts:1'],
  ]
  for (const [text, ...expected] of places)
    it(`finds ${expected.join(' and ')} in ${text.trim()}`, () => {
      assert.deepEqual(found(text), expected)
    })

  const ordinary = [
    'The train leaves at 12:30, or 9:15:20.',
    'http://host:80 and localhost:8080 and 127.0.0.1:3000',
    'https://example.com:8443/a.html',
    'example.com:443 and www.example.org:80/index',
    'example.com/index.html:80',
    'It was 3:1, and then 16:9 or a:1.',
    'Chapter 3:16 of the book; note#L3; issue #12; v1.2.3:4',
    'key:12 and map.get:3',
    '/etc/passwd.txt:1 and /home/ada/kettle.ts:3',
    '../up/kettle.ts:3 and a/../b.ts:4',
    'C:\\src\\kettle.ts:3 and file:///a.ts:3',
    'src/kettle.ts and src/kettle.ts:0 and src/kettle.ts:99999999',
    'src/kettle.ts:20-10',
    'a\u202eb/c.ts:3',
    'ada@example.com:22 git@example.org:ada/kettle',
    ':12 and .ts:12 and ts:12',
    '😀:12 and 日本:30',
  ]
  for (const text of ordinary)
    it(`finds no place in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(found(text), [])
    })

  it('finds in any text only places that can be in a workspace, in order', () => {
    const unit = fc.constantFrom(
      'src/',
      'a.ts',
      ':12',
      '#L3',
      '-L4',
      '..',
      '/',
      ' ',
      '\n',
      '(',
      ':',
      'é',
      '\u202e',
      '\\',
      '12',
    )
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), (units) => {
        const text = units.join('')
        findPlaces(text).reduce((end, place) => {
          assert.ok(end <= place.from && place.from < place.to && place.to <= text.length)
          assert.ok(isWorkspacePath(place.path) && place.line >= 1)
          return place.to
        }, 0)
      }),
    )
  })

  it('looks at each word once, however long it is and however many there are', () => {
    assert.deepEqual(found(`${'a/'.repeat(8_000)}a.ts:1`), [])
    assert.equal(found('a.ts:1 '.repeat(1_000)).length, 200)
  })
})

it('checkPlace takes only numbers and paths that are in order', () => {
  assert.deepEqual(checkPlace({ path: 'a.ts', line: 1, column: 2, last: 3 }), {
    path: 'a.ts',
    line: 1,
    column: 2,
    last: 3,
  })
  for (const wrong of [
    { path: '../a', line: 1 },
    { path: 'a', line: 0 },
    { path: 'a', line: 1.5 },
    { path: 'a', line: '1e3' },
    { path: 'a', line: 1, column: 0 },
    { path: 'a', line: 3, last: 2 },
    { path: 'a', line: Number.NaN },
    { path: 7, line: 1 },
  ])
    assert.equal(checkPlace(wrong), undefined, JSON.stringify(wrong))
})
