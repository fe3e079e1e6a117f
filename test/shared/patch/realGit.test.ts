/** Patches as the installed git writes them, read and applied. */
import assert from 'node:assert/strict'
import { chmodSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { nodeBinaryMeans } from '../../../src/host/patch/nodeBinaryMeans.ts'
import { parsePatch } from '../../../src/shared/patch/parsePatch.ts'
import type { FileContent } from '../../../src/shared/patch/applyFile.ts'
import type { FilePatch } from '../../../src/shared/patch/patch.ts'
import { planPatch } from '../../../src/shared/patch/planPatch.ts'
import { withRepository } from './gitRepository.ts'

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => `line ${String(from + i)}\n`).join('')

const only = (text: string): FilePatch => {
  const [file, ...others] = parsePatch(text).files
  assert.ok(file !== undefined && others.length === 0, text)
  return file
}

/** What a patch makes of these files. */
function applied(text: string, files: Readonly<Record<string, string>>): Record<string, FileContent | undefined> {
  const plan = planPatch(parsePatch(text), (name) => files[name], nodeBinaryMeans)
  assert.equal(plan.hunks.applied, plan.hunks.of, JSON.stringify(plan.files.map(({ parts }) => parts)))
  return { ...files, ...Object.fromEntries(plan.changes) }
}

test('a commit as `git format-patch` writes it: modified, renamed, new and deleted files, without its message', async () => {
  await withRepository(({ git, write, remove, commit }) => {
    write('src/a.ts', lines(1, 30))
    write('old name.txt', lines(1, 10))
    write('gone.txt', 'x\ny\n')
    commit('first')
    write('src/a.ts', lines(1, 30).replace('line 3\n', 'line three\n').replace('line 25\n', ''))
    remove('old name.txt')
    write('new name.txt', lines(1, 10).replace('line 5\n', 'line five\n'))
    remove('gone.txt')
    write('made/new.txt', 'one\ntwo')
    write('empty.txt', '')
    commit('Change it all\n\n--- a/evil\n+++ b/evil\nwith words below\n')
    const text = git('format-patch', '-1', '--stdout')
    const { files } = parsePatch(text)
    assert.deepEqual(
      files.map(({ change, path: name, from, added, removed, hunks, refusal }) => [
        change, name, from, added, removed, hunks.length, refusal,
      ]),
      [
        ['added', 'empty.txt', undefined, 0, 0, 0, undefined],
        ['deleted', 'gone.txt', undefined, 0, 2, 1, undefined],
        ['added', 'made/new.txt', undefined, 2, 0, 1, undefined],
        ['renamed', 'new name.txt', 'old name.txt', 1, 1, 1, undefined],
        ['modified', 'src/a.ts', undefined, 1, 2, 2, undefined],
      ],
    ) // prettier-ignore
    assert.deepEqual(applied(text, { 'src/a.ts': lines(1, 30), 'old name.txt': lines(1, 10), 'gone.txt': 'x\ny\n' }), {
      'src/a.ts': lines(1, 30).replace('line 3\n', 'line three\n').replace('line 25\n', ''),
      'old name.txt': undefined,
      'new name.txt': lines(1, 10).replace('line 5\n', 'line five\n'),
      'gone.txt': undefined,
      'made/new.txt': 'one\ntwo',
      'empty.txt': '',
    })
  })
})

test('a series of commits in one text is applied one after the other', async () => {
  await withRepository(({ git, write, commit }) => {
    write('a', lines(1, 9))
    commit('first')
    write('a', lines(1, 9).replace('line 5', 'line five'))
    write('b', 'b\n')
    commit('second')
    write('a', lines(1, 9).replace('line 5', 'line 5!'))
    write('b', 'b\nc\n')
    commit('third')
    const text = git('format-patch', '-2', '--stdout')
    assert.equal(parsePatch(text).files.length, 4)
    assert.deepEqual(applied(text, { a: lines(1, 9) }), { a: lines(1, 9).replace('line 5', 'line 5!'), b: 'b\nc\n' })
  })
})

