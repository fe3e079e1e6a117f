import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { it } from 'node:test'
import { repository } from './sourceTree.ts'

const read = (file: string): string => readFileSync(path.join(repository, file), 'utf8')
const find = (pattern: string): readonly string[] => globSync(pattern, { cwd: repository }).sort()
const names = (text: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(text)

it('every parser meets hostile input in a test, by itself or within one that does', () => {
  const parsers = find('src/**/*.ts').flatMap((file) => {
    const source = read(file)
    const found = source.matchAll(/^export (?:function|const) ((?:parse|decode)[A-Z]\w*)/gm)
    return [...found].map(([, name = '']) => ({ name, file, source }))
  })
  assert.ok(parsers.length > 40)
  const tests = find('test/**/*.test.ts').map(read)
  const hostile = tests.filter((text) => /from '(?:fast-check|[./\w]*\/hostileBytes\.ts)'/.test(text))
  let unmet = parsers
  for (let meeting = hostile; meeting.length > 0;) {
    // By its own name, or by the module that it is a part of.
    const met = unmet.filter(({ name, file }) => meeting.some((text) => names(text, name) || text.includes(`${file}'`)))
    unmet = unmet.filter((parser) => !met.includes(parser))
    meeting = met.map(({ source }) => source)
  }
  assert.deepEqual(
    unmet.map(({ name }) => name),
    [],
  )
})
