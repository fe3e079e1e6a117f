import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { mergeFindings } from '../../../src/core/guard/mergeFindings.ts'
import { outgoingOf, redactBody } from '../../../src/core/guard/outgoing.ts'
import { findSecrets } from '../../../src/core/guard/secretRules.ts'
import { parseSendBody } from '../../../src/core/body/parseSendBody.ts'
import { parsePatch } from '../../../src/shared/patch/parsePatch.ts'
import type { PatchBody, SendBody, SnippetBody } from '../../../src/shared/service.ts'

const secret = 'Tr0ub4dor&3'
const line = `password = "${secret}"`
const hidden = 'password = "xxxxxxxxx&x"'

function find(body: SendBody) {
  const { text, spans } = outgoingOf(body)
  return mergeFindings(text, [...findSecrets(text), ...spans])
}
const redacted = <Body extends SendBody>(body: Body): Body | undefined => redactBody(body, find(body))

const patch = (text: string, title?: string): PatchBody => ({
  kind: 'patch',
  text,
  ...(title === undefined ? {} : { title }),
})

const key = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQIBADANBgkqhkiG', 'AoIBAQC7VJTUt9Us8cKj', '-----END PRIVATE KEY-----']
const head = (path: string): string =>
  `diff --git a/${path} b/${path}\nindex 1234567..89abcde 100644\n--- a/${path}\n+++ b/${path}\n`

describe('redactBody', () => {
  it('keeps everything of a snippet but the secret and what would prove it', () => {
    const body: SnippetBody = {
      kind: 'snippet',
      language: 'python',
      path: 'kettle.py',
      lines: { first: 3, last: 4 },
      hash: 'f'.repeat(64),
      text: `a = 1\n${line}`,
    }
    const { hash: _, ...rest } = body
    assert.deepEqual(redacted(body), { ...rest, text: `a = 1\n${hidden}` })
  })

  it('finds what stands around a snippet', () => {
    const context = { before: `x\n${line}`, after: `${line}\ny` }
    const body: SnippetBody = { kind: 'snippet', language: 'python', text: 'a = 1', context }
    assert.deepEqual(redacted(body), { ...body, context: { before: `x\n${hidden}`, after: `${hidden}\ny` } })
  })

  it('leaves a patch the patch that it was', () => {
    const text = `${head('k.pem')}@@ -1,1 +1,5 @@ ${line}\n-${line}\n+${key.join('\n+')}\n+${line}\n\\ No newline at end of file\n`
    const result = redacted(patch(text, `Use ${line}`))
    assert.ok(result !== undefined)
    const [before, after] = [text.split('\n'), result.text.split('\n')]
    assert.deepEqual(after.slice(0, 4), before.slice(0, 4), 'what names the file is as it was')
    assert.equal(after[4], `@@ -1,1 +1,5 @@ ${hidden}`)
    assert.deepEqual(
      after.slice(5).map((each) => each[0]),
      before.slice(5).map((each) => each[0]),
    )
    assert.doesNotMatch(result.text + (result.title ?? ''), /Tr0ub|MIIE|AoIB/)
    assert.equal(result.title, `Use ${hidden}`)
    assert.deepEqual(parseSendBody(result), result)
  })

  it('leaves any patch readable, with the same files, hunks and lines', () => {
    const shape = (text: string) =>
      parsePatch(text).files.map(({ path, added, removed, hunks }) => [path, added, removed, hunks.length])
    const row = fc.tuple(
      fc.constantFrom('+', '-', ' '),
      fc.constantFrom(line, 'x', '', ...key, '@@ -1 +1 @@', '-- a/b'),
    )
    const hunk = fc.array(row, { minLength: 1, maxLength: 8 }).map((rows) => {
      const count = (mark: string): number => rows.filter(([each]) => each === mark || each === ' ').length
      return `@@ -1,${String(count('-'))} +1,${String(count('+'))} @@\n${rows.map((each) => each.join('')).join('\n')}\n`
    })
    const file = fc.tuple(fc.constantFrom('a.ts', 'key.pem', 'src/ü.py'), hunk).map(([name, text]) => head(name) + text)
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 4 }), (files) => {
        const body = patch(files.join(''))
        const result = redacted(body)
        if (result === undefined) return
        assert.deepEqual(shape(result.text), shape(body.text))
        assert.doesNotMatch(result.text, /Tr0ub4dor/)
      }),
    )
  })

  it('keeps the numbers of a hunk that stands within a key', () => {
    const text = `${head('k.txt')}@@ -1,2 +1,2 @@\n ${key[0] ?? ''}\n-${key[1] ?? ''}\n+${key[1] ?? ''}1\n@@ -9,1 +9,1 @@\n ${key[2] ?? ''}\n`
    const result = redacted(patch(text))
    assert.match(result?.text ?? '', /\n@@ -9,1 \+9,1 @@\n xxx/)
    assert.doesNotMatch(result?.text ?? '', /MIIE|AoIB/)
  })

  it('takes a line that looks like a head for the content that it is', () => {
    const text = `${head('a.sql')}@@ -1,2 +0,0 @@\n--- a/${line}\n-x\n`
    assert.match(redacted(patch(text))?.text ?? '', /\n--- a\/password = "xxxxxxxxx&x"\n-x\n$/)
  })

  it('refuses where a name itself holds the secret, and where there is nothing but a name', () => {
    assert.equal(redacted(patch(`${head(`token=${secret}7`)}@@ -1 +1 @@\n-a\n+b\n`)), undefined)
    assert.equal(redacted(patch(`${head('.env')}@@ -1 +1 @@\n-a\n+b\n`)), undefined)
    assert.equal(redacted({ kind: 'text', text: 'tea' }), undefined)
  })
})

describe('outgoingOf', () => {
  const filesOf = (text: string): string[] => outgoingOf(patch(text)).spans.map(({ from, to }) => text.slice(from, to))

  it('names the files of a patch that hold secrets by custom, each once', () => {
    assert.deepEqual(filesOf(`${head('deploy/.env')}@@ -1 +1 @@\n-a\n+b\n${head('src/a.ts')}@@ -1 +1 @@\n-a\n+b\n`), [
      'deploy/.env',
    ])
    assert.deepEqual(filesOf('diff --git a/x b/id_rsa\nsimilarity index 100%\nrename from x\nrename to id_rsa\n'), [
      'id_rsa',
    ])
    assert.deepEqual(filesOf('diff --git a/k.p12 b/k.p12\nBinary files a/k.p12 and b/k.p12 differ\n'), ['k.p12'])
    assert.deepEqual(
      filesOf('diff --git "a/sch\\303\\266n.pem" "b/sch\\303\\266n.pem"\n--- "a/sch\\303\\266n.pem"\n'),
      ['sch\\303\\266n.pem'],
    )
  })

  it('does not take what stands in a file for the name of one', () => {
    assert.deepEqual(filesOf(`${head('a.md')}@@ -1,2 +1,1 @@\n--- a/.env\n x\n`), [])
  })
})
