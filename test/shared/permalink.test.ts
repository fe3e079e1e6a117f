import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parsePermalink } from '../../src/shared/permalink.ts'
import { repositoryIdentity } from '../../src/shared/repositoryIdentity.ts'
import { isWorkspacePath } from '../../src/shared/workspacePath.ts'

const sha = '1f6b68a9c0ffee00112233445566778899aabbcc'

describe('parsePermalink', () => {
  const links: readonly (readonly [forge: string, link: string, identity: string, path: string, lines: string])[] = [
    ['GitHub', `https://github.com/Ada/kettle/blob/${sha}/src/kettle.ts#L10-L20`, 'github.com/ada/kettle', 'src/kettle.ts', '10-20'],
    ['GitHub, blame', 'https://github.com/ada/kettle/blame/main/src/kettle.ts#L7', 'github.com/ada/kettle', 'src/kettle.ts', '7-7'],
    ['GitHub, columns', `https://github.com/ada/kettle/blob/${sha}/a.ts#L1C2-L3C4`, 'github.com/ada/kettle', 'a.ts', '1-3'],
    ['GitHub Enterprise', 'https://git.corp.example/ada/kettle/blob/main/a%20b/c.ts?plain=1#L1', 'git.corp.example/ada/kettle', 'a b/c.ts', '1-1'],
    ['GitLab', `https://gitlab.com/group/sub/kettle/-/blob/${sha}/src/kettle.ts?ref_type=heads#L10-20`, 'gitlab.com/group/sub/kettle', 'src/kettle.ts', '10-20'],
    ['Bitbucket', `https://bitbucket.org/ada/kettle/src/${sha}/src/kettle.ts#lines-10:20`, 'bitbucket.org/ada/kettle', 'src/kettle.ts', '10-20'],
    ['Codeberg', `https://codeberg.org/ada/kettle/src/commit/${sha}/src/kettle.ts#L10-L20`, 'codeberg.org/ada/kettle', 'src/kettle.ts', '10-20'],
    ['Gitea', 'https://gitea.example.org/ada/kettle/src/branch/main/src/kettle.ts#L3', 'gitea.example.org/ada/kettle', 'src/kettle.ts', '3-3'],
    ['Azure DevOps', 'https://dev.azure.com/org/project/_git/repo?path=/src/kettle.ts&version=GBmain&line=10&lineEnd=20&lineStartColumn=1', 'dev.azure.com/org/project/repo', 'src/kettle.ts', '10-20'],
    ['Azure DevOps, old', 'https://org.visualstudio.com/project/_git/repo?path=%2Fsrc%2Fkettle.ts&line=4', 'dev.azure.com/org/project/repo', 'src/kettle.ts', '4-4'],
    ['sourcehut', `https://git.sr.ht/~ada/kettle/tree/${sha}/item/src/kettle.ts#L10`, 'git.sr.ht/~ada/kettle', 'src/kettle.ts', '10-10'],
  ] // prettier-ignore
  for (const [forge, link, identity, path, lines] of links)
    it(`reads a link of ${forge}`, () => {
      const read = parsePermalink(link)
      assert.equal(repositoryIdentity(read?.remote ?? ''), identity)
      assert.equal(read?.paths[0], path)
      assert.equal(`${String(read.lines?.first)}-${String(read.lines?.last)}`, lines)
    })

  it('reads a link without lines, and knows that a branch may have slashes in its name', () => {
    const read = parsePermalink('https://github.com/ada/kettle/blob/feature/steam/src/kettle.ts')
    assert.deepEqual(read?.paths, ['steam/src/kettle.ts', 'src/kettle.ts', 'kettle.ts'])
    assert.equal(read.lines, undefined)
  })

  it('takes no other link for one', () => {
    for (const link of [
      'https://github.com/ada/kettle',
      'https://github.com/ada/kettle/issues/7',
      'https://github.com/ada/kettle/tree/main',
      'https://github.com/ada/kettle/blob/main',
      'https://example.org/a/b.html#L10',
      `https://github.com/ada/kettle/blob/${sha}/..%2f..%2fetc/passwd`,
      `https://github.com/ada/kettle/blob/${sha}/a%5Cb.ts`,
      `https://github.com/ada/kettle/blob/${sha}/%zz.ts`,
      `https://github.com/ada/kettle/blob/${sha}/a%0Ab.ts`,
      'https://dev.azure.com/org/project/_git/repo?path=/../x',
      'mailto:ada@example.org',
      'command:x',
      '',
    ])
      assert.equal(parsePermalink(link), undefined, link)
  })

  it('answers any link with paths that can be in a workspace', () => {
    const part = fc.constantFrom(
      'https://',
      'github.com',
      '/',
      'ada',
      'blob',
      '..',
      '%2e%2e',
      '%2f',
      '-',
      'src',
      '#L',
      '1',
      '?path=',
      '_git',
      'dev.azure.com',
      'item',
      'tree',
      '~a',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const read = parsePermalink(parts.join(''))
        assert.ok(read === undefined || read.paths.every(isWorkspacePath))
      }),
    )
  })
})
