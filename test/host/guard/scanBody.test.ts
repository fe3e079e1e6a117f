import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { redactBody } from '../../../src/core/guard/outgoing.ts'
import { scanBody } from '../../../src/host/guard/scanBody.ts'
import type { PatchBody } from '../../../src/shared/service.ts'
import { encodeBase85 } from '../../shared/patch/encodeBase85.ts'

const secret = "password = 'Tr0ub4dor&3'"

function patchOf(content: Uint8Array, text = ''): PatchBody {
  const head = `diff --git a/kettle.db b/kettle.db\nnew file mode 100644\nindex ${'0'.repeat(40)}..${'a'.repeat(40)}\n`
  const binary = `GIT binary patch\nliteral ${String(content.length)}\n${encodeBase85(deflateSync(content))}\n`
  return { kind: 'patch', text: `${head}${binary}${text}` }
}
const textPatch = `diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+${secret}\n`

test('a secret in a file that is no text is found where the patch holds it deflated, and cannot be redacted', async () => {
  const body = patchOf(Buffer.from(`\0SQLite ${secret} \0`))
  const findings = await scanBody(body)
  assert.deepEqual(
    findings.map(({ kind, firstLine, lastLine }) => [kind, firstLine, lastLine]),
    [['assignment', 4, 6]],
  )
  assert.equal(redactBody(body, findings), undefined)
  const both = patchOf(Buffer.from(`\0${secret}`), textPatch)
  assert.equal((await scanBody(both)).length, 2)
  assert.equal(redactBody(both, await scanBody(both)), undefined)
})

test('a file that is no text and holds none is let through, and the text behind it is redacted as ever', async () => {
  assert.deepEqual(await scanBody(patchOf(Buffer.alloc(3000, 1))), [])
  const body = patchOf(Buffer.from([0, 1, 2]), textPatch)
  const findings = await scanBody(body)
  assert.equal(findings.length, 1)
  assert.equal(redactBody(body, findings)?.text, body.text.replace('Tr0ub4dor&3', 'xxxxxxxxx&x'))
})

test('numbers that happen to look like a secret are none, and what cannot be inflated holds nothing', async () => {
  const body = patchOf(Buffer.from([0, 1, 2]))
  const [before = '', after = ''] = body.text.split(/^literal \d+$/m)
  const alike = `${before}literal 3\n${secret}\nghp_${'a1B2'.repeat(9)}\n${after}`
  assert.deepEqual(await scanBody({ kind: 'patch', text: alike }), [])
})