test('a rename without changes, and a copy with some', async () => {
  await withRepository(({ git, write, remove, commit }) => {
    write('a.txt', lines(1, 20))
    write('b.txt', lines(50, 70))
    commit('first')
    remove('a.txt')
    write('z/a.txt', lines(1, 20))
    write('c.txt', lines(50, 70).replace('line 60\n', 'line sixty\n'))
    commit('second')
    const text = git('diff', '--find-copies-harder', 'HEAD~1', 'HEAD')
    assert.deepEqual(
      parsePatch(text).files.map(({ change, path: name, from }) => [change, from, name]),
      [
        ['copied', 'b.txt', 'c.txt'],
        ['renamed', 'a.txt', 'z/a.txt'],
      ],
    )
    const after = applied(text, { 'a.txt': lines(1, 20), 'b.txt': lines(50, 70) })
    assert.equal(after['a.txt'], undefined)
    assert.equal(after['z/a.txt'], lines(1, 20))
    assert.equal(after['b.txt'], lines(50, 70))
    assert.equal(after['c.txt'], lines(50, 70).replace('line 60\n', 'line sixty\n'))
  })
})

test('quoted, Unicode and odd names are read as they are', async () => {
  await withRepository(({ git, write, commit }) => {
    const names = [
      'été/日本.txt',
      'a "quoted" name',
      'tab\there',
      'plain name',
      'b/a/b',
      '%41',
      'emoji 😀',
      'back\\slash\\303',
    ]
    for (const name of names) write(name, 'one\n')
    commit('first')
    for (const name of names) write(name, 'two\n')
    for (const options of [
      [],
      ['-c', 'core.quotePath=false'],
      ['-c', 'diff.noprefix=true'],
      ['-c', 'diff.mnemonicPrefix=true'],
    ]) {
      const { files } = parsePatch(git(...options, 'diff'))
      assert.deepEqual(files.map((file) => file.path).sort(), [...names].sort(), options.join(' '))
      assert.deepEqual(
        files.filter(({ refusal }) => refusal !== undefined).map((file) => [file.path, file.refusal]).sort(),
        [['a "quoted" name', 'unportable'], ['back\\slash\\303', 'outside'], ['tab\there', 'outside']],
      ) // prettier-ignore
    }
  })
})

test('new and deleted files keep their names whatever prefixes git was told to write', async () => {
  await withRepository(({ git, write, remove, commit }) => {
    write('w/old', 'x\n')
    commit('first')
    remove('w/old')
    write('b/new', 'x1\n')
    write('c/new', 'x2\n')
    git('add', '-A')
    for (const options of [[], ['-c', 'diff.noprefix=true'], ['-c', 'diff.mnemonicPrefix=true']])
      assert.deepEqual(
        parsePatch(git(...options, 'diff', '--no-renames', '--cached')).files.map((file) => [file.change, file.path, file.refusal]),
        [
          ['added', 'b/new', undefined],
          ['added', 'c/new', undefined],
          ['deleted', 'w/old', undefined],
        ],
      ) // prettier-ignore
  })
})

test('no newline at the end, before and after, and line ends of Windows', async () => {
  await withRepository(({ git, write, commit }) => {
    const cases: Readonly<Record<string, readonly [before: string, after: string]>> = {
      none: ['a\nb', 'a\nc'],
      gained: ['a\nb', 'a\nb\n'],
      lost: ['a\nb\n', 'a\nb'],
      appended: ['a\nb', 'a\nb\nc'],
      prepended: ['a\nb', 'z\na\nb'],
      windows: ['a\r\nb\r\nc\r\n', 'a\r\nB\r\nc\r\n'],
      'windows unended': ['a\r\nb', 'a\r\nb\r\nc'],
      'to windows': ['a\nb\n', 'a\r\nb\r\n'],
      'from windows': ['a\r\nb\r\n', 'a\nb\n'],
      mixed: ['a\r\nb\nc\r\n', 'a\r\nb\nd\nc\r\n'],
      'old mac': ['a\rb\rc', 'a\rb\rd'],
      mark: ['\ufeffa\nb\n', '\ufeffa\nc\n'],
      'blank lines': ['\n\n\n', '\n\nx\n\n'],
      emptied: ['a\n', ''],
      filled: ['', 'a'],
      newline: ['', '\n'],
    }
    for (const [name, [before]] of Object.entries(cases)) write(name, before)
    commit('first')
    for (const [name, [, after]] of Object.entries(cases)) write(name, after)
    const before = Object.fromEntries(Object.entries(cases).map(([name, [text]]) => [name, text]))
    const after = Object.fromEntries(Object.entries(cases).map(([name, [, text]]) => [name, text]))
    assert.deepEqual(applied(git('diff'), before), after)
    commit('second')
    assert.deepEqual(applied(git('format-patch', '-1', '--stdout'), before), after)
    assert.deepEqual(applied(git('diff', '-R', 'HEAD~1', 'HEAD'), after), before)
  })
})

