import assert from 'node:assert/strict'
import { test } from 'node:test'
import { candidatePaths } from '../../../src/host/clone/candidatePaths.ts'
import { parseGitConfig } from '../../../src/host/clone/parseGitConfig.ts'

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
