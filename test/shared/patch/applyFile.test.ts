import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { applyFile as applyWith, maxFileLength, type FileResult } from '../../../src/shared/patch/applyFile.ts'
import { parsePatch } from '../../../src/shared/patch/parsePatch.ts'
import type { FilePatch } from '../../../src/shared/patch/patch.ts'
import { planPatch } from '../../../src/shared/patch/planPatch.ts'
import { nodeBinaryMeans } from '../../../src/host/patch/nodeBinaryMeans.ts'
import { diffOf } from './diffOf.ts'
import { withRepository } from './gitRepository.ts'
import { workMs } from '../workMs.ts'

const patchOf = (hunks: string): FilePatch => {
  const [file] = parsePatch(`--- a/x\n+++ b/x\n${hunks}`).files
  assert.ok(file !== undefined && file.refusal === undefined, file?.refusal)
  return file
}
const applyFile = (file: FilePatch, present: string | undefined): FileResult =>
  applyWith(file, present, nodeBinaryMeans)
const reason = ({ parts }: FileResult): (string | undefined)[] =>
  parts.map((part) => (part.kind === 'refused' ? part.reason : undefined))

const hunk = '@@ -2,5 +2,6 @@\n a\n b\n-c\n+C\n+!\n d\n e\n'
const text = 'x\na\nb\nc\nd\ne\ny\n'

test('a hunk goes where it says', () => {
  const result = applyFile(patchOf(hunk), text)
  assert.deepEqual(result, { content: 'x\na\nb\nC\n!\nd\ne\ny\n', parts: [{ kind: 'applied', line: 2 }] })
})

test('it follows lines that moved, and says by how much', () => {
  assert.deepEqual(applyFile(patchOf(hunk), `1\n2\n3\n${text}`), {
    content: '1\n2\n3\nx\na\nb\nC\n!\nd\ne\ny\n',
    parts: [{ kind: 'applied', line: 5, moved: 3 }],
  })
  assert.deepEqual(applyFile(patchOf(hunk), 'a\nb\nc\nd\ne\n').parts, [{ kind: 'applied', line: 1, moved: -1 }])
})

test('up to two lines around it may have changed, and stay as they are', () => {
  const narrow = patchOf('@@ -2,5 +2,5 @@\n one\n two\n-three\n+THREE\n four\n five\n')
  assert.equal(applyFile(narrow, 'mine\ntwo\nthree\nfour\nours\n').content, 'mine\ntwo\nTHREE\nfour\nours\n')
  const wide = '@@ -1,5 +1,5 @@\n function one() {\n   two()\n-  three()\n+  THREE()\n   four()\n }\n'
  assert.equal(
    applyFile(patchOf(wide), 'mine\nmine\n  three()\nours\nours\n').content,
    'mine\nmine\n  THREE()\nours\nours\n',
  )
})

test('a line that could stand anywhere is no place', () => {
  assert.deepEqual(reason(applyFile(patchOf('@@ -1,3 +1,2 @@\n foo\n-}\n bar\n'), '1\n2\n3\n}\n')), ['no-match'])
})

test('lines that are in several places, and not where they should be, are refused', () => {
  assert.deepEqual(reason(applyFile(patchOf(hunk), `0\n0\n${text}${text}`)), ['ambiguous'])
  assert.equal(applyFile(patchOf(hunk), `${text}${text}`).content, `x\na\nb\nC\n!\nd\ne\ny\n${text}`)
})

test('what was done before is known as such, and what does not fit stays out of the file', () => {
  assert.deepEqual(reason(applyFile(patchOf(hunk), 'x\na\nb\nC\n!\nd\ne\ny\n')), ['already'])
  const other = 'x\na\nb\nother\nd\ne\ny\n'
  assert.deepEqual(applyFile(patchOf(hunk), other), {
    content: other,
    parts: [{ kind: 'refused', reason: 'no-match' }],
  })
  assert.deepEqual(reason(applyFile(patchOf(hunk), '')), ['no-match'])
})

test('hunks are placed one behind the other, each by itself', () => {
  const two = patchOf('@@ -1,2 +1,2 @@\n a\n-b\n+B\n@@ -8,2 +8,2 @@\n c\n-d\n+D\n')
  assert.equal(applyFile(two, 'a\nb\n3\n4\n5\n6\n7\nc\nd\n').content, 'a\nB\n3\n4\n5\n6\n7\nc\nD\n')
  assert.deepEqual(reason(applyFile(two, 'c\nd\na\nb\n')), [undefined, 'no-match'], 'never in front of the one before')
  assert.deepEqual(reason(applyFile(two, 'a\nx\n3\n4\n5\n6\n7\nc\nd\n')), ['no-match', undefined])
})

