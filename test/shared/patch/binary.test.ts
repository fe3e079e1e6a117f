/** Changes of files that are no text, as the installed git writes them, and as somebody would who means harm. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { nodeBinaryMeans } from '../../../src/host/patch/nodeBinaryMeans.ts'
import { applyDelta } from '../../../src/shared/patch/applyDelta.ts'
import { maxBinaryBytes } from '../../../src/shared/patch/binary.ts'
import { parsePatch } from '../../../src/shared/patch/parsePatch.ts'
import { binaryPathsOf, planPatch, type FileState, type PatchPlan } from '../../../src/shared/patch/planPatch.ts'
import { count } from '../../record/tally.ts'
import { encodeBase85 } from './encodeBase85.ts'
import { withRepository } from './gitRepository.ts'

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values)
const picture = (size: number): Uint8Array => Uint8Array.from(randomBytes(size)).fill(0, 0, 4)
const changed = (content: Uint8Array, at: number): Uint8Array => Uint8Array.from(content).fill(7, at, at + 3)

function plan(text: string, files: Readonly<Record<string, FileState>>): PatchPlan {
  return planPatch(parsePatch(text), (path) => files[path], nodeBinaryMeans)
}
const reasons = ({ files }: PatchPlan): (string | undefined)[] =>
  files.flatMap(({ parts }) => parts.map((part) => (part.kind === 'refused' ? part.reason : undefined)))

test('new, changed, deleted and renamed files that are no text become what git makes of them', async () => {
  await withRepository(({ git, write, remove, commit }) => {
    const [old, other, moved] = [picture(9000), picture(300), picture(5000)]
    const [now, fresh, movedNow] = [changed(old, 4000), picture(777), changed(moved, 9)]
    write('changed.png', old)
    write('replaced.ico', other)
    write('gone.bin', bytes(0, 1))
    write('old name.bin', moved)
    commit('first')
    write('changed.png', now)
    write('replaced.ico', bytes(0, 0xff, 0))
    remove('gone.bin')
    remove('old name.bin')
    write('new name.bin', movedNow)
    write('deep/fresh.png', fresh)
    commit('second')
    const before = { 'changed.png': old, 'replaced.ico': other, 'gone.bin': bytes(0, 1), 'old name.bin': moved }
    for (const text of [
      git('diff', '--binary', '--find-renames', 'HEAD~1', 'HEAD'),
      git('format-patch', '-1', '--stdout', '--find-renames'),
    ]) {
      const kinds = parsePatch(text).files.map(({ path, binary, refusal }) => [path, binary?.content.kind, refusal])
      assert.ok(
        kinds.some(([, kind]) => kind === 'delta') && kinds.some(([, kind]) => kind === 'literal'),
        String(kinds),
      )
      const { changes, hunks, renames } = plan(text, before)
      assert.deepEqual(hunks, { applied: 5, of: 5 })
      assert.deepEqual(Object.fromEntries(changes), {
        'changed.png': now,
        'deep/fresh.png': fresh,
        'gone.bin': undefined,
        'new name.bin': movedNow,
        'old name.bin': undefined,
        'replaced.ico': bytes(0, 0xff, 0),
      })
      assert.deepEqual([...renames], [['new name.bin', 'old name.bin']])
      assert.deepEqual(binaryPathsOf(parsePatch(text)), new Set(changes.keys()))
    }
    const back = plan(git('diff', '--binary', '--find-renames', 'HEAD', 'HEAD~1'), {
      'changed.png': now,
      'deep/fresh.png': fresh,
      'new name.bin': movedNow,
      'replaced.ico': bytes(0, 0xff, 0),
    })
    assert.deepEqual(back.hunks, { applied: 5, of: 5 })
    assert.deepEqual(back.changes.get('changed.png'), old)
  })
})

test('a file that is another one than the patch knows stays as it is, and so does one that is changed already', async () => {
  await withRepository(({ git, write, remove, commit }) => {
    const [old, now] = [picture(600), picture(600)]
    write('a.png', old)
    write('b.png', old)
    commit('first')
    write('a.png', now)
    remove('b.png')
    write('c.png', now)
    git('add', '-A')
    const text = git('diff', '--binary', '--no-renames', '--cached')
    const mine = picture(50)
    assert.deepEqual(reasons(plan(text, { 'a.png': mine, 'b.png': mine, 'c.png': mine })), ['no-match', 'no-match', 'exists'])
    assert.deepEqual(reasons(plan(text, { 'a.png': now, 'c.png': now })), ['already', 'missing', 'already'])
    assert.deepEqual(reasons(plan(text, { 'a.png': 'text', 'b.png': 'text', 'c.png': 'text' })), ['no-match', 'no-match', 'no-match'])
    assert.deepEqual(reasons(plan(text, { 'a.png': { refused: 'unsaved' }, 'b.png': old })), ['unsaved', undefined, undefined])
  })
}) // prettier-ignore

test('a file that is renamed and nothing else moves as it is, text or not', async () => {
  await withRepository(({ git, write, remove, commit }) => {
    const content = picture(4000)
    write('a.png', content)
    commit('first')
    remove('a.png')
    write('b.png', content)
    git('add', '-A')
    const { changes, renames } = plan(git('diff', '--binary', '--cached', '--find-renames'), { 'a.png': content })
    assert.equal(changes.get('b.png'), content)
    assert.deepEqual([...renames], [['b.png', 'a.png']])
  })
})

test('a repository whose names are of 64 digits is one as well', async () => {
  await withRepository(
    ({ git, write, commit }) => {
      const [old, now] = [picture(100), picture(200)]
      write('a.png', old)
      commit('first')
      write('a.png', now)
      assert.deepEqual(plan(git('diff', '--binary'), { 'a.png': old }).changes.get('a.png'), now)
    },
    ['--object-format=sha256'],
  )
})

const name = (content: Uint8Array): string => nodeBinaryMeans.blobName(content, 40)
const zeros = '0'.repeat(40)

interface Made {
  readonly content?: Uint8Array
  readonly size?: number
  readonly after?: string
  readonly deflated?: Uint8Array
  readonly kind?: string
}

/** A patch that makes a file `x`, with whatever lie in it. */
function made({ content = bytes(0, 1, 2), size = content.length, after = name(content), ...more }: Made): string {
  const { kind = 'literal', deflated = deflateSync(content) } = more
  const head = `diff --git a/x b/x\nnew file mode 100644\nindex ${zeros}..${after}\nGIT binary patch\n`
  return `${head}${kind} ${String(size)}\n${encodeBase85(deflated)}\n`
}
const refused = (text: string): string | undefined => reasons(plan(text, {}))[0]

