import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'

const root = path.resolve(import.meta.dirname, '../..')

/** The languages that Tincan speaks beside English, as the editor names them. */
const languages = ['de', 'es', 'fr', 'ja', 'zh-cn']
/** What few names and marks are the same in every language. */
const mostAlike = 1 / 20

function readWords(file: string): Readonly<Record<string, string>> {
  const value: unknown = JSON.parse(readFileSync(path.join(root, file), 'utf8'))
  assert.ok(typeof value === 'object' && value !== null)
  for (const text of Object.values(value)) assert.equal(typeof text, 'string')
  return value as Readonly<Record<string, string>>
}

/** What stands for something else in a sentence, and must stand in its translation as often: places, links, icons and code. */
const tokensOf = (text: string): string[] => (text.match(/\{\d\}|\]\([^)]*\)|\$\([a-z-]+\)|`[^`]*`/g) ?? []).sort()

for (const language of languages)
  describe(`in ${language}`, () => {
    for (const [english, translated] of [
      ['l10n/bundle.l10n.json', `l10n/bundle.l10n.${language}.json`],
      ['package.nls.json', `package.nls.${language}.json`],
    ] as const) {
      it(`${translated} has every sentence of ${english}, and no other`, () => {
        assert.deepEqual(Object.keys(readWords(translated)).sort(), Object.keys(readWords(english)).sort())
      })

      it(`every sentence of ${translated} says something, with what is filled into it`, () => {
        const originals = readWords(english)
        for (const [key, text] of Object.entries(readWords(translated))) {
          assert.notEqual(text.trim(), '', key)
          assert.deepEqual(tokensOf(text), tokensOf(originals[key] ?? ''), key)
        }
      })
    }

    it('is another language than English', () => {
      const words = Object.entries(readWords(`l10n/bundle.l10n.${language}.json`))
      const alike = words.filter(([english, text]) => english === text)
      assert.ok(alike.length < words.length * mostAlike, `${alike.length} of ${words.length} are as in English`)
    })
  })
