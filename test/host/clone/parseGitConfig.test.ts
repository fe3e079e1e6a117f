import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { candidatePaths } from '../../../src/host/clone/candidatePaths.ts'
import { parseGitConfig } from '../../../src/host/clone/parseGitConfig.ts'
import { workMs } from '../../shared/workMs.ts'

test('the addresses of remotes are read, and nothing else that is called url', () => {
  const config = `[core]
\tbare = false
[remote "origin"]
\turl = https://example.org/kettle.git
\tfetch = +refs/heads/*:refs/remotes/origin/*
[submodule "tea"]
\turl = https://example.org/tea.git
[Remote "up"]\r
  URL=git@example.org:up/kettle.git\r
[remote "empty"]
\turl =
`
  assert.deepEqual(parseGitConfig(config), ['https://example.org/kettle.git', 'git@example.org:up/kettle.git'])
  assert.deepEqual(parseGitConfig('not [a] configuration = at all'), [])
})

test('a path is sought as it is, in folders that are open, and without a folder around the repository', () => {
  assert.deepEqual(candidatePaths('src/a/b.ts', []), ['src/a/b.ts', 'a/b.ts'])
  assert.deepEqual(candidatePaths('src/b.ts', ['packages/x']), ['src/b.ts', 'packages/x/src/b.ts'])
  assert.deepEqual(candidatePaths('b.ts', []), ['b.ts'])
})

test('any text gives addresses that stand in it, without line breaks, or none', () => {
  const piece = fc.constantFrom('[remote "a"]', '[core]', '\n', '\r\n', 'url =', ' u', '"', ']', '\\', '\t')
  const near = fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 30 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (text) => {
      for (const address of parseGitConfig(text)) {
        assert.ok(address !== '' && text.includes(address))
        assert.doesNotMatch(address, /\n/)
      }
    }),
  )
})

test('a line that is nearly all spaces is read once, and not once for every space', () => {
  const ms = workMs(() => {
    assert.deepEqual(parseGitConfig(`[remote "a"]\nurl = ${' '.repeat(90_000)}x`), ['x'])
    assert.deepEqual(parseGitConfig(`[remote "a"]\nurl = x${' '.repeat(90_000)}y`).length, 1)
  })
  assert.ok(ms < 1_000, `${String(ms)} ms of processor time`)
})