test('what is added without a line of context goes into an empty file alone', () => {
  const added = patchOf('@@ -0,0 +1,2 @@\n+a\n+b\n')
  assert.equal(applyFile(added, '').content, 'a\nb\n')
  assert.deepEqual(reason(applyFile(added, 'x\n')), ['no-context'])
})

test('the line ends of the file stay, whichever the patch has', () => {
  const windows = text.replaceAll('\n', '\r\n')
  const after = 'x\na\nb\nC\n!\nd\ne\ny\n'
  assert.equal(applyFile(patchOf(hunk), windows).content, after.replaceAll('\n', '\r\n'))
  const fromWindows = patchOf(hunk.replace(/^([ +-].*)$/gmu, '$1\r'))
  assert.equal(applyFile(fromWindows, text).content, after)
  assert.equal(applyFile(fromWindows, windows).content, after.replaceAll('\n', '\r\n'))
})

test('the end of the file stays, unless it is what changes', () => {
  const last = '@@ -1,2 +1,3 @@\n a\n-b\n+B\n+c\n'
  const mark = '\\ No newline at end of file\n'
  assert.equal(applyFile(patchOf(last), 'a\nb').content, 'a\nB\nc')
  assert.equal(applyFile(patchOf(last), 'a\r\nb').content, 'a\r\nB\r\nc')
  assert.equal(applyFile(patchOf(`@@ -1,2 +1,3 @@\n a\n-b\n${mark}+B\n+c\n${mark}`), 'a\nb\n').content, 'a\nB\nc\n')
  assert.equal(applyFile(patchOf(`@@ -1,2 +1,2 @@\n a\n-b\n${mark}+b\n`), 'a\nb').content, 'a\nb\n')
  assert.equal(applyFile(patchOf(`@@ -1,2 +1,2 @@\n a\n-b\n+b\n${mark}`), 'a\r\nb\r\n').content, 'a\r\nb')
  assert.equal(applyFile(patchOf('@@ -1,2 +1,3 @@\n a\n b\n+c\n'), 'a\nb').content, 'a\nb\nc')
})

test('an editor that keeps the mark of byte order apart gets what the patch says', () => {
  const marked = patchOf('@@ -1,2 +1,2 @@\n-\ufeffa\n+\ufeffA\n b\n')
  assert.equal(applyFile(marked, 'a\nb\n').content, 'A\nb\n')
  assert.equal(applyFile(marked, '\ufeffa\nb\n').content, '\ufeffA\nb\n')
})

test('a new file is made only where there is none, and one is removed only as it was', () => {
  const [added] = parsePatch('--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n').files
  const [deleted] = parsePatch('--- a/x\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n').files
  assert.ok(added !== undefined && deleted !== undefined)
  assert.deepEqual(applyFile(added, undefined), { content: 'a\nb\n', parts: [{ kind: 'applied' }] })
  assert.deepEqual(reason(applyFile(added, 'a\r\nb\r\n')), ['already'])
  assert.deepEqual(reason(applyFile(added, 'mine\n')), ['exists'])
  assert.deepEqual(applyFile(deleted, 'a\nb\n'), { content: undefined, parts: [{ kind: 'applied' }] })
  assert.equal(applyFile(deleted, 'a\r\nb\r\n').content, undefined)
  assert.deepEqual(reason(applyFile(deleted, 'a\nb\nmine\n')), ['no-match'])
  assert.deepEqual(reason(applyFile(deleted, undefined)), ['missing'])
})

test('a renamed file that was renamed here already still changes; one whose new name is taken does not move', () => {
  const patch = parsePatch(
    'diff --git a/x b/y\nrename from x\nrename to y\n--- a/x\n+++ b/y\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n',
  )
  const plan = (files: Record<string, string>) => planPatch(patch, (path) => files[path], nodeBinaryMeans)
  assert.deepEqual([...plan({ x: 'a\nb\n' }).renames], [['y', 'x']])
  assert.deepEqual([...plan({ y: 'a\nb\n' }).changes], [['y', 'a\nc\n']])
  assert.equal(plan({ y: 'a\nb\n' }).renames.size, 0)
  for (const [files, why] of [
    [{ x: 'a\nb\n', y: '' }, 'exists'],
    [{}, 'missing'],
    [{ x: 'other\n' }, 'no-match'],
  ] as const) {
    assert.deepEqual(plan(files).files[0]?.parts, [{ kind: 'refused', reason: why }])
    assert.equal(plan(files).changes.size, 0)
  }
})

