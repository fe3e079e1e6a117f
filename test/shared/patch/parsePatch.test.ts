import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { nodeBinaryMeans } from '../../../src/host/patch/nodeBinaryMeans.ts'
import { parsePatch } from '../../../src/shared/patch/parsePatch.ts'
import type { FilePatch } from '../../../src/shared/patch/patch.ts'
import { planPatch } from '../../../src/shared/patch/planPatch.ts'
import { workMs } from '../workMs.ts'

const refusals = (text: string): (string | undefined)[] => parsePatch(text).files.map(({ refusal }) => refusal)
const body = '@@ -1,2 +1,2 @@ function x()\n a\n-b\n+c\n'
const plain = (name: string): string => `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n${body}`

test('a file has its name, its counts and its hunks', () => {
  assert.deepEqual(parsePatch(plain('x.ts')).files, [
    {
      change: 'modified',
      path: 'x.ts',
      added: 1,
      removed: 1,
      hunks: [
        {
          oldStart: 1,
          newStart: 1,
          heading: 'function x()',
          lines: [
            { kind: 'context', text: 'a' },
            { kind: 'removed', text: 'b' },
            { kind: 'added', text: 'c' },
          ],
        },
      ],
    },
  ] satisfies FilePatch[])
})

test('a diff of other tools is read, too', () => {
  const [file] = parsePatch(`Index: x\n====\n--- x.ts\t2026-01-01 00:00\n+++ x.ts\t2026-01-02 00:00\n${body}`).files
  assert.deepEqual([file?.path, file?.change, file?.refusal], ['x.ts', 'modified', undefined])
})

test('a patch whose line breaks became those of Windows is read as it was', () => {
  assert.deepEqual(parsePatch(plain('x').replaceAll('\n', '\r\n')), parsePatch(plain('x')))
})

test('an empty line that lost its space is one of context', () => {
  const [file] = parsePatch('--- a/x\n+++ b/x\n@@ -1,3 +1,2 @@\n a\n\n-b\n').files
  assert.deepEqual([file?.refusal, file?.hunks[0]?.lines.length], [undefined, 3])
})

test('what is no patch has no files', () => {
  for (const text of ['', '\n', 'hello', '--- a/x', '--- a/x\n+++ b/x\nno hunk', '@@ -1 +1 @@\n-a\n+b\n', '+++ b\n--- a\n', 'diff --stat'])
    assert.deepEqual(parsePatch(text).files, [], JSON.stringify(text)) // prettier-ignore
})

test('a file that contradicts itself or breaks off is damaged', () => {
  const head = 'diff --git a/x b/x\n'
  const damaged = [
    head,
    `${head}index 1234567..89abcde 100644\n`,
    `${head}--- a/x\n+++ b/x\n`,
    `${head}--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n`,
    `${head}--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n@@ -x\n`,
    `${head}--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\nb\n+c\n`,
    `${head}--- a/x\n+++ b/x\n@@ -1 +1,0 @@\n+a\n`,
    `${head}--- a/x\n+++ b/x\n@@ -0,0 +0,0 @@\n`,
    `${head}--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n-a\n\\ No newline at end of file\n-b\n+c\n`,
    `${head}--- a/x\n+++ b/y\n${body}`,
    `${head}--- a/y\n+++ b/y\n${body}`,
    `${head}--- a/.git\n+++ "b/x\n${body}`,
    `--- a/x\n+++ b/y\n${body}`,
    `diff --git a/x b/x\nrename from x\nrename to y\n--- a/x\n+++ b/z\n${body}`,
    `diff --git a/x b/x\nrename from x\n`,
    `diff --git a/x b/y\nsimilarity index 90%\n`,
    `${head}new file mode 100644\n--- /dev/null\n+++ b/x\n${body}`,
    `${head}deleted file mode 100644\n--- a/x\n+++ /dev/null\n${body}`,
    `${head}new file mode 100644\ndeleted file mode 100644\n`,
  ]
  for (const text of damaged) assert.deepEqual(refusals(text), ['damaged'], text)
})

test('what lies outside, or where editors and git take orders from, is refused under both of its names', () => {
  assert.deepEqual(refusals(plain('../x')), ['outside'])
  assert.deepEqual(refusals(plain('/etc/passwd')), ['outside'])
  assert.deepEqual(refusals(plain('.git/config')), ['protected'])
  assert.deepEqual(refusals(plain('.VSCODE/tasks.json')), ['protected'])
  assert.deepEqual(refusals(plain('CON')), ['unportable'])
  const move = (from: string, to: string): string =>
    `diff --git a/${from} b/${to}\nrename from ${from}\nrename to ${to}\n`
  assert.deepEqual(refusals(move('.git/hooks/a', 'a')), ['protected'])
  assert.deepEqual(refusals(move('a', '.git/hooks/post-checkout')), ['protected'])
  assert.deepEqual(refusals(move('a', '../b')), ['outside'])
  assert.deepEqual(refusals(move('"\\056git/a"', 'b')), ['protected'], 'also where quotes hide it')
  assert.deepEqual(refusals('diff --cc .git/x\n'), ['protected'])
  assert.deepEqual(refusals('--- /dev/null\n+++ /dev/null\n@@ -0,0 +1 @@\n+a\n'), ['outside'])
})

