import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import {
  ada,
  bob,
  change,
  idAt,
  manyMessages,
  message,
  minute,
  now,
  page as pageOf,
  screenMessage,
} from './harness/fixtures.ts'
import { useHarness } from './harness/openPage.ts'
import type { OpenPage } from './harness/openPage.ts'
import { samplePatch } from './harness/patches.ts'
import { themeNames } from './harness/themes.ts'

const artifacts = path.resolve(import.meta.dirname, '../../artifacts/webview')
const day = 24 * 60 * 60 * 1000
const root = idAt(41)

const answer = (clock: number, text: string, author = bob) =>
  message(clock, {
    author,
    sentAt: now - (60 - clock) * minute,
    body: { kind: 'text', text, thread: root, replyTo: root },
  })
const rootMessage = message(41, {
  author: ada,
  sentAt: now - 20 * minute,
  body: {
    kind: 'snippet',
    language: 'typescript',
    path: 'src/kettle.ts',
    lines: { first: 3, last: 3 },
    text: 'boil(97)\n',
  },
  replies: { count: 2, last: idAt(43), lastAt: now - 17 * minute },
})
const answers = [answer(42, 'Why 97?'), answer(43, 'Because it boils over above.', ada)]
const messages = [
  ...manyMessages(40),
  rootMessage,
  ...answers.map((one) => ({ ...one, quote: { author: ada, summary: 'kettle.ts:3 · boil(97)' } })),
  change(44, bob, { change: 'lifetime', lifetimeMs: day }, now - 9 * minute),
  message(45, { sentAt: now - 8 * minute, body: { kind: 'text', text: 'This one goes.', lifetimeMs: day } }),
  message(46, {
    author: ada,
    sentAt: now - 7 * minute,
    body: { kind: 'text', text: 'So does this.', lifetimeMs: day },
    fadesAt: now + 3 * 60 * minute,
  }),
  message(47, { sentAt: now - 6 * minute, body: samplePatch }),
]

