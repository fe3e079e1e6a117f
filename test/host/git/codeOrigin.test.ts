import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOrigin } from '../../../src/host/git/codeOrigin.ts'

const commit = 'a'.repeat(40)
const remotes = [
  { name: 'fork', fetchUrl: 'git@host.example:me/kettle.git' },
  { name: 'origin', fetchUrl: 'https://me:token@host.example/kettle.git', pushUrl: 'https://host.example/other.git' },
]

test('the origin of code is its main remote without credentials, its commit and its branch', () => {
  assert.deepEqual(codeOrigin({ state: { HEAD: { name: 'main', commit }, remotes } }), {
    remote: 'https://host.example/kettle.git',
    commit,
    branch: 'main',
  })
})

test('the remote that the branch follows is its main one', () => {
  const HEAD = { name: 'main', commit, upstream: { remote: 'fork' } }
  assert.equal(codeOrigin({ state: { HEAD, remotes } })?.remote, 'git@host.example:me/kettle.git')
})

test('a detached head has a commit and no branch, a new repository a branch and no commit', () => {
  assert.deepEqual(codeOrigin({ state: { HEAD: { commit }, remotes: [] } }), { commit })
  assert.deepEqual(codeOrigin({ state: { HEAD: { name: 'main' }, remotes: [] } }), { branch: 'main' })
})

test('nothing is said of what is not known, and of what is nobody else’s business', () => {
  const local = [{ name: 'origin', fetchUrl: '/home/alice/kettle.git' }]
  assert.equal(codeOrigin({ state: { HEAD: undefined, remotes: local } }), undefined)
  assert.equal(codeOrigin({ state: { HEAD: { name: '-x', commit: 'main' }, remotes: [] } }), undefined)
})
