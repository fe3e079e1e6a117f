import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import type { MessageDeed } from '../../src/shared/messageOffers.ts'
import { ada, bob, idAt, manyMessages, message, page as pageOf, screenMessage } from './harness/fixtures.ts'
import { useHarness } from './harness/openPage.ts'
import type { OpenPage } from './harness/openPage.ts'
import { themeNames } from './harness/themes.ts'

const artifacts = path.resolve(import.meta.dirname, '../../artifacts/webview')

const answered = idAt(41)
const [otherConversation, otherMessage] = ['ab'.repeat(32), 'cd'.repeat(38)]
const linkToMessage = `vscode://tincan.tincan/message#${otherConversation}.${otherMessage}`
const messages = [
  ...manyMessages(40),
  message(41, {
    author: ada,
    text: 'The kettle boils over at 97 degrees.',
    edited: { at: 1_800_000_000_000, count: 2 },
    reactions: [
      { emoji: '👍', people: [ada, bob] },
      { emoji: '🎉', people: [bob] },
    ],
  }),
  message(42, {
    body: { kind: 'text', text: `Then lower it. See ${linkToMessage}.`, replyTo: answered },
    quote: { author: ada, summary: 'The kettle boils over at 97 degrees.' },
  }),
  message(43, { body: { kind: 'unreadable', why: 'erased' }, erasedBy: bob }),
]

