import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import {
  changesOfCommit,
  changesOfFiles,
  isTracked,
  recentCommits,
  stagedChanges,
  titleOfCommit,
} from '../../../src/host/git/changes.ts'
import { patchSections, withoutContent } from '../../../src/host/git/patchSections.ts'
import { runGit, type GitAnswer } from '../../../src/host/git/runGit.ts'

const author = ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.org', '-c', 'commit.gpgSign=false']

/** A repository in a folder of its own, which ends with the test. */
function createRepository(t: TestContext) {
  const root = mkdtempSync(path.join(tmpdir(), 'tincan-share-'))
  t.after(() => {
    rmSync(root, { recursive: true, force: true })
  })
  const git = (...args: string[]): string => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trimEnd()
  git('init', '--quiet', '--initial-branch=main')
  return {
    root,
    git,
    local: { git: 'git', root },
    write: (name: string, text: string | Uint8Array) => {
      writeFileSync(path.join(root, name), text)
    },
    commit: (title: string): string => {
      git('add', '--all')
      git(...author, 'commit', '--quiet', '--allow-empty', '-m', title)
      return git('rev-parse', 'HEAD')
    },
  }
}

function textOf(answer: GitAnswer): string {
  assert.equal(answer.kind, 'ok')
  return answer.text
}

