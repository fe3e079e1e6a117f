import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { it } from 'node:test'
import { repository } from './sourceTree.ts'

const read = (file: string): string => readFileSync(path.join(repository, file), 'utf8')
const find = (pattern: string): readonly string[] => globSync(pattern, { cwd: repository }).sort()

it('every parser meets hostile input in a test', () => {
  const parsers = find('src/**/*.ts').flatMap((file) =>
    [...read(file).matchAll(/^export (?:function|const) ((?:parse|decode)[A-Z]\w*)/gm)].map(([, name = '']) => name),
  )
  assert.ok(parsers.length > 40)
  const hostile = find('test/**/*.test.ts')
    .map(read)
    .filter((text) => /from '(?:fast-check|[./\w]*\/hostileBytes\.ts)'/.test(text))
  const unmet = parsers.filter((name) => hostile.every((text) => !new RegExp(`\\b${name}\\b`).test(text)))
  assert.deepEqual(unmet, [])
})