describe('messages about messages', () => {
  const harness = useHarness()
  before(() => mkdir(artifacts, { recursive: true }))

  const show = async (open: OpenPage) => {
    await open.send(screenMessage({ kind: 'conversation', page: pageOf(messages) }))
    await open.settle()
    return open.page.getByLabel('Message to Bob')
  }

  for (const theme of themeNames)
    it(`shows answers, reactions, edits and what was deleted in ${theme}, readable for everybody`, async () => {
      await harness.withPage({ theme }, async (open) => {
        await show(open)
        const { page } = open
        assert.ok(await page.getByText('This message was deleted.').isVisible())
        assert.ok(await page.getByRole('button', { name: '👍 by You, Bob' }).isVisible())
        await page.getByText('Then lower it.').hover()
        assert.deepEqual(await open.accessibilityProblems(), [])
        await page.screenshot({ path: path.join(artifacts, `about-messages-${theme}.png`) })
      })
    })

  it('leaves Cut, Copy and Paste in the context menu only where there is something to do it with', async () => {
    await harness.withPage({}, async (open) => {
      const field = await show(open)
      const text = open.page.getByText('Then lower it.')
      const hasThem = async (where: typeof field): Promise<boolean> => {
        await where.dispatchEvent('contextmenu')
        const context = (await open.page.locator('body').getAttribute('data-vscode-context')) ?? ''
        return !(JSON.parse(context) as { preventDefaultContextMenuItems: boolean }).preventDefaultContextMenuItems
      }
      assert.equal(await hasThem(text), false)
      assert.equal(await hasThem(field), true)
      await text.selectText()
      assert.equal(await hasThem(text), true)
    })
  })

  it('answers a message, changes the last own one with the arrow key, and takes everything back with Escape', async () => {
    await harness.withPage({}, async (open) => {
      const field = await show(open)
      const { page } = open
      await field.fill('half a')
      await open.send({ type: 'compose', mode: 'reply', message: answered })
      await page.getByText('Replying to You').waitFor()
      await field.fill('At 90, say')
      await field.press('Enter')
      const sent = await open.waitFor('send')
      assert.deepEqual([sent.text, sent.replyTo], ['At 90, say', answered])
      assert.equal(await page.getByText('Replying to You').count(), 0)
      await field.press('ArrowUp')
      await page.getByText('Editing a message').waitFor()
      assert.equal(await field.inputValue(), 'The kettle boils over at 97 degrees.')
      await field.press('Escape')
      assert.equal(await field.inputValue(), '')
      await field.press('ArrowUp')
      await field.fill('The kettle boils over at 95 degrees.')
      await field.press('Enter')
      const edit = await open.waitFor('edit')
      assert.deepEqual([edit.message, edit.text], [answered, 'The kettle boils over at 95 degrees.'])
      assert.equal(await field.inputValue(), '')
      await field.press('Escape')
      await open.waitFor('focusEditor')
    })
  })

  it('says that a message is gone while one changes it, and keeps what was written', async () => {
    await harness.withPage({}, async (open) => {
      const field = await show(open)
      const { page } = open
      await field.press('ArrowUp')
      await page.getByText('Editing a message').waitFor()
      await field.fill('Another wording')
      await open.send({
        type: 'changed',
        messages: [message(41, { author: ada, body: { kind: 'unreadable', why: 'erased' }, erasedBy: ada })],
      })
      await page.getByText('This message is gone and cannot be changed any more.').waitFor()
      await field.press('Enter')
      await open.settle()
      assert.equal(await field.inputValue(), 'Another wording')
      assert.ok((await open.posted()).every(({ type }) => type !== 'edit'))
    })
  })

  it('toggles a reaction, opens the wordings and the menu, and forgets what is removed', async () => {
    await harness.withPage({}, async (open) => {
      await show(open)
      const { page } = open
      await page.getByRole('button', { name: '👍 by You, Bob' }).click()
      const taken = await open.waitFor('react')
      assert.deepEqual([taken.message, taken.emoji, taken.on], [answered, '👍', false])
      await page.getByRole('button', { name: 'edited' }).click()
      assert.equal((await open.waitFor('messageMenu')).menu, 'history')
      await open.send({ type: 'removed', messages: [idAt(43)] })
      await open.settle()
      assert.equal(await page.getByText('This message was deleted.').count(), 0)
    })
  })

  it('reacts with one click from the bar of a message, takes that back, and offers it to nobody who may not write', async () => {
    const on = { emoji: '👍', people: [ada] }
    const said = [message(1, { author: bob }), message(2, { author: bob, reactions: [on] })]
    await harness.withPage({}, async (open) => {
      await open.send(screenMessage({ kind: 'conversation', page: pageOf(said) }))
      await open.settle()
      const rows = open.page.getByRole('article')
      for (const [row, isOn] of [
        [0, true],
        [1, false],
      ] as const) {
        await rows.nth(row).hover()
        await rows.nth(row).getByRole('button', { name: 'React with 👍' }).click()
        const react = await open.waitFor('react', row + 1)
        assert.deepEqual([react.message, react.emoji, react.on], [idAt(row + 1), '👍', isOn])
      }
      await open.page.setViewportSize({ width: 300, height: 600 })
      for (const row of [0, 1]) {
        await rows.nth(row).hover()
        await rows.nth(row).locator('.body p').click({ trial: true })
      }
      await open.page.setViewportSize({ width: 220, height: 600 })
      await rows.first().hover()
      assert.equal(await rows.first().getByRole('button', { name: 'React with 👍' }).isVisible(), false)
      assert.equal(await rows.first().getByRole('button', { name: 'React…' }).isVisible(), true)
    })
  })

  it('leads to the message that a link in a text names, by the host', async () => {
    await harness.withPage({}, async (open) => {
      await show(open)
      await open.page.getByRole('button', { name: 'Message', exact: true }).click()
      const posted = await open.waitFor('openMessage')
      assert.deepEqual([posted.conversation, posted.message], [otherConversation, otherMessage])
    })
  })

  it('lets go of the keys of a message that goes while it has the keyboard, at the latest as the window does', async () => {
    await harness.withPage({}, async (open) => {
      await show(open)
      await open.page.locator(`[data-message="${answered}"]`).focus()
      assert.equal((await open.waitFor('messageFocus')).isOn, true)
      await open.page.locator(`[data-message="${answered}"]`).evaluate((message) => {
        message.remove()
        window.dispatchEvent(new Event('blur'))
      })
      assert.equal((await open.waitFor('messageFocus', 2)).isOn, false)
    })
  })

  it('says when a message has the keyboard, does with it what a key stands for, and nothing once none has it', async () => {
    await harness.withPage({}, async (open) => {
      const field = await show(open)
      const { page } = open
      const press = (deed: MessageDeed) => open.send({ type: 'messageKey', deed })
      const menus = async (): Promise<string[]> =>
        (await open.posted()).flatMap((one) => (one.type === 'messageMenu' ? [one.menu] : []))
      const own = page.locator(`[data-message="${answered}"]`)
      await own.focus()
      assert.equal((await open.waitFor('messageFocus')).isOn, true)
      await page.keyboard.press('r')
      assert.equal(await page.getByText('Replying to').count(), 0, 'which key it is, is for the editor to know')
      await press('copy')
      await press('more')
      await own.press('+')
      assert.deepEqual(await menus(), ['copy', 'more', 'react'])
      await press('edit')
      await page.getByText('Editing a message').waitFor()
      assert.equal((await open.waitFor('messageFocus', 2)).isOn, false)
      await press('erase')
      await press('select')
      assert.deepEqual(await menus(), ['copy', 'more', 'react'], 'a key that comes late does nothing')
      assert.equal(await field.inputValue(), 'The kettle boils over at 97 degrees.')
      await field.press('Escape')
      await page.locator(`[data-message="${idAt(42)}"]`).focus()
      await press('edit')
      assert.equal(await page.getByText('Editing a message').count(), 0, 'not the own one')
      await press('reply')
      await page.getByText('Replying to Bob').waitFor()
    })
  })

  it('never covers a button of a card with what can be done with its message', async () => {
    const card = { kind: 'snippet', language: 'json', path: 'settings.json', text: '{}' } as const
    const file = { kind: 'file', name: 'kettle.bin', size: 5, mediaType: 'text/plain' } as const
    const cards = [card, card, file, file].map((body, i) => message(i + 1, { author: bob, body }))
    await harness.withPage({}, async (open) => {
      await open.send(screenMessage({ kind: 'conversation', page: pageOf(cards) }))
      await open.settle()
      for (const { id } of cards.slice(2))
        await open.send({ type: 'fileState', message: id, state: { kind: 'elsewhere', bytes: 0, size: 5 } })
      const buttons = await open.page.locator('.code-title button, .file-actions button').all()
      assert.ok(buttons.length >= 6)
      for (const button of buttons) await button.click({ trial: true })
    })
  })
})