describe('changes', () => {
  it('are those of one file since the last commit, staged or not, in the one form', async (t) => {
    const { local, write, commit, git } = createRepository(t)
    write('a b.txt', 'one\ntwo\n')
    write('other.txt', 'same\n')
    commit('Begin')
    for (const setting of ['diff.noprefix=true', 'color.ui=always', 'diff.mnemonicPrefix=true', 'diff.external=false'])
      git('config', ...(setting.split('=') as [string, string]))
    write('a b.txt', 'one\n2\n')
    git('add', '--all')
    write('other.txt', 'different\n')
    const text = textOf(await changesOfFiles(local, ['a b.txt']))
    assert.match(text, /^diff --git a\/a b\.txt b\/a b\.txt\n/)
    assert.match(text, /\n-two\n\+2\n$/)
    assert.doesNotMatch(text, /other/)
    assert.equal(textOf(await changesOfFiles(local, ['*.txt'])), '', 'a name is no pattern')
  })

  it('are those that are staged, also before the first commit', async (t) => {
    const { local, write, git } = createRepository(t)
    write('one.txt', '1\n')
    write('two.txt', '2\n')
    assert.equal(textOf(await stagedChanges(local)), '')
    git('add', '--all')
    assert.deepEqual(
      patchSections(textOf(await stagedChanges(local))).map((section) => section.path),
      ['one.txt', 'two.txt'],
    )
    assert.deepEqual(
      patchSections(textOf(await stagedChanges(local, ['two.txt']))).map((section) => section.path),
      ['two.txt'],
    )
    assert.equal((await changesOfFiles(local, ['one.txt'])).kind, 'failed', 'there is no commit to compare with')
    assert.deepEqual(await recentCommits(local), [])
  })

  it('are those of a commit: of the first one everything, of a merge what it brought', async (t) => {
    const { local, write, commit, git } = createRepository(t)
    write('a.txt', 'a\n')
    const first = commit('Begin')
    git('checkout', '--quiet', '-b', 'side')
    write('side.txt', 's\n')
    commit('On the side')
    git('checkout', '--quiet', 'main')
    write('main.txt', 'm\n')
    commit('On main')
    git(...author, 'merge', '--quiet', '--no-ff', '-m', 'Bring them together', 'side')
    const merge = git('rev-parse', 'HEAD')
    const pathsOf = async (id: string) =>
      patchSections(textOf(await changesOfCommit(local, id))).map((each) => each.path)
    assert.deepEqual(await pathsOf(first), ['a.txt'])
    assert.deepEqual(await pathsOf(merge), ['side.txt'])
    assert.equal(await titleOfCommit(local, merge), 'Bring them together')
    assert.equal(await titleOfCommit(local, 'f'.repeat(40)), undefined)
    const commits = await recentCommits(local)
    assert.equal(commits.length, 4)
    assert.equal(commits[0]?.title, 'Bring them together')
    assert.deepEqual(
      (await recentCommits(local, 'side.txt')).map(({ title }) => title),
      ['On the side'],
    )
  })

  it('say which files are no text, what was renamed, and names that are not English', async (t) => {
    const { local, write, commit, git } = createRepository(t)
    write('picture.bin', new Uint8Array([0, 1, 2, 0]))
    write('käse.txt', 'a\nb\nc\nd\n')
    write('before.txt', 'long enough to be known again\nwhatever it is called\n')
    commit('Begin')
    write('picture.bin', new Uint8Array([0, 9, 9, 0]))
    write('käse.txt', 'a\nb\nc\n')
    git('mv', 'before.txt', 'after.txt')
    git('add', '--all')
    const sections = patchSections(textOf(await stagedChanges(local)))
    assert.deepEqual(
      sections.map(({ path: name, binary }) => [name, binary]),
      [
        ['after.txt', undefined],
        ['käse.txt', undefined],
        ['picture.bin', 'content'],
      ],
    )
    assert.equal(await isTracked(local, 'after.txt'), true)
    assert.equal(await isTracked(local, 'before.txt'), false)
  })

  it('hold what is no text as it becomes and not as it was, and name it alone where that is wanted', async (t) => {
    const { local, git, write, commit, root } = createRepository(t)
    write('changed.bin', new Uint8Array([0, 1, 2, 0]))
    write('gone.bin', new Uint8Array([0, 4, 4, 0]))
    commit('Begin')
    write('changed.bin', new Uint8Array([0, 9, 9, 0]))
    git('rm', '--quiet', 'gone.bin')
    write('new.bin', new Uint8Array([0, 7, 7, 0]))
    git('add', '--all')
    const sections = patchSections(textOf(await stagedChanges(local)))
    for (const { path: name, text, binary } of sections) {
      assert.equal(binary, 'content', name)
      assert.equal(text.match(/^(?:literal|delta) /gm)?.length, 1, name)
    }
    const plain = patchSections(git('-c', 'core.quotePath=false', 'diff', '--cached', '--full-index'))
    assert.deepEqual(
      sections.map((section) => withoutContent(section).text.trimEnd()),
      plain.map(({ text }) => text.trimEnd()),
    )
    git(...author, 'commit', '--quiet', '-m', 'Change it')
    git('checkout', '--quiet', 'HEAD~1')
    writeFileSync(path.join(root, '..', `${path.basename(root)}.patch`), sections.map(({ text }) => text).join(''))
    git('apply', path.join('..', `${path.basename(root)}.patch`))
    rmSync(path.join(root, '..', `${path.basename(root)}.patch`))
    git('add', '--all')
    assert.equal(git('diff', '--cached', 'main'), '', 'git itself takes it')
  })

  it('come without what is no text where that is far too long', async (t) => {
    const { local, write, commit, git } = createRepository(t)
    write('a.txt', 'a\n')
    commit('Begin')
    write('a.txt', 'b\n')
    write('huge.bin', randomBytes(5 * 1024 * 1024))
    git('add', '--all')
    const sections = patchSections(textOf(await stagedChanges(local)))
    assert.deepEqual(
      sections.map(({ path: name, binary }) => [name, binary]),
      [
        ['a.txt', undefined],
        ['huge.bin', 'named'],
      ],
    )
  })

  it('are refused where a file is in another encoding, and where there is no repository', async (t) => {
    const { local, root, write, commit } = createRepository(t)
    write('latin.txt', Buffer.from('caf\xe9\n', 'latin1'))
    commit('Begin')
    write('latin.txt', Buffer.from('caf\xe9s\n', 'latin1'))
    assert.equal((await changesOfFiles(local, ['latin.txt'])).kind, 'not-text')
    assert.equal((await runGit({ git: path.join(root, 'nothing'), root }, ['status'])).kind, 'failed')
  })
})
