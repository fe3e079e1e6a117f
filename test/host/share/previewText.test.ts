import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outgoingOf } from '../../../src/core/guard/outgoing.ts'
import { scanBody } from '../../../src/host/guard/scanBody.ts'
import { previewText } from '../../../src/host/share/previewText.ts'
import type { SendBody } from '../../../src/shared/service.ts'
import { plainEnglish } from '../plainEnglish.ts'

const secret = 'password = "Tr0ub4dor&3"'

async function preview(...bodies: SendBody[]) {
  const messages = await Promise.all(bodies.map(async (body) => ({ body, findings: await scanBody(body) })))
  const { text, marked } = previewText(messages, [], plainEnglish)
  return { text, marked: marked.map((line) => text.split('\n')[line]) }
}

const snippet: SendBody = {
  kind: 'snippet',
  language: 'python',
  text: `a = 1\n${secret}`,
  path: 'src/kettle.py',
  lines: { first: 5, last: 6 },
  git: { remote: 'https://host.example/kettle.git', commit: 'c0ffee1', branch: 'main' },
  hash: 'f'.repeat(64),
  context: { before: 'before\nit', after: `${secret} # behind` },
}

const patch: SendBody = {
  kind: 'patch',
  title: `Let in ${secret}`,
  text: 'diff --git a/.env b/.env\n--- a/.env\n+++ b/.env\n@@ -1 +1 @@\n-A=1\n+A=2\n',
}

describe('previewText', () => {
  it('says every word that leaves with a snippet', async () => {
    const { text } = await preview(snippet)
    for (const word of [...outgoingOf(snippet).text.split('\n'), 'src/kettle.py', '5–6', 'host.example/kettle.git'])
      assert.ok(text.includes(word), word)
    for (const word of ['c0ffee1', 'main', 'f'.repeat(64)]) assert.ok(text.includes(word), word)
  })

  it('marks the lines with what looks like a secret, in the text and around it', async () => {
    assert.deepEqual((await preview(snippet)).marked, [secret, `${secret} # behind`])
  })

  it('marks the file that holds secrets by custom, and the title of a patch', async () => {
    assert.deepEqual((await preview({ ...snippet, text: 'A=1', path: '.env' })).marked, [
      '- File: `.env`, lines 5–6',
      `${secret} # behind`,
    ])
    assert.deepEqual((await preview(patch)).marked, [`- Title: Let in ${secret}`, 'diff --git a/.env b/.env'])
  })

  it('marks what is in the message that it is found in, of several', async () => {
    const { text, marked } = await preview({ kind: 'text', text: 'Look:' }, { ...snippet, text: 'b = 2' }, patch)
    assert.equal(marked.length, 3)
    assert.match(text, /Message 3 of 3/)
  })

  it('holds a text with fences in a longer fence', async () => {
    const { text } = await preview({ kind: 'snippet', language: 'markdown', text: '```ts\na\n```' })
    assert.ok(text.includes('````markdown\n```ts\na\n```\n````'), text)
  })
})
