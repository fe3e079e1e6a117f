import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { ada, conversationId, idAt, manyMessages, message, page as pageOf, screenMessage } from './harness/fixtures.ts'
import { useHarness } from './harness/openPage.ts'
import { themeNames } from './harness/themes.ts'
import type { OpenPage } from './harness/openPage.ts'

const artifacts = path.resolve(import.meta.dirname, '../../artifacts/webview')

/** Waits until the draft that the host was handed last is this one. */
const draftIs = async ({ page }: OpenPage, text: string): Promise<void> => {
  await page.waitForFunction((wanted) => {
    const drafts = window.fakeHost.posted as readonly { readonly type: string; readonly text?: string }[]
    return drafts.findLast(({ type }) => type === 'draft')?.text === wanted
  }, text)
}

const openConversation = async (open: OpenPage, draft = '') => {
  await open.send(screenMessage({ kind: 'conversation', page: pageOf(manyMessages(40), { draft }) }))
  await open.settle()
  return open.page.getByLabel('Message to Bob')
}

describe('writing a message', () => {
  const harness = useHarness()
  before(() => mkdir(artifacts, { recursive: true }))

  it('sends nothing while nothing can be kept, says why, and keeps what is written', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const field = await openConversation(open)
      await open.send({ type: 'store', notice: { trouble: 'The disk is full.', repair: 'It was repaired.' } })
      await open.settle()
      await field.fill('kept')
      await field.press('Enter')
      assert.equal(await field.inputValue(), 'kept')
      assert.ok(await page.getByTitle('The disk is full.').isDisabled())
      assert.ok(await page.getByRole('alert').getByText('The disk is full.').isVisible())
      await page.getByRole('button', { name: 'Try Again' }).click()
      await open.waitFor('retryStore')
      await page.getByRole('button', { name: 'Dismiss' }).click()
      await open.waitFor('noteRepair')
      assert.deepEqual(await open.accessibilityProblems(), [])
      await open.send({ type: 'store', notice: {} })
      await open.settle()
      assert.equal(await page.getByText('It was repaired.').count(), 0)
      await field.press('Enter')
      assert.equal((await open.waitFor('send')).text, 'kept')
    })
  })

  it('sends with Enter, breaks the line with Shift+Enter, and shows the text at once', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const field = await openConversation(open)
      await field.fill('one')
      await field.press('Shift+Enter')
      await field.pressSequentially('two')
      await field.press('Enter')
      const { request, text } = await open.waitFor('send')
      assert.equal(text, 'one\ntwo')
      assert.equal(await field.inputValue(), '')
      assert.ok(await page.getByText('sending…').isVisible())
      const rows = await page.locator('article').count()
      const row = await page.locator('.row').last().elementHandle()
      await open.send({ type: 'added', messages: [message(41, { author: ada, text: 'one\ntwo', state: 'sent' })] })
      await open.send({ type: 'sendResult', request, id: idAt(41) })
      assert.equal(await page.locator('article').count(), rows, 'it is shown once')
      assert.equal(await page.getByText('sending…').count(), 0)
      assert.ok(await page.getByText('sent', { exact: true }).isVisible())
      assert.ok(await row.evaluate((element) => element.isConnected), 'it keeps its row')
    })
  })

  it('sends nothing that is blank, and nothing while an input method composes', async () => {
    await harness.withPage({}, async (open) => {
      const field = await openConversation(open)
      await field.fill('  \n ')
      await field.press('Enter')
      await field.fill('にほ')
      await field.evaluate((element) => {
        element.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }),
        )
      })
      assert.deepEqual(
        (await open.posted()).filter(({ type }) => type === 'send'),
        [],
      )
      await field.press('ArrowUp')
      assert.equal(await field.inputValue(), 'にほ')
      await field.press('Enter')
      assert.equal((await open.waitFor('send')).text, 'にほ')
    })
  })

  it('grows with its text up to a maximum', async () => {
    await harness.withPage({ height: 500 }, async (open) => {
      const field = await openConversation(open)
      const height = async () => (await field.boundingBox())?.height ?? 0
      const one = await height()
      await field.fill('a\nb\nc')
      assert.ok((await height()) > one + 20)
      await field.fill('a\n'.repeat(100))
      await open.settle()
      assert.ok((await height()) <= 200)
      const end = await open.page.locator('.log').evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop)
      assert.ok(end < 1, 'the end of the list stays in sight')
    })
  })

  it('says who will read, and counts near the limit', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const field = await openConversation(open)
      assert.ok(await page.getByText('Only Bob and you can read this').isVisible())
      await field.fill('x'.repeat(15_000))
      assert.equal(await page.locator('.counter').count(), 0)
      await field.fill('€'.repeat(5_400))
      assert.ok(await page.getByText('184 bytes left').isVisible())
      await field.fill('€'.repeat(5_462))
      assert.ok(await page.getByText('2 bytes too long: a message holds 16 KiB').isVisible())
      await field.press('Enter')
      assert.ok(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled())
      assert.deepEqual(
        (await open.posted()).filter(({ type }) => type === 'send'),
        [],
      )
    })
  })

  it('keeps the text of a failed message, to be sent again or edited', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const field = await openConversation(open)
      await field.fill('precious')
      await field.press('Enter')
      const first = await open.waitFor('send')
      await open.send({ type: 'sendResult', request: first.request, sentence: 'The disk is full.' })
      assert.ok(await page.getByText('The disk is full.').isVisible())
      assert.ok(await page.getByText('precious').isVisible())
      assert.deepEqual(await open.accessibilityProblems(), [])
      await page.getByRole('button', { name: 'Try Again' }).click()
      const second = await open.waitFor('send', 2)
      assert.equal(second.text, 'precious')
      assert.notEqual(second.request, first.request)
      await open.send({ type: 'sendResult', request: second.request, sentence: 'The disk is full.' })
      await page.getByRole('button', { name: 'Edit', exact: true }).click()
      assert.equal(await field.inputValue(), 'precious')
      assert.equal(await page.getByText('The disk is full.').count(), 0)
    })
  })

  it('shows what was held back with its secret marked, and sends it redacted, as it is, or not at all', async () => {
    const secret = 'Tr0ub4dor&3'
    const text = `Try **this**:\npassword = "${secret}"`
    const from = text.indexOf(secret)
    const findings = [{ kind: 'assignment', from, to: from + secret.length, firstLine: 2, lastLine: 2 }]
    const sentence = 'This looks like it holds a password or key in line 2.'
    for (const theme of themeNames)
      await harness.withPage({ theme, width: 300 }, async (open) => {
        const { page } = open
        const field = await openConversation(open)
        const hold = async (count: number) => {
          const { request } = await open.waitFor('send', count)
          await open.send({ type: 'sendResult', request, sentence, findings })
          await open.settle()
        }
        await field.fill(text)
        await field.press('Enter')
        await hold(1)
        assert.equal(await page.locator('mark').innerText(), secret)
        assert.equal(await page.locator('.held').innerText(), text, 'as it was written')
        assert.ok(await page.getByText(sentence).isVisible())
        assert.deepEqual(await open.accessibilityProblems(), [])
        await page.screenshot({ path: path.join(artifacts, `held-${theme}.png`) })

        await page.getByRole('button', { name: 'Send Anyway' }).click()
        const anyway = await open.waitFor('send', 2)
        assert.deepEqual([anyway.text, anyway.anyway], [text, true])
        await hold(2)
        await page.getByRole('button', { name: 'Redact and Send' }).click()
        const redacted = await open.waitFor('send', 3)
        assert.deepEqual([redacted.text, redacted.anyway], [text.replace(secret, 'xxxxxxxxx&x'), undefined])
        await hold(3)
        await page.getByRole('button', { name: 'Edit', exact: true }).click()
        assert.equal(await field.inputValue(), text.replace(secret, 'xxxxxxxxx&x'))
        assert.equal(await page.locator('mark').count(), 0)
      })
  })

  it('hands its draft to the host while one types, and keeps no word of it in the browser', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const field = await openConversation(open, 'from the host')
      assert.equal(await field.inputValue(), 'from the host')
      await field.fill('half a thought')
      assert.deepEqual(await open.waitFor('draft'), {
        type: 'draft',
        conversation: conversationId,
        text: 'half a thought',
      })
      const kept = await page.evaluate(
        () => JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage }),
      )
      assert.ok(kept.includes(conversationId) && !kept.includes('thought'))
      await page.reload()
      await openConversation(open, 'written in another window')
      assert.equal(await field.inputValue(), 'written in another window')
    })
  })

  it('hands its draft over at once when the page may be about to go', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const field = await openConversation(open)
      await field.fill('half a thought')
      await page.evaluate(() => window.dispatchEvent(new Event('pagehide')))
      const drafts = (await open.posted()).filter(({ type }) => type === 'draft')
      assert.deepEqual(drafts, [{ type: 'draft', conversation: conversationId, text: 'half a thought' }])
    })
  })

  it('hands over what could not be sent with the draft', async () => {
    await harness.withPage({}, async (open) => {
      const field = await openConversation(open)
      await field.fill('precious')
      await field.press('Enter')
      const { request } = await open.waitFor('send')
      await draftIs(open, '')
      await open.send({ type: 'sendResult', request, sentence: 'The disk is full.' })
      await draftIs(open, 'precious')
      await open.page.getByRole('button', { name: 'Discard', exact: true }).click()
      await draftIs(open, '')
    })
  })

  it('takes the keyboard when the user asked for it, and offers the editor’s selection', async () => {
    await harness.withPage({}, async (open) => {
      const field = await openConversation(open)
      await open.send({ type: 'focusComposer' })
      assert.ok(await field.evaluate((element) => element === document.activeElement))
      await open.page.getByRole('button', { name: 'Share Code…' }).click()
      await open.waitFor('share')
    })
  })
})