test('a mode is refused in whatever line it stands', () => {
  const head = 'diff --git a/x b/x\n'
  const sides = `--- a/x\n+++ b/x\n${body}`
  assert.deepEqual(refusals(`${head}old mode 100644\nnew mode 100755\n`), ['mode'])
  assert.deepEqual(refusals(`${head}old mode 100644\n${sides}`), ['mode'])
  assert.deepEqual(refusals(`${head}new file mode 040000\n`), ['mode'])
  assert.deepEqual(refusals(`${head}index 1234567..89abcde 120000\n${sides}`), ['symbolic-link'])
  assert.deepEqual(refusals(`${head}new file mode 120000\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+/etc\n`), [
    'symbolic-link',
  ])
  assert.deepEqual(refusals(`${head}deleted file mode 120000\n`), ['symbolic-link'])
  assert.deepEqual(refusals(`${head}index 1234567..89abcde 160000\n${sides}`), ['submodule'])
  assert.deepEqual(refusals(`${head}old mode 100644\nnew mode 120000\n`), ['symbolic-link'])
  assert.deepEqual(refusals(`${head}index 1234567..89abcde 100755\n${sides}`), [undefined], 'it stays executable')
})

test('a new or deleted file without lines is an empty one, and else cut off', () => {
  const zeros = '0000000'
  const made = (index: string): string => `diff --git a/x b/x\nnew file mode 100644\n${index}`
  const gone = (index: string): string => `diff --git a/x b/x\ndeleted file mode 100644\n${index}`
  for (const empty of ['e69de29', '473a0f4c3b']) {
    assert.deepEqual(refusals(made(`index ${zeros}..${empty}\n`)), [undefined])
    assert.deepEqual(refusals(gone(`index ${empty}..${zeros}\n`)), [undefined])
  }
  assert.deepEqual(refusals(made('')), [undefined])
  assert.deepEqual(refusals(made(`index ${zeros}..1234567\n`)), ['damaged'])
  assert.deepEqual(refusals(gone(`index 1234567..${zeros}\n`)), ['damaged'])
})

test('any text is read without a throw, and applied to any file without one', () => {
  const piece = fc.constantFrom(
    plain('x'), plain('y'), 'diff --git a/x b/x\n', '--- a/x\n', '+++ b/x\n', '@@ -1,2 +1,2 @@\n', '@@ -0,0 +1 @@\n', ' a\n', '-b\n', '+c\n', '\\ No newline\n', '\n',
    'rename from x\n', 'rename to y\n', 'copy from y\n', 'copy to z\n', 'new file mode 100644\n', 'deleted file mode 100644\n', '--- /dev/null\n',
    '+++ /dev/null\n', 'diff --cc x\n', 'GIT binary patch\n', 'literal 4\n', 'delta 4\n', 'Lc${NkU|;|M00aO5\n', `index ${'0'.repeat(40)}..${'9'.repeat(40)}\n`, '"', '\r\n', 'index 1..2 100644\n', '@@ -99999999,99999999 +1,0 @@\n',
  ) // prettier-ignore
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  )
  const state = fc.constantFrom(undefined, '', 'a\nb\n', 'b', 'c\n', '\r\n')
  let applied = 0
  fc.assert(
    fc.property(text, state, (patch, file) => {
      const plan = planPatch(parsePatch(patch), () => file, nodeBinaryMeans)
      for (const each of plan.files) assert.ok(each.file.refusal === undefined || each.parts.every(({ kind }) => kind === 'refused'))
      applied += plan.hunks.applied
    }),
    { numRuns: 3000 },
  ) // prettier-ignore
  assert.ok(applied > 10, 'some of them do apply')
})

test('texts made to be slow are read in no time', () => {
  const size = 28 * 1024
  const slow = [
    'diff --git a/x b/x\n',
    `diff --git ${'"a'.repeat(99)}\n`,
    `diff --git "${'\\303'.repeat(999)}\n`,
    `diff --git ${'a '.repeat(9999)}\n`,
    '--- a\n+++ a\n@@ -1 +1 @@\n-a\n+b\n',
    '@@ -1 +1 @@\n',
    '--- ',
    'Submodule a ',
    'Submodule 1234567..1234567 ',
    '@@ -1,1 +1,1 ',
    '\n',
    '\r',
    '\\ ',
    '"\\',
  ].map((piece) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size))
  slow.push(`--- a/x\n+++ b/x\n@@ -1,99999999 +1,99999999 @@\n${' a\n'.repeat(9000)}`)
  for (const text of slow) {
    const ms = workMs(() => {
      parsePatch(text)
    })
    assert.ok(ms < 200, `${String(Math.round(ms))} ms for ${JSON.stringify(text.slice(0, 30))}`)
  }
})
