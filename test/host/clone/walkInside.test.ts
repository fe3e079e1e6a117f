import assert from 'node:assert/strict'
import { test } from 'node:test'
import { walkInside } from '../../../src/host/clone/walkInside.ts'
import type { EntryKind } from '../../../src/host/clone/walkInside.ts'
import { hostilePaths } from '../hostilePaths.ts'

const tree: Readonly<Record<string, EntryKind>> = {
  src: 'folder',
  'src/kettle.ts': 'file',
  'src/out.ts': 'link',
  'src/pipe': 'other',
  linked: 'link',
  'linked/kettle.ts': 'file',
  '.git': 'folder',
  '.git/config': 'file',
  '.gitignore': 'file',
}

/** Walks in the tree, and remembers what was looked at. */
async function walk(path: string): Promise<{ walked: string; looked: readonly string[] }> {
  const looked: string[] = []
  const walked = await walkInside(path, (at) => {
    looked.push(at)
    return Promise.resolve(tree[at])
  })
  return { walked, looked }
}

test('a plain file is reached through plain folders', async () => {
  assert.deepEqual(await walk('src/kettle.ts'), { walked: 'file', looked: ['src', 'src/kettle.ts'] })
  assert.equal((await walk('.gitignore')).walked, 'file')
})

test('what is nothing, or no file, is absent', async () => {
  for (const path of ['src/tea.ts', 'nowhere/kettle.ts', 'src', 'src/kettle.ts/more', 'src/pipe'])
    assert.equal((await walk(path)).walked, 'absent', path)
})

test('a symbolic link is not followed, be it the file or a folder on the way', async () => {
  assert.deepEqual(await walk('src/out.ts'), { walked: 'refused', looked: ['src', 'src/out.ts'] })
  assert.deepEqual(await walk('linked/kettle.ts'), { walked: 'refused', looked: ['linked'] })
})

test('nothing is even looked at for a path that leads out of the folder or into what is of git', async () => {
  const paths = ['../a', 'src/../../a', '/etc/passwd', 'c:/a', 'c:a', 'a\\..\\b', '', 'src//a', './a', 'src/a:stream']
  const gits = [
    '.git/config',
    '.GIT/config',
    '.git./config',
    '.git /config',
    'git~1/config',
    '.g\u200cit/config',
    'a/.git',
  ]
  for (const path of [...paths, ...gits]) assert.deepEqual(await walk(path), { walked: 'refused', looked: [] }, path)
  for (const path of hostilePaths) assert.notEqual((await walk(path)).walked, 'file', path)
})
