import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import {
  bob,
  bobby,
  carol,
  conversationId,
  idAt,
  manyMessages,
  message,
  page as pageOf,
  room,
  roomMembers,
  screenMessage,
} from './harness/fixtures.ts'
import { useHarness } from './harness/openPage.ts'
import type { OpenPage } from './harness/openPage.ts'
import { repairSentence } from '../../src/host/view/storeWords.ts'
import { words } from '../editor/pages/words.ts'
import { plainEnglish } from '../host/plainEnglish.ts'
import { roomShowcase } from './harness/roomShowcase.ts'
import { themeNames } from './harness/themes.ts'

const artifacts = path.resolve(import.meta.dirname, '../../artifacts/webview')

const openRoom = async (open: OpenPage, name = 'room') => {
  const screen = roomShowcase[name]
  assert.ok(screen !== undefined)
  await open.send(screenMessage(screen))
  await open.settle()
  return open.page.getByRole('textbox', { name: 'Message to Kettle works' })
}

describe('a room', () => {
  const harness = useHarness()
  before(() => mkdir(artifacts, { recursive: true }))

  it('completes a mention by keyboard alone, and names those it mentions when it sends', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const field = await openRoom(open)
      await field.pressSequentially('hello @')
      const list = page.getByRole('listbox', { name: 'People to mention' })
      assert.equal(await list.getByRole('option').count(), 3)
      const active = async (): Promise<string> => {
        const id = await field.getAttribute('aria-activedescendant')
        const option = page.locator(`#${String(id)}`)
        assert.equal(await option.getAttribute('aria-selected'), 'true')
        return option.innerText()
      }
      assert.equal(await field.getAttribute('aria-controls'), await list.getAttribute('id'))
      assert.match(await active(), /Bob\s+b0b3 2222/)
      await field.press('ArrowDown')
      assert.match(await active(), /Carol Ann/)
      await field.press('ArrowUp')
      await field.press('ArrowUp')
      assert.match(await active(), /e71c 4444/)
      await field.press('Enter')
      assert.equal(await list.count(), 0)
      assert.equal(await field.getAttribute('aria-activedescendant'), null)
      assert.equal(await field.inputValue(), 'hello @B\u043Eb#e71c4444 ')
      await field.pressSequentially('and @car')
      await field.press('Tab')
      assert.equal(await field.inputValue(), 'hello @B\u043Eb#e71c4444 and @Carol Ann ')
      await field.press('Enter')
      const { text, mentions } = await open.waitFor('send')
      assert.equal(text, 'hello @B\u043Eb#e71c4444 and @Carol Ann ')
      assert.deepEqual(mentions, [bobby, carol])
    })
  })

  it('closes the list with Escape until another @, and takes one by mouse without losing the keyboard', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const field = await openRoom(open)
      const list = page.getByRole('listbox')
      await field.pressSequentially('@c')
      await list.waitFor()
      await field.press('Escape')
      await field.pressSequentially('a')
      assert.equal(await list.count(), 0)
      await field.press('Enter')
      assert.equal((await open.waitFor('send')).text, '@ca')
      await field.pressSequentially('@bo')
      await list.getByRole('option', { name: /b0b3/ }).click()
      assert.equal(await field.inputValue(), '@Bob#b0b32222 ')
      assert.ok(await field.evaluate((element) => element === document.activeElement))
      await field.press('Enter')
      assert.deepEqual((await open.waitFor('send', 2)).mentions, [bob])
    })
  })

  it('shows who wrote what: like names with parts of their keys, and whether they were verified', async () => {
    await harness.withPage({}, async (open) => {
      await openRoom(open)
      const line = (text: string) => open.page.getByRole('article').filter({ hasText: text }).locator('.author-line')
      assert.match(await line('On it.').innerText(), /b0b3 2222 2222 2222/)
      assert.match(await line('the real Bob').innerText(), /e71c 4444 4444 4444/)
      assert.match(await line('On it.').innerText(), /Not verified/)
      assert.match(await line('The release').innerText(), /Carol Ann[^]*Verified/)
      assert.equal(await open.page.locator('.mention').count(), 2, 'code mentions nobody')
      assert.equal(await open.page.locator('.mention.self').innerText(), '@Ada')
      assert.ok(await open.page.getByText('delivered to 2 of 3').isVisible())
    })
  })

  it('unfolds lines about itself by keyboard', async () => {
    await harness.withPage({ height: 420 }, async (open) => {
      const { page } = open
      await openRoom(open)
      const fold = page.getByRole('button', { name: /3 joined, 1 role changed, 2 other changes/ })
      assert.equal(await fold.getAttribute('aria-expanded'), 'false')
      await page.locator('.log').focus()
      for (let presses = 0; presses < 20; presses++) {
        if (await fold.evaluate((element) => element === document.activeElement)) break
        await page.keyboard.press('ArrowUp')
        await open.settle()
      }
      const before = await fold.boundingBox()
      await page.keyboard.press('Enter')
      await page.getByText('Carol Ann joined and can read everything from the beginning.').waitFor()
      assert.equal(await fold.getAttribute('aria-expanded'), 'true')
      assert.ok(await fold.evaluate((element) => element === document.activeElement), 'it keeps the keyboard')
      await open.settle()
      assert.ok(Math.abs(((await fold.boundingBox())?.y ?? 0) - (before?.y ?? 0)) <= 1, 'it stays in its place')
      await page.keyboard.press('Enter')
      assert.equal(await page.getByText('Carol Ann joined').count(), 0)
    })
  })

  it('shows what is pinned and goes there, however far back it is', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const old = message(3, { author: carol, text: 'An old decision' })
      const messages = manyMessages(60, 100)
      const init = { conversation: room({ pinned: [old.id] }), members: roomMembers, pinned: [old], hasMore: true }
      await open.send(screenMessage({ kind: 'conversation', page: pageOf(messages, init) }))
      await open.settle()
      await page.getByRole('button', { name: '1 pinned message' }).click()
      await page.getByRole('button', { name: /Carol Ann.*An old decision/ }).click()
      assert.deepEqual(await open.waitFor('reveal'), { type: 'reveal', conversation: conversationId, message: old.id })
      const around = [old, ...manyMessages(50, 50)]
      await open.send({ type: 'window', messages: around, hasMore: false, hasNewer: true, reveal: old.id, marks: [] })
      const target = page.getByRole('article').filter({ hasText: 'An old decision' })
      await target.waitFor()
      await open.settle()
      assert.ok(await target.evaluate((element) => element === document.activeElement))
      await page.getByRole('button', { name: 'Unpin Message' }).first().click()
      assert.deepEqual(await open.waitFor('pin'), {
        type: 'pin',
        conversation: conversationId,
        message: idAt(3),
        pinned: false,
      })
    })
  })

  it('leaves room for what is being read in a view of few lines, whatever is pinned', async () => {
    for (const theme of themeNames)
      await harness.withPage({ theme, width: 300, height: 250 }, async (open) => {
        const { page } = open
        const pinned = [1, 2, 3, 4].map((clock) =>
          message(clock, { author: carol, text: 'A long decision. '.repeat(9) }),
        )
        const conversation = room({ pinned: pinned.map(({ id }) => id) })
        const init = { conversation, members: roomMembers, pinned }
        await open.send(screenMessage({ kind: 'conversation', page: pageOf(manyMessages(60, 100), init) }))
        await open.settle()
        await page.getByRole('button', { name: '4 pinned messages' }).click()
        await open.settle()
        await page.screenshot({ path: path.join(artifacts, `room-short-${theme}.png`) })
        const [pins, field] = [await page.locator('.pinned').boundingBox(), await page.locator('.field').boundingBox()]
        assert.ok(pins !== null && field !== null)
        assert.ok(field.y - (pins.y + pins.height) > 60, 'there is room for the messages')
        assert.ok(field.y + field.height <= 250, 'and the field is whole')
        const [members, topic] = await Promise.all(
          ['.presence', '.topic'].map((one) => page.locator(`.header ${one}`).boundingBox()),
        )
        assert.ok(members && topic && members.x + members.width <= topic.x)
        assert.deepEqual(await open.accessibilityProblems(), [])
      })
  })

  it('asks the host for its members and for what can be done with it', async () => {
    await harness.withPage({}, async (open) => {
      await openRoom(open)
      await open.page.getByRole('button', { name: /4 members/ }).click()
      await open.waitFor('showMembers')
      await open.page.getByRole('button', { name: 'Room Actions…' }).click()
      await open.waitFor('showRoomActions')
    })
  })

  it('takes the message field away, with the reason, the moment one is removed', async () => {
    await harness.withPage({}, async (open) => {
      const field = await openRoom(open)
      await field.fill('not sent')
      await open.send({ type: 'conversation', conversation: room({ state: 'removed' }) })
      await open.settle()
      assert.equal(await field.count(), 0)
      // Beside the status that reads new messages out.
      assert.match((await open.page.getByRole('status').allInnerTexts()).join('\n'), /You were removed from this room/)
      await open.send({ type: 'focusComposer' })
      assert.ok(await open.page.locator('.silent-reason').evaluate((element) => element === document.activeElement))
      await open.send({ type: 'conversation', conversation: room() })
      await open.settle()
      assert.equal(await field.inputValue(), 'not sent', 'the text is there again when one may write')
    })
  })

  it('says in every theme that a part of the room is lost, and takes the message field away until it is back', async () => {
    for (const theme of themeNames)
      await harness.withPage({ theme, width: 340 }, async (open) => {
        const field = await openRoom(open, 'room-incomplete')
        const repair = repairSentence({ cause: 'damaged', at: 1, setAside: 'store.db.1', lostRooms: 1 }, plainEnglish)
        await open.send({ type: 'store', notice: { repair } })
        await open.settle()
        assert.equal(await field.count(), 0)
        assert.match(await open.page.locator('.silent-reason').innerText(), /Part of this room was lost on this disk/)
        assert.ok(await open.page.getByText(/ask a member to remove you and to invite you again/).isVisible())
        assert.deepEqual(await open.accessibilityProblems(), [])
        await open.page.screenshot({ path: path.join(artifacts, `room-incomplete-${theme}.png`) })
        await open.send({ type: 'conversation', conversation: room() })
        await open.settle()
        assert.ok(await field.isVisible())
      })
  })

  it('still shows one who was removed where they were mentioned', async () => {
    await harness.withPage({}, async (open) => {
      await openRoom(open, 'room-removed')
      assert.equal(await open.page.locator('.mention.self').innerText(), '@Ada')
    })
  })

  it('shows what somebody wrote whom they blocked, and hides it again, by keyboard', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      await openRoom(open)
      const blocked = room(
        {},
        { members: roomMembers.map((one) => (one.person === bob ? { ...one, blocked: true } : one)) },
      )
      await open.send({ type: 'conversation', conversation: blocked })
      const [folded, shown] = [words('blockedMessage', 'Bob'), words('blockedMessageShown', 'Bob')]
      await page.getByRole('button', { name: folded }).waitFor()
      assert.equal(await page.getByText('On it.').count(), 0)
      await page.getByRole('button', { name: folded }).focus()
      await page.keyboard.press('Enter')
      await page.getByText('On it.').waitFor()
      await page.screenshot({ path: path.join(artifacts, 'room-blocked-shown.png') })
      assert.deepEqual(await open.accessibilityProblems(), [])
      const fold = page.getByRole('button', { name: shown })
      assert.ok(await fold.evaluate((element) => element === document.activeElement), 'it keeps the keyboard')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: folded }).waitFor()
      assert.equal(await page.getByText('On it.').count(), 0)
    })
  })

  it('says how much of a long history is still to come', async () => {
    await harness.withPage({}, async (open) => {
      await openRoom(open, 'room-new')
      await open.send({ type: 'conversation', conversation: room({}, { missing: 12_050 }) })
      await open.settle()
      assert.equal(await open.page.getByRole('progressbar').getAttribute('value'), '75')
      await open.send({ type: 'conversation', conversation: room() })
      await open.settle()
      assert.equal(await open.page.getByRole('progressbar').count(), 0)
    })
  })

  for (const theme of themeNames) {
    it(`is accessible with everything open in the theme ${theme}`, async () => {
      for (const width of [300, 900]) {
        await harness.withPage({ theme, width }, async (open) => {
          const { page } = open
          const field = await openRoom(open)
          await page.getByRole('button', { name: '1 pinned message' }).click()
          await open.settle()
          await page.getByRole('button', { name: /3 joined/ }).click()
          await open.settle()
          await field.pressSequentially('hello @')
          await open.settle()
          assert.equal(await page.locator('.fold').getAttribute('aria-expanded'), 'true')
          await page.screenshot({ path: path.join(artifacts, `room-open-${theme}-${String(width)}.png`) })
          assert.deepEqual(await open.accessibilityProblems(), [])
        })
      }
    })
  }
})