test('a file that must be left alone refuses every part', () => {
  const plan = planPatch({ files: [patchOf(hunk)] }, () => ({ refused: 'symbolic-link' }), nodeBinaryMeans)
  assert.deepEqual(plan.files[0]?.parts, [{ kind: 'refused', reason: 'symbolic-link' }])
  assert.deepEqual(reason(applyFile(patchOf(hunk), 'a'.repeat(maxFileLength + 1))), ['too-large'])
})

const line = fc.constantFrom('', 'a', 'b', 'c', '}', '  return', 'é😀', '-x', '+y', '@@ -1 +1 @@', '\\ x', 'a\r')
const content = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([all, end, isEnded]) => all.join(end) + (isEnded && all.length > 0 ? end : ''))

test('the difference of two texts makes the second of the first', () => {
  fc.assert(
    fc.property(content, content, fc.integer({ min: 1, max: 4 }), (a, b, context) => {
      const [file] = parsePatch(diffOf(a, b, context)).files
      if (file === undefined) {
        assert.equal(a, b)
        return
      }
      const result = applyFile(file, a)
      assert.deepEqual(reason(result).filter((each) => each !== undefined), [])
      assert.equal(result.content, b)
    }),
    { numRuns: 2000 },
  ) // prettier-ignore
})

test('so does the difference that git itself finds', async () => {
  await withRepository(({ git, write, commit }) => {
    const pairs = fc.sample(fc.tuple(content, content), { numRuns: 150, seed: 7 })
    pairs.forEach(([a], i) => {
      write(String(i), a)
    })
    commit('first')
    pairs.forEach(([, b], i) => {
      write(String(i), b)
    })
    const before = (path: string): string | undefined => pairs[Number(path)]?.[0]
    const plan = planPatch(parsePatch(git('diff')), before, nodeBinaryMeans)
    assert.equal(plan.hunks.applied, plan.hunks.of)
    pairs.forEach(([a, b], i) => {
      assert.equal(plan.changes.get(String(i)) ?? a, b)
    })
  })
})

test('lines above and below that the patch does not know change nothing about what it does', () => {
  const distinct = fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 30 })
  const text = (numbers: readonly number[]): string => numbers.map((each) => `line ${String(each)}\n`).join('')
  fc.assert(
    fc.property(distinct, distinct, fc.nat(20), fc.nat(20), (a, b, above, below) => {
      const [file] = parsePatch(diffOf(text(a), text(b), 3)).files
      if (file === undefined) return
      const around = (middle: string): string => 'above\n'.repeat(above) + middle + 'below\n'.repeat(below)
      const result = applyFile(file, around(text(a)))
      assert.deepEqual(
        result.parts.map((part) => part.kind),
        file.hunks.map(() => 'applied'),
      )
      assert.equal(result.content, around(text(b)))
    }),
    { numRuns: 1000 },
  )
})

test('files and patches made to be slow are done with in time', () => {
  const size = 28 * 1024
  const rows: readonly (readonly [hunks: string, file: string])[] = [
    ['@@ -9,2 +9,2 @@\n a\n-b\n+c\n'.repeat(size / 27), 'a\n'.repeat(400_000)],
    [`@@ -9,9001 +9,9001 @@\n${' a\n'.repeat(9000)}-b\n+c\n`, 'a\n'.repeat(400_000)],
    [`@@ -9,9001 +9,9001 @@\n${' a\n'.repeat(9000)}-b\n+c\n`, `${'a\n'.repeat(8_999)}x\n`.repeat(100)],
    ['@@ -1 +1 @@\n-a\n+b\n'.repeat(size / 19), '\n'.repeat(1_000_000)],
    ['@@ -1 +1 @@\n-a\n+b\n'.repeat(size / 19), 'a\n'.repeat(400_000)],
  ]
  for (const [hunks, file] of rows) {
    const ms = workMs(() => {
      applyFile(patchOf(hunks), file)
    })
    assert.ok(ms < 2000, `${String(Math.round(ms))} ms`)
  }
})