test('what is larger than the limit, or would become that, is never unpacked', () => {
  assert.equal(refused(made({})), undefined)
  assert.equal(refused(made({ content: new Uint8Array(maxBinaryBytes) })), undefined)
  assert.equal(refused(made({ content: new Uint8Array(maxBinaryBytes + 1) })), 'binary-large')
  const bomb = deflateSync(new Uint8Array(20 * 1024 * 1024))
  assert.ok(bomb.length < 24 * 1024, 'it fits into a message')
  const start = process.memoryUsage().arrayBuffers
  assert.equal(refused(made({ deflated: bomb, size: 20 * 1024 * 1024 })), 'binary-large')
  assert.equal(refused(made({ deflated: bomb, size: 100 })), 'damaged')
  assert.equal(refused(made({ deflated: bomb, size: maxBinaryBytes })), 'damaged')
  assert.ok(process.memoryUsage().arrayBuffers - start < 8 * 1024 * 1024)
})

test('what is not what it says that it is changes nothing', () => {
  const content = bytes(0, 1, 2, 3)
  const rows: readonly Made[] = [
    { content, size: 3 },
    { content, size: 5 },
    { content, size: 0 },
    { content, after: name(bytes(9)) },
    { content, after: name(content).slice(0, 12) },
    { content, after: zeros },
    { content, after: name(content).toUpperCase() },
    { content, deflated: bytes(1, 2, 3) },
    { content, deflated: deflateSync(content).subarray(0, 6) },
    { content, deflated: new Uint8Array() },
    { content, kind: 'delta' },
    { content, kind: 'Literal' },
  ]
  for (const row of rows) assert.equal(refused(made(row)), 'damaged', JSON.stringify(row))
  const right = made({ content })
  const line = right.split('\n')[5] ?? ''
  const lines = [line.slice(1), `z${line.slice(1)}`, `${line}0`, line.slice(0, -1), `"${line.slice(1)}`, `${line.charAt(0)}${'~'.repeat(line.length - 1)}`]
  for (const wrong of lines) assert.equal(refused(right.replace(line, () => wrong)), 'damaged', wrong)
  for (let end = right.indexOf('literal') - 1; end < right.indexOf(line) + line.length; end++)
    assert.notEqual(refused(right.slice(0, end)), undefined, right.slice(0, end))
  for (const path of ['.git/hooks/x', '../x', '.vscode/x'])
    assert.match(refused(right.replaceAll('/x', `/${path}`)) ?? '', /protected|outside/)
  for (const mode of ['100755', '120000', '160000'])
    assert.match(refused(right.replace('100644', mode)) ?? '', /mode|symbolic-link|submodule/)
  count({ badInputs: rows.length + lines.length })
}) // prettier-ignore

test('a delta reaches nowhere else, and makes no more than it says', () => {
  const source = bytes(10, 11, 12, 13)
  assert.deepEqual(applyDelta(source, bytes(4, 3, 0x91, 1, 2, 1, 99)), bytes(11, 12, 99))
  const rows = [
    [], [4], [5, 0], [4, 1], [4, 0, 0], [4, 1, 0], [4, 2, 0x91, 3, 2], [4, 2, 0x91, 255, 2], [4, 1, 0x90, 2],
    [4, 2, 2, 1], [4, 1, 1], [4, 3, 0x80], [4, 1, 0xff], [0xff, 0xff, 0xff, 0xff, 0x0f, 1], [4, 0xff, 0xff, 0xff, 0x7f, 1, 1], [4, 0x80],
  ] // prettier-ignore
  for (const row of rows) assert.equal(applyDelta(source, bytes(...row)), undefined, String(row))
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (any, delta) => {
      const result = applyDelta(any, delta)
      assert.ok(result === undefined || result.length <= maxBinaryBytes)
    }),
  )
})