describe('threads, selections and messages that disappear', () => {
  const harness = useHarness()
  before(() => mkdir(artifacts, { recursive: true }))

  const screen = screenMessage({
    kind: 'conversation',
    page: pageOf(messages, { conversation: { lifetimeMs: day } }),
  })
  const show = async (open: OpenPage) => {
    await open.send(screen)
    await open.settle()
    return open.page
  }
  const openThread = async (open: OpenPage, draft = '') => {
    await open.page.getByRole('button', { name: '2 replies' }).click()
    assert.equal((await open.waitFor('openThread')).message, root)
    await open.send({ type: 'thread', root, page: { messages: [rootMessage, ...answers], hasMore: false, draft } })
    return open.page.getByLabel('Reply in the thread, to Bob')
  }

  for (const theme of themeNames)
    it(`shows a thread, a selection and disappearing messages in ${theme}, readable for everybody`, async () => {
      await harness.withPage({ theme, width: 420 }, async (open) => {
        const page = await show(open)
        const picture = async (name: string) => {
          assert.deepEqual(await open.accessibilityProblems(), [], name)
          await page.screenshot({ path: path.join(artifacts, `${name}-${theme}.png`) })
        }
        await picture('disappearing')
        await page.getByRole('button', { name: '2 replies' }).scrollIntoViewIfNeeded()
        await picture('replies')
        const field = await openThread(open)
        await field.waitFor()
        await open.settle()
        await picture('thread')
        await field.press('Escape')
        await open.send({ type: 'compose', mode: 'select', message: idAt(46) })
        await page.getByText('1 selected').waitFor()
        await open.settle()
        await page.getByText('This one goes.').click()
        await page.getByText('2 selected').waitFor()
        await picture('selection')
      })
    })

  it('opens a thread, answers in it, follows it, and goes back to the same place', async () => {
    await harness.withPage({}, async (open) => {
      const page = await show(open)
      const link = page.getByRole('button', { name: '2 replies' })
      await link.scrollIntoViewIfNeeded()
      const before = await link.boundingBox()
      const field = await openThread(open, 'half an answer')
      await field.waitFor()
      assert.equal(await field.inputValue(), 'half an answer')
      await page.waitForFunction(() => document.activeElement?.matches('.thread textarea'))
      await field.fill('Then 95')
      await field.press('Enter')
      const sent = await open.waitFor('send')
      assert.deepEqual([sent.text, sent.thread, sent.replyTo], ['Then 95', root, root])
      const live = answer(48, 'Fine with me')
      await open.send({ type: 'inThread', root, event: { type: 'added', messages: [live] } })
      await page.locator('.thread').getByText('Fine with me').waitFor()
      const drafts = (await open.posted()).filter(({ type }) => type === 'draft')
      assert.ok(drafts.every((draft) => draft.type === 'draft' && draft.thread === root))
      await field.press('Escape')
      await open.waitFor('closeThread')
      assert.equal(await page.locator('.thread').count(), 0)
      assert.deepEqual(await link.boundingBox(), before)
      await page.waitForFunction(() => document.activeElement?.matches('.replies') === true)
    })
  })

  it('an answer in the conversation leads to its thread, and a card of code begins one', async () => {
    await harness.withPage({}, async (open) => {
      const page = await show(open)
      await page.locator('.quote').first().click()
      assert.equal((await open.waitFor('openThread')).message, root)
      await page.getByRole('button', { name: 'Comment' }).last().click()
      assert.equal((await open.waitFor('openThread', 2)).message, idAt(47))
    })
  })

  it('a reload brings the thread back, and where nothing of it is left the conversation', async () => {
    await harness.withPage({}, async (open) => {
      const page = await show(open)
      await (await openThread(open)).waitFor()
      await page.reload()
      await show(open)
      const again = await open.waitFor('openThread')
      assert.equal(again.message, root)
      await open.send({ type: 'thread', root })
      await open.settle()
      assert.equal(await page.locator('.thread').count(), 0)
      assert.ok(await page.getByLabel('Message to Bob').isVisible())
    })
  })

  it('selects by keys and by mouse, and hands over what was selected in order', async () => {
    await harness.withPage({}, async (open) => {
      const page = await show(open)
      const row = page.locator(`[data-message="${idAt(45)}"]`)
      await row.focus()
      await open.send({ type: 'messageKey', deed: 'select' })
      await page.getByText('1 selected').waitFor()
      await page.keyboard.press('Shift+ArrowDown')
      await page.getByText('2 selected').waitFor()
      await page.keyboard.press('Space')
      await page.getByText('1 selected').waitFor()
      assert.ok(await page.getByRole('button', { name: 'Delete for Everybody…' }).isDisabled())
      await page.getByText('So does this.').click()
      await page.getByRole('button', { name: 'Delete for Me…' }).click()
      const wish = await open.waitFor('selection')
      assert.deepEqual([wish.deed, wish.messages], ['hide', [idAt(45), idAt(46)]])
      await open.send({ type: 'removed', messages: [idAt(45)] })
      await page.getByText('1 selected').waitFor()
      assert.ok(await page.getByRole('button', { name: 'Delete for Everybody…' }).isEnabled())
      await page.locator(`[data-message="${idAt(46)}"]`).focus()
      await page.keyboard.press('Escape')
      await page.getByLabel('Message to Bob').waitFor()
    })
  })

  it('warns when how long messages are kept changes while one writes, and says when each goes', async () => {
    await harness.withPage({}, async (open) => {
      const page = await show(open)
      assert.ok(await page.getByText('Bob set what is written from here on to disappear after 1 day.').isVisible())
      assert.ok(await page.getByLabel('Disappears in 3 hours').isVisible())
      assert.ok(await page.getByLabel('Disappears 1 day after you have read it').isVisible())
      const field = page.getByLabel('Message to Bob')
      const turn = (lifetimeMs: number) =>
        open.send({ type: 'conversation', conversation: { ...pageOf(messages).conversation, lifetimeMs } })
      await turn(7 * day)
      await open.settle()
      assert.equal(await page.getByText('This changed while you wrote').count(), 0)
      await field.fill('Careful')
      await turn(60 * minute)
      await page.getByText('This changed while you wrote: what you send now disappears after 1 hour.').waitFor()
      await field.fill('')
      await open.settle()
      assert.equal(await page.getByText('This changed while you wrote').count(), 0)
      await page.getByRole('button', { name: 'Messages disappear after 1 hour' }).click()
      await open.waitFor('showLifetime')
    })
  })
})
