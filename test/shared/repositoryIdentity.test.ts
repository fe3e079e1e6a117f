import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { repositoryIdentity } from '../../src/shared/repositoryIdentity.ts'

const sameRepository: readonly (readonly [identity: string, ...spellings: readonly string[]])[] = [
  [
    'github.com/ada/kettle',
    'https://github.com/ada/kettle.git',
    'https://github.com/ada/kettle',
    'https://GitHub.com/Ada/Kettle/',
    'http://user:secret@github.com/ada/kettle.git',
    'git@github.com:ada/kettle.git',
    'ada@github.com:ada/kettle',
    'github.com:ada/kettle.git',
    'ssh://git@github.com/ada/kettle.git',
    'ssh://git@github.com:22/ada/kettle',
    'ssh://git@ssh.github.com:443/ada/kettle.git',
    'git://github.com/ada/kettle.git',
    'git+ssh://git@github.com/ada/kettle.git',
    '  git@github.com:/ada/kettle.git\n'.trim(),
  ],
  ['gitlab.com/group/sub/kettle', 'https://gitlab.com/group/sub/kettle.git', 'git@gitlab.com:group/sub/kettle.git'],
  ['git.example.org/Ada/Kettle', 'https://git.example.org:8443/Ada/Kettle', 'ssh://git@GIT.example.org:2222/Ada/Kettle.git'],
  ['git.sr.ht/~ada/kettle', 'https://git.sr.ht/~ada/kettle', 'git@git.sr.ht:~ada/kettle'],
  [
    'dev.azure.com/org/project/repo',
    'https://org@dev.azure.com/org/project/_git/repo',
    'git@ssh.dev.azure.com:v3/org/project/repo',
    'https://org.visualstudio.com/project/_git/repo',
  ],
] // prettier-ignore

for (const [identity, ...spellings] of sameRepository)
  test(`${identity} is known in each of its spellings`, () => {
    for (const spelling of spellings) assert.equal(repositoryIdentity(spelling), identity, spelling)
  })

test('repositories that differ have identities that differ', () => {
  const remotes = [
    'https://github.com/ada/kettle',
    'https://github.com/ada/kettles',
    'https://github.com/bob/kettle',
    'https://gitlab.com/ada/kettle',
    'https://git.example.org/ada/kettle',
    'https://git.example.org/Ada/kettle',
  ]
  assert.equal(new Set(remotes.map(repositoryIdentity)).size, remotes.length)
})

test('what is no address on a network has no identity', () => {
  for (const remote of [
    '',
    '/srv/git/kettle.git',
    '../kettle',
    'C:\\git\\kettle',
    'c:/git/kettle',
    'file:///srv/kettle.git',
    'https://',
    'https://host',
    'https://host/.git',
    'https://host/a b',
    'command:foo'.repeat(500),
  ])
    assert.equal(repositoryIdentity(remote), undefined, remote)
})

test('any text has an identity or none, quickly', () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => typeof repositoryIdentity(text) !== 'object'))
  assert.equal(repositoryIdentity(`https://${'a.'.repeat(900)}/`), undefined)
})
