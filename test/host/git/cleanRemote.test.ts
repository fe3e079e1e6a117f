import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isGitRemote } from '../../../src/core/body/snippetFields.ts'
import { cleanRemote } from '../../../src/host/git/cleanRemote.ts'

test('remotes lose what is secret and keep what identifies them', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['https://github.com/a/b.git', 'https://github.com/a/b.git'],
    ['https://user:token@github.com/a/b.git', 'https://github.com/a/b.git'],
    ['https://ghp_secret@github.com/a/b', 'https://github.com/a/b'],
    ['https://github.com/a/b?access_token=x#y', 'https://github.com/a/b'],
    ['http://host:8080/a/b', 'http://host:8080/a/b'],
    ['git@github.com:a/b.git', 'git@github.com:a/b.git'],
    ['ssh://git@github.com/a/b.git', 'ssh://git@github.com/a/b.git'],
    ['ssh://alice:pw@host:22/a/b.git', 'ssh://host:22/a/b.git'],
    ['alice@host:a/b.git', 'ssh://host/a/b.git'],
    ['/home/alice/secret-project', undefined],
    ['../other', undefined],
    ['C:\\Users\\alice\\repo', undefined],
    ['C:/Users/alice/repo', undefined],
    ['file:///home/alice/repo', undefined],
    ['ext::sh -c evil', undefined],
    ['', undefined],
  ]
  for (const [remote, expected] of cases) assert.equal(cleanRemote(remote), expected, remote)
})

test('no password survives, in whatever form it is given', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{1,10}$/), fc.stringMatching(/^[a-z0-9]{12,20}$/), (user, secret) => {
      for (const scheme of ['https', 'http', 'ssh', 'git']) {
        const cleaned = cleanRemote(`${scheme}://${user}:${secret}@host.example/path?${secret}#${secret}`)
        assert.ok(cleaned?.includes(secret) === false, scheme)
      }
    }),
  )
})

test('whatever a remote says, the result is one that the core sends, or none', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withFragments: true, withQueryParameters: true })),
      (remote) => {
        const cleaned = cleanRemote(remote)
        assert.ok(cleaned === undefined || isGitRemote(cleaned))
      },
    ),
  )
})