test('what is no text or no ordinary file is shown and refused', async () => {
  await withRepository(({ folder, git, write, commit }) => {
    write('run.sh', 'x\n')
    write('both.sh', 'x\n')
    write('picture', new Uint8Array([0, 1, 2]))
    commit('first')
    chmodSync(path.join(folder, 'run.sh'), 0o755)
    chmodSync(path.join(folder, 'both.sh'), 0o755)
    write('both.sh', 'y\n')
    write('new.sh', 'x\n')
    chmodSync(path.join(folder, 'new.sh'), 0o755)
    write('picture', new Uint8Array([0, 1, 3]))
    symlinkSync('/etc/passwd', path.join(folder, 'link'))
    git('add', '-A')
    git('update-index', '--add', '--cacheinfo', `160000,${'a'.repeat(40)},module`)
    git('commit', '-q', '-m', 'second')
    const expected = [
      ['both.sh', 'mode'],
      ['link', 'symbolic-link'],
      ['module', 'submodule'],
      ['new.sh', 'mode'],
      ['picture', 'binary'],
      ['run.sh', 'mode'],
    ]
    for (const options of [[], ['--full-index'], ['--submodule=log']]) {
      const { files } = parsePatch(git('diff', ...options, 'HEAD~1', 'HEAD'))
      assert.deepEqual(files.map((file) => [file.path, file.refusal]).sort(), expected, options.join(' '))
      const plan = planPatch({ files }, () => undefined, nodeBinaryMeans)
      assert.equal(plan.hunks.applied, 0)
      assert.equal(plan.changes.size, 0)
    }
  })
})

test('a merge that compares with several parents is shown and refused', async () => {
  await withRepository(({ git, write, commit }) => {
    write('a b.txt', 'one\n')
    commit('first')
    git('checkout', '-q', '-b', 'side')
    write('a b.txt', 'two\n')
    commit('second')
    git('checkout', '-q', 'main')
    write('a b.txt', 'three\n')
    commit('third')
    try {
      git('merge', 'side')
      assert.fail('they conflict')
    } catch {
      const file = only(git('diff'))
      assert.deepEqual([file.path, file.refusal, file.hunks.length], ['a b.txt', 'combined', 0])
      write('a b.txt', 'four\n')
      commit('merged')
      assert.equal(only(git('show')).refusal, 'combined')
      const first = only(git('show', '--first-parent', '-m'))
      assert.deepEqual([first.path, first.refusal, first.added], ['a b.txt', undefined, 1])
    }
  })
})

test('a file of another state than the patch knows gets what still fits', async () => {
  await withRepository(({ git, write, commit }) => {
    write('a', lines(1, 60))
    commit('first')
    write('a', lines(1, 60).replace('line 10\n', 'line ten\n').replace('line 50\n', 'line fifty\n'))
    const patch = parsePatch(git('diff'))
    const moved = `new 1\nnew 2\n${lines(1, 30)}new 3\n${lines(31, 60)}`
    const plan = planPatch(patch, () => moved, nodeBinaryMeans)
    assert.equal(plan.changes.get('a'), moved.replace('line 10\n', 'line ten\n').replace('line 50\n', 'line fifty\n'))
    assert.deepEqual(plan.files[0]?.parts, [
      { kind: 'applied', line: 9, moved: 2 },
      { kind: 'applied', line: 50, moved: 3 },
    ])
    const changed = lines(1, 60).replace('line 50\n', 'line 50 is mine\n')
    const partly = planPatch(patch, () => changed, nodeBinaryMeans)
    assert.deepEqual(partly.hunks, { applied: 1, of: 2 })
    assert.equal(partly.changes.get('a'), changed.replace('line 10\n', 'line ten\n'))
    assert.deepEqual(partly.files[0]?.parts[1], { kind: 'refused', reason: 'no-match' })
  })
})
