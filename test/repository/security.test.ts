import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { repository } from './sourceTree.ts'

const page = readFileSync(path.join(repository, 'SECURITY.md'), 'utf8')

interface Claim {
  readonly text: string
  readonly tests: readonly { readonly file: string; readonly name: string }[]
}

/** Every line of the page that says what somebody cannot do, with the tests that hold it. */
const claims: readonly Claim[] = page
  .split(/\n(?=- |\n)/)
  .filter((item) => item.startsWith('- Cannot'))
  .map((item) => {
    const text = item.replaceAll(/\s+/g, ' ')
    const tests = [...text.matchAll(/`(test\/[^`]+)`, “([^”]+)”/g)].map(([, file = '', name = '']) => ({ file, name }))
    return { text, tests }
  })

/** Whether a file has a test of this name. */
function hasTest(file: string, name: string): boolean {
  const place = path.join(repository, file)
  if (!existsSync(place)) return false
  const source = readFileSync(place, 'utf8').replaceAll("\\'", "'")
  return ["'", '`', '"'].some((quote) =>
    ['test', 'it'].some((call) => {
      const at = source.indexOf(`${quote}${name}${quote}`)
      return at > 0 && new RegExp(`\\b${call}\\(\\s*$`).test(source.slice(0, at))
    }),
  )
}

const adversaries = [
  'Somebody who watches the network',
  'A node of the DHT',
  'A stranger',
  'A stranger with a live invite',
  'A contact',
  'Somebody whom you have blocked',
  'Somebody between two people',
  'Whoever runs a relay',
  'A removed member of a room',
  'Another extension',
  'A thief of the disk',
]

describe('SECURITY.md', () => {
  it('says of every adversary what it can and what it cannot do', () => {
    const sections = page.split('\n### ').slice(1)
    assert.deepEqual(
      sections.map((section) => section.split('\n', 1)[0]),
      adversaries,
    )
    for (const section of sections) {
      assert.match(section, /^- Can /m, section.slice(0, 60))
      assert.match(section, /^- Cannot /m, section.slice(0, 60))
    }
  })

  it('names a test that exists for everything that somebody cannot do', () => {
    assert.ok(claims.length >= adversaries.length)
    for (const { text, tests } of claims) {
      assert.notEqual(tests.length, 0, `no test: ${text}`)
      for (const { file, name } of tests) assert.ok(hasTest(file, name), `${file} has no test “${name}”`)
    }
  })

  it('would notice a test that is not there', () => {
    assert.ok(hasTest('test/repository/security.test.ts', 'would notice a test that is not there'))
    assert.ok(!hasTest('test/repository/security.test.ts', 'would notice'))
    assert.ok(!hasTest('test/repository/none.test.ts', 'would notice a test that is not there'))
  })
})
