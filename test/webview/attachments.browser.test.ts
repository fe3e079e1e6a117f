import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import type { Attachment } from '../../src/shared/webviewProtocol.ts'
import { conversationId, manyMessages, page as pageOf, screenMessage } from './harness/fixtures.ts'
import { useHarness } from './harness/openPage.ts'
import type { OpenPage } from './harness/openPage.ts'
import { themeNames } from './harness/themes.ts'

const artifacts = path.resolve(import.meta.dirname, '../../artifacts/webview')
const code = 'get isBoiling() {\n  return this.celsius >= 100\n}'

const attachment = (id: number, part: Partial<Attachment> = {}): Attachment => ({
  id,
  body: {
    kind: 'snippet',
    language: 'typescript',
    text: code,
    path: 'src/kettle.ts',
    lines: { first: 5, last: 7 },
    git: { remote: 'https://example.org/kettle.git', commit: 'c0ffee1'.padEnd(40, '0'), branch: 'main' },
    hash: 'f'.repeat(64),
  },
  ...part,
})

async function openConversation(open: OpenPage) {
  await open.send(screenMessage({ kind: 'conversation', page: pageOf(manyMessages(5)) }))
  await open.settle()
  const attach = async (...attachments: Attachment[]): Promise<void> => {
    await open.send({ type: 'attachments', conversation: conversationId, attachments })
    await open.settle()
  }
  return { field: open.page.getByLabel('Message to Bob'), attach }
}

/** Pastes or drops into the message field as the editor hands things over. */
const hand = (open: OpenPage, kind: 'paste' | 'drop', held: Readonly<Record<string, string>>): Promise<boolean> =>
  open.page.getByLabel('Message to Bob').evaluate(
    (field, [type, entries]) => {
      const data = new DataTransfer()
      for (const [format, text] of Object.entries(entries)) data.setData(format, text)
      const init = { bubbles: true, cancelable: true }
      const event =
        type === 'paste'
          ? new ClipboardEvent('paste', { ...init, clipboardData: data })
          : new DragEvent('drop', { ...init, dataTransfer: data })
      return field.dispatchEvent(event)
    },
    [kind, held] as const,
  )

const editorCode = { 'text/plain': code, 'vscode-editor-data': JSON.stringify({ version: 1, mode: 'typescript' }) }

describe('what is attached to a message', () => {
  const harness = useHarness()
  before(() => mkdir(artifacts, { recursive: true }))

  it('comes from an editor by paste, and is a text again by Ctrl+Z', async () => {
    await harness.withPage({}, async (open) => {
      const { field, attach } = await openConversation(open)
      await field.fill('Look: ')
      assert.equal(await hand(open, 'paste', editorCode), false, 'nothing is pasted as well')
      const asked = await open.waitFor('attachText')
      assert.deepEqual(asked, { type: 'attachText', conversation: conversationId, text: code, language: 'typescript' })
      await attach(attachment(1))
      await open.page.getByText('kettle.ts:5–7').waitFor()
      await field.press('Control+z')
      assert.deepEqual(await open.waitFor('detach'), { type: 'detach', conversation: conversationId, id: 1 })
      await attach()
      assert.equal(await field.inputValue(), `Look: ${code}`)
    })
  })

  it('is not taken back by Ctrl+Z once something was written after it, and by its button at any time', async () => {
    await harness.withPage({}, async (open) => {
      const { field, attach } = await openConversation(open)
      await hand(open, 'paste', editorCode)
      await open.waitFor('attachText')
      await attach(attachment(1))
      await field.pressSequentially('ab')
      await field.press('Control+z')
      assert.equal((await open.posted()).filter(({ type }) => type === 'detach').length, 0)
      await field.fill('ab')
      await open.page.getByRole('button', { name: 'Turn kettle.ts:5–7 into plain text' }).click()
      await open.waitFor('detach')
      await attach()
      assert.equal(await field.inputValue(), `ab${code}`)
      assert.ok(await field.evaluate((element) => element === document.activeElement))
    })
  })

  it('is no part of a line, and nothing from elsewhere: those are pasted as they are', async () => {
    await harness.withPage({}, async (open) => {
      await openConversation(open)
      assert.ok(await hand(open, 'paste', { ...editorCode, 'text/plain': 'isBoiling' }))
      assert.ok(await hand(open, 'paste', { 'text/plain': code }))
      assert.equal((await open.posted()).filter(({ type }) => type === 'attachText').length, 0)
    })
  })

  it('comes from the explorer by drop, as many as there is room for', async () => {
    await harness.withPage({}, async (open) => {
      await openConversation(open)
      await hand(open, 'drop', { 'text/uri-list': 'file:///a.ts\r\nfile:///b.ts' })
      assert.deepEqual((await open.waitFor('attachFiles')).uris, ['file:///a.ts', 'file:///b.ts'])
      await hand(open, 'drop', {
        'text/uri-list': Array.from({ length: 11 }, (_, i) => `file:///${String(i)}`).join('\n'),
      })
      assert.equal((await open.posted()).filter(({ type }) => type === 'attachFiles').length, 1)
    })
  })

  it('goes out with Enter behind the text, or without one', async () => {
    await harness.withPage({}, async (open) => {
      const { field, attach } = await openConversation(open)
      await attach(attachment(1))
      await field.press('Enter')
      await open.waitFor('sendAttachments')
      assert.equal((await open.posted()).filter(({ type }) => type === 'send').length, 0)
      await field.fill('Look')
      await field.press('Enter')
      const said = (await open.posted()).filter(({ type }) => type === 'send' || type === 'sendAttachments')
      assert.deepEqual(
        said.map(({ type }) => type),
        ['sendAttachments', 'send', 'sendAttachments'],
      )
      await attach()
      assert.ok(await open.page.getByRole('button', { name: 'Send', exact: true }).isDisabled())
    })
  })

  it('shows everything that leaves with it, by keyboard and without a barrier in every theme', async () => {
    for (const theme of themeNames) {
      await harness.withPage({ theme }, async (open) => {
        const { attach } = await openConversation(open)
        await attach(attachment(1), attachment(2, { warning: 'This looks like it holds a password or key in line 2.' }))
        const first = open.page.getByRole('button', { name: 'kettle.ts:5–7', exact: true }).first()
        await first.focus()
        await open.page.keyboard.press('Enter')
        const details = open.page.getByRole('group', { name: 'Everything that is sent with it' })
        const shown = await details.innerText()
        for (const word of ['src/kettle.ts', 'example.org/kettle.git', 'c0ffee1', 'main', 'f'.repeat(64), 'isBoiling'])
          assert.ok(shown.includes(word), word)
        assert.deepEqual(await open.accessibilityProblems(), [])
        await open.page.screenshot({ path: path.join(artifacts, `attachments-${theme}.png`) })
        await open.page.getByRole('button', { name: 'Remove kettle.ts:5–7' }).first().press('Enter')
        await open.waitFor('detach')
      })
    }
  })

  it('is that of the conversation on screen, and of no other', async () => {
    await harness.withPage({}, async (open) => {
      const { attach } = await openConversation(open)
      await attach(attachment(1))
      const elsewhere = 'd'.repeat(64) as typeof conversationId
      await open.send({ type: 'attachments', conversation: elsewhere, attachments: [] })
      await open.settle()
      assert.ok(await open.page.getByText('kettle.ts:5–7').isVisible())
    })
  })
})
