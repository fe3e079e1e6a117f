import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { codePointName, findDeceptions, maxDeceptions } from '../../src/shared/trojanSource.ts'

/** What is found in a text, as `kind:text`. */
const found = (text: string): string[] =>
  findDeceptions(text).map(({ kind, from, to }) => `${kind}:${text.slice(from, to)}`)

describe('findDeceptions', () => {
  const deceptive: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    [
      'a comment that swallows code by turning its direction',
      '/*\u202e } \u2066if (isAdmin)\u2069 \u2066 begin admins only */',
      ['bidi:\u202e', 'bidi:\u2066', 'bidi:\u2069', 'bidi:\u2066'],
    ],
    ['an early return behind a stretched string', '"""Subtract \u2067"""; return', ['bidi:\u2067']],
    ['a name with a letter of another alphabet', 'const is\u0410dmin = true', ['mixed-script:is\u0410dmin']],
    ['a host with a letter of another alphabet', 'fetch("https://payp\u0430l.com")', ['mixed-script:payp\u0430l']],
    ['a name wholly in look-alikes', 'let \u0441\u043e\u0440\u0443 = copy', ['look-alike:\u0441\u043e\u0440\u0443']],
    ['a name with a space of no width', 'user\u200bName = 1', ['invisible:\u200b']],
    ['a filler that is a letter of no width', 'if (ok,\u3164) {}', ['invisible:\u3164']],
    ['a joiner between Latin letters', 'ad\u200dmin', ['invisible:\u200d']],
    ['a mark of byte order in the middle', 'a\ufeffb', ['invisible:\ufeff']],
    ['text in tag characters', 'x\u{e0041}\u{e0042}', ['invisible:\u{e0041}', 'invisible:\u{e0042}']],
    ['the beginning of a terminal sequence', 'echo \u001b[8m', ['control:\u001b']],
    ['the name of a file that ends in another way than it seems', 'photo\u202egpj.exe', ['bidi:\u202e']],
  ]
  for (const [name, text, expected] of deceptive)
    it(`finds ${name}`, () => {
      assert.deepEqual(found(text), expected)
    })

  const honest: readonly (readonly [name: string, text: string])[] = [
    ['plain code', 'for (let i = 0; i < n; i++) {\r\n\tsum += a[i]\n}'],
    [
      'emoji with joiners, selectors and skin tones',
      '// 👩‍💻 👨‍👩‍👧 🏳️‍🌈 👍🏽 ❤️ 🇩🇪 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ],
    ['a comment in Russian about code', '// Привет: здесь API, URLы и имя copy'],
    ['Greek letters of formulas', 'const Δt = 1, μs = 2, σ2 = 3, λx = 4, Ωm = 5'],
    ['joiners of Persian and Hindi', 'می\u200cخواهم क\u094d\u200dष'],
    ['Arabic, Hebrew, Japanese and accents', 'مرحبا שלום 日本語の変数 naïve café n\u0303'],
    ['a mark of byte order at the beginning', '\ufeffusing System;'],
    ['names wholly in another alphabet', 'ΔΟΚΙΜΗ = αβγ + сумма'],
  ]
  for (const [name, text] of honest)
    it(`finds nothing in ${name}`, () => {
      assert.deepEqual(found(text), [])
    })

  it('tells no more places than somebody could look at, and the first of them', () => {
    const places = findDeceptions('a\u200b'.repeat(2 * maxDeceptions))
    assert.equal(places.length, maxDeceptions)
    assert.deepEqual(places.at(-1), { kind: 'invisible', from: 2 * maxDeceptions - 1, to: 2 * maxDeceptions })
  })

  it('answers any text with places in order that do not overlap', () => {
    const unit = fc.oneof(
      fc.constantFrom('a', 'а', '\u3164', '\u202e', '\u200d', '👩', '\u{e0067}', '🏴', ' ', '\n'),
      fc.string({ unit: 'binary', maxLength: 1 }),
    )
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), (units) => {
        const text = units.join('')
        findDeceptions(text).reduce((end, { from, to }) => {
          assert.ok(end <= from && from < to && to <= text.length)
          return to
        }, 0)
      }),
    )
  })
})

it('codePointName writes a character as code charts do', () => {
  assert.deepEqual(['\u202e', '\u0007', '\u{e0041}'].map(codePointName), ['U+202E', 'U+0007', 'U+E0041'])
})
