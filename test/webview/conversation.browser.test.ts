import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import type { Message } from '../../src/shared/service.ts'
import {
  ada,
  bob,
  conversationId,
  conversation,
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

/** The list's scroll position, and how far it is from the end. */
const scroll = (page: Page) =>
  page.locator('.log').evaluate((log) => ({
    top: log.scrollTop,
    fromEnd: Math.round(log.scrollHeight - log.clientHeight - log.scrollTop),
  }))

/** Where the row with this text stands in the view, or `undefined` when it is not in the page. */
const topOf = (page: Page, text: string) =>
  page.evaluate((wanted) => {
    const rows = [...document.querySelectorAll('article .body')]
    return rows.find((row) => row.textContent.trim().startsWith(wanted))?.getBoundingClientRect().top
  }, text)

/** The text of the first message that is wholly in sight. */
const firstInSight = (page: Page) =>
  page.evaluate(() => {
    const top = document.querySelector('.log')?.getBoundingClientRect().top ?? 0
    const bodies = [...document.querySelectorAll('article .body')]
    const inSight = bodies
      .map((body) => ({ top: body.getBoundingClientRect().top, text: body.textContent.trim() }))
      .filter((body) => body.top >= top)
      .sort((a, b) => a.top - b.top)
    return inSight[0]?.text.split(' ')[0] ?? ''
  })

const openWith = async (
  { send, settle }: OpenPage,
  messages: readonly Message[],
  init: Parameters<typeof pageOf>[1] = {},
) => {
  await send(screenMessage({ kind: 'conversation', page: pageOf(messages, init) }))
  await settle()
  await settle()
}

/** Scrolls as a wheel does, and waits until the list has stood still for some frames. */
async function wheel({ page, settle }: OpenPage, dy: number): Promise<void> {
  await page.locator('.log').hover()
  await page.mouse.wheel(0, dy)
  await page.locator('.log').evaluate(async (log) => {
    for (let frames = 0, top = log.scrollTop; frames < 15; frames++) {
      await new Promise(requestAnimationFrame)
      if (log.scrollTop !== top) frames = 0
      top = log.scrollTop
    }
  })
  await settle()
}

describe('the list of messages', () => {
  const harness = useHarness()

  it('opens at the end, and says what was read', async () => {
    await harness.withPage({}, async (open) => {
      await openWith(open, manyMessages(300), { conversation: { unread: 0, readUpTo: idAt(290) } })
      assert.equal((await scroll(open.page)).fromEnd, 0)
      assert.deepEqual(await open.waitFor('read'), { type: 'read', conversation: conversationId, upTo: idAt(300) })
    })
  })

  it('opens at the first unread message, under a line that stays there', async () => {
    await harness.withPage({}, async (open) => {
      await openWith(open, manyMessages(300), { conversation: { unread: 60, readUpTo: idAt(200) } })
      const line = open.page.locator('.new')
      assert.ok(await line.isVisible())
      const box = await line.boundingBox()
      assert.ok(box !== null && box.y < 250, 'the line is near the top')
      assert.ok((await scroll(open.page)).fromEnd > 500)
      await wheel(open, 100_000)
      await wheel(open, -100_000)
      await openWith(open, manyMessages(300), { conversation: { unread: 0, readUpTo: idAt(300) } })
      await open.page.locator('.jump').waitFor()
      assert.ok((await topOf(open.page, '1 ')) !== undefined, 'a repeated screen leaves the list where it is')
    })
  })

  it('follows what comes while its end is in sight', async () => {
    await harness.withPage({}, async (open) => {
      await openWith(open, manyMessages(100))
      for (let clock = 101; clock <= 110; clock++) {
        await open.send({
          type: 'added',
          messages: [message(clock, { text: `${String(clock)} ${'long '.repeat(clock)}` })],
        })
        await open.settle()
        assert.equal((await scroll(open.page)).fromEnd, 0)
      }
      assert.equal(await open.page.locator('.new').count(), 0)
      await open.page.waitForFunction(
        (id) => window.fakeHost.posted.some((posted) => (posted as { upTo?: string }).upTo === id),
        idAt(110),
      )
    })
  })

  it('follows its end through a burst that leaves it no frame to come to rest', async () => {
    await harness.withPage({}, async (open) => {
      await openWith(open, manyMessages(100))
      const batches = Array.from({ length: 16 }, (_, batch) => ({
        type: 'added',
        messages: Array.from({ length: 100 }, (_, i) => {
          const clock = 101 + 100 * batch + i
          return message(clock, { text: `${String(clock)} ${'long '.repeat((clock * 7) % 60)}` })
        }),
      }))
      await open.page.evaluate(async (all) => {
        for (const data of all) {
          // Each right after a frame, before the list hears of its own scrolling in that frame.
          await new Promise(requestAnimationFrame)
          await new Promise((resolve) => {
            const channel = new MessageChannel()
            channel.port1.onmessage = resolve
            channel.port2.postMessage(0)
          })
          window.dispatchEvent(new MessageEvent('message', { data }))
        }
      }, batches)
      await open.settle()
      await open.settle()
      assert.equal((await scroll(open.page)).fromEnd, 0)
      assert.equal(await open.page.locator('.jump').isVisible(), false)
    })
  })

  it('stays where one reads when messages come, and counts them on the way down', async () => {
    await harness.withPage({}, async (open) => {
      await openWith(open, manyMessages(300))
      await wheel(open, -3000)
      const text = await firstInSight(open.page)
      const before = await topOf(open.page, text)
      await open.send({ type: 'added', messages: [message(301), message(302)] })
      await open.send({ type: 'added', messages: [message(303)] })
      await open.settle()
      assert.equal(await topOf(open.page, text), before)
      const jump = open.page.getByRole('button', { name: '3 new messages' })
      await jump.click()
      await open.page.waitForFunction(() => {
        const log = document.querySelector('.log')
        return log !== null && log.scrollHeight - log.clientHeight - log.scrollTop < 1
      })
      assert.ok(await open.page.locator('.new').isVisible())
      await jump.waitFor({ state: 'hidden' })
    })
  })

  it('loads older pages on the way up without moving what one reads', async () => {
    await harness.withPage({}, async (open) => {
      await openWith(open, manyMessages(100, 901), { hasMore: true })
      await open.page.locator('.log').evaluate((log) => {
        log.scrollTop = 0
      })
      const { request, before } = await open.waitFor('loadOlder')
      assert.equal(before, idAt(901))
      await open.settle()
      const place = await topOf(open.page, '901')
      assert.ok(place !== undefined)
      const older = manyMessages(100, 801).map((m) => ({ ...m, sentAt: m.sentAt - 100 * minute }))
      await open.send({ type: 'older', request, messages: older, hasMore: true })
      await open.settle()
      const after = await topOf(open.page, '901')
      assert.ok(
        after !== undefined && Math.abs(after - place) <= 1,
        `901 moved from ${String(place)} to ${String(after)}`,
      )
      assert.ok((await scroll(open.page)).top > 1000)
    })
  })

  it('comes through 1,000 messages in pages to the very beginning, without a jump on the way', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const all = manyMessages(1000)
      await openWith(open, all.slice(-100), { hasMore: true })
      await page.evaluate((messages) => {
        window.fakeHost.answer = ({ type, request, before }) => {
          if (type !== 'loadOlder') return
          const end = messages.findIndex(({ id }) => id === before)
          const older = messages.slice(Math.max(0, end - 100), end)
          window.fakeHost.send({ type: 'older', request, messages: older, hasMore: end > 100 })
        }
      }, all)
      let place = Number(await firstInSight(page))
      for (let step = 0; step < 400 && place > 1; step++) {
        await page.locator('.log').evaluate((log) => {
          log.scrollTop -= 500
        })
        await open.settle()
        await open.settle()
        const next = Number(await firstInSight(page))
        assert.ok(next <= place && place - next < 30, `the list jumped from ${String(place)} to ${String(next)}`)
        place = next
      }
      assert.equal(place, 1)
      await page.locator('.log').evaluate((log) => {
        log.scrollTop = 0
      })
      await open.settle()
      assert.ok(await page.getByText('This is the beginning of your conversation with Bob.').isVisible())
      assert.equal((await open.posted()).filter(({ type }) => type === 'loadOlder').length, 9)
    })
  })

  it('moves by what is scrolled and no further where a message has lost its name out of sight', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      // All by one author within minutes: the oldest of a page has a name only until the page before it comes.
      const all = manyMessages(200).map((one) => ({ ...one, author: bob, sentAt: now }))
      await openWith(open, all.slice(-100), { hasMore: true })
      await page.locator('.log').evaluate((log) => {
        log.scrollTop = 0
      })
      const { request } = await open.waitFor('loadOlder')
      await open.settle()
      await page.locator('.log').evaluate((log) => {
        log.scrollTop = 2000
      })
      await open.settle()
      await open.send({ type: 'older', request, messages: all.slice(0, 100), hasMore: false })
      await open.settle()
      for (let step = 0; step < 15; step++) {
        const name = await firstInSight(page)
        const before = await topOf(page, `${name} `)
        await page.locator('.log').evaluate((log) => {
          log.scrollTop -= 160
        })
        await open.settle()
        await open.settle()
        const after = await topOf(page, `${name} `)
        assert.ok(before !== undefined && after !== undefined)
        assert.ok(Math.abs(after - before - 160) < 2, `${name} moved by ${String(after - before)} px`)
      }
    })
  })

  it('says so when older messages cannot be loaded, and tries again when told to', async () => {
    await harness.withPage({}, async (open) => {
      await openWith(open, manyMessages(5, 901), { hasMore: true })
      await open.waitFor('loadOlder')
      await open.send({ type: 'failed', sentence: 'The disk is gone.' })
      assert.ok(await open.page.getByText('The disk is gone.').isVisible())
      assert.equal((await open.posted()).filter(({ type }) => type === 'loadOlder').length, 1)
      await open.page.getByRole('button', { name: 'Try Again' }).click()
      await open.waitFor('loadOlder', 2)
      await open.page.getByRole('button', { name: 'Dismiss' }).click()
      assert.equal(await open.page.getByText('The disk is gone.').count(), 0)
    })
  })

  it('shows 10,000 messages without putting them all in the page, and reaches the very first and last', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      await openWith(open, manyMessages(10_000))
      assert.equal((await scroll(page)).fromEnd, 0)
      assert.ok((await page.locator('.row').count()) < 80)
      await page.locator('.log').focus()
      for (let round = 1; round <= 2; round++) {
        await page.keyboard.press('Home')
        await page.waitForFunction(() => document.querySelector('.log')?.scrollTop === 0)
        await page.locator('.beginning').waitFor()
        await open.settle()
        await open.settle()
        assert.equal((await scroll(page)).top, 0)
        const top = await topOf(page, '1 ')
        assert.ok(top !== undefined && top < 400, 'the first message is in sight')
        await page.keyboard.press('End')
        await page.waitForFunction(() => {
          const log = document.querySelector('.log')
          return log !== null && log.scrollHeight - log.clientHeight - log.scrollTop < 1
        })
        await open.settle()
        assert.ok((await topOf(page, '10000 ')) !== undefined)
      }
      await page.locator('.log').evaluate((log) => {
        log.scrollTop = log.scrollHeight / 2
      })
      await open.settle()
      const text = await firstInSight(page)
      assert.ok(Number(text) > 3000 && Number(text) < 7000, `${text} is in the middle`)
    })
  })

  it('is silent about rendering, and says in batches what came', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      await openWith(open, manyMessages(10))
      assert.equal(await page.getByRole('log').getAttribute('aria-live'), 'off')
      const voice = page.locator('tincan-announcer [aria-live=polite]')
      await open.send({ type: 'added', messages: [message(11, { text: 'Hello `there`' })] })
      assert.equal(await voice.textContent(), '')
      await page.waitForFunction(() => document.querySelector('tincan-announcer')?.textContent.includes('Hello'))
      assert.equal((await voice.textContent())?.trim(), 'Bob: Hello `there`')
      await open.send({ type: 'added', messages: [message(12), message(13, { author: ada })] })
      await open.send({ type: 'added', messages: [message(14)] })
      await page.waitForFunction(() => document.querySelector('tincan-announcer')?.textContent.includes('2 new'))
      assert.equal((await voice.textContent())?.trim(), '2 new messages from Bob')
    })
  })

  it('can be used by keyboard alone, and never moves the focus by itself', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const focused = () =>
        page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName)
      await openWith(open, [
        ...manyMessages(200),
        message(201, { sentAt: now, text: '[a](https://example.org)\n\n```ts\nlet a\n```' }),
      ])
      await page.locator('.log').focus()
      await page.keyboard.press('ArrowUp')
      assert.match((await focused()) ?? '', /^Bob, /)
      await page.keyboard.press('Tab')
      assert.equal(await focused(), 'A')
      await page.keyboard.press('Tab')
      assert.equal(await focused(), 'Copy')
      await page.keyboard.press('Enter')
      assert.deepEqual(await open.waitFor('code'), { type: 'code', action: 'copy', language: 'ts', text: 'let a' })
      await open.send({ type: 'added', messages: [message(202), message(203)] })
      assert.equal(await focused(), 'Copy', 'a message that arrives leaves the focus alone')
      for (let i = 0; i < 40; i++) await page.keyboard.press('Escape')
      assert.equal(await focused(), 'Message to Bob')
      await page.locator('.log').focus()
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press('ArrowUp')
        assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'ARTICLE')
      }
      await open.settle()
      const inSight = await page.evaluate(() => {
        const log = document.querySelector('.log')?.getBoundingClientRect()
        const focus = document.activeElement?.getBoundingClientRect()
        return log !== undefined && focus !== undefined && focus.top >= log.top - 1 && focus.bottom <= log.bottom + 1
      })
      assert.ok(inSight, 'the focused message is in sight')
      await wheel(open, -20_000)
      assert.equal(
        await page.evaluate(() => document.activeElement?.tagName),
        'ARTICLE',
        'it keeps the focus out of sight',
      )
    })
  })

  it('shows the states of own messages in words', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      await openWith(open, [message(1, { author: ada, state: 'queued' })], { conversation: { online: false } })
      assert.ok(await page.getByText('queued, Bob is offline').isVisible())
      await open.send({ type: 'conversation', conversation: conversation({ online: true }) })
      assert.ok(await page.getByText('queued', { exact: true }).isVisible())
      assert.ok(await page.getByText('online', { exact: true }).isVisible())
      for (const state of ['sent', 'delivered'] as const) {
        await open.send({ type: 'changed', messages: [message(1, { author: ada, state })] })
        assert.ok(await page.getByText(state, { exact: true }).isVisible())
      }
    })
  })

  it('says how much history is on its way', async () => {
    await harness.withPage({}, async (open) => {
      await openWith(open, manyMessages(3), { conversation: { missing: 12 } })
      assert.ok(await open.page.getByText('12 older messages are still on their way.').isVisible())
      assert.equal(await open.page.getByText('This is the beginning').count(), 0)
    })
  })
})

describe('the content of messages', () => {
  const harness = useHarness()

  it('hands links to the host and goes nowhere', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const url = page.url()
      await openWith(open, [
        message(1, {
          text: '[ok](https://example.org/a) [bad](command:x) <b>bold</b> ![pic](https://example.org/p.png)',
        }),
      ])
      await page.getByRole('link', { name: 'ok' }).click()
      assert.deepEqual(await open.waitFor('openLink'), { type: 'openLink', url: 'https://example.org/a' })
      await page.getByRole('link', { name: 'ok' }).click({ button: 'middle' })
      await page.getByRole('link', { name: 'image: pic' }).click({ modifiers: ['Control'] })
      assert.deepEqual(await open.waitFor('openLink', 3), { type: 'openLink', url: 'https://example.org/p.png' })
      assert.equal(await page.getByRole('link').count(), 2)
      assert.equal(await page.locator('img, b').count(), 0)
      assert.ok(await page.getByText('bad (command:x) <b>bold</b>').isVisible())
      assert.equal(page.url(), url)
      assert.equal(page.context().pages().length, 1)
    })
  })

  it('shows code plain first, coloured when the colours come, and asks again for another theme', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      await openWith(open, [message(1, { text: '```ts\nlet a\nlet b\n```' })])
      const code = page.locator('pre code')
      assert.equal(await code.innerText(), 'let a\nlet b')
      const { key, language, text } = await open.waitFor('highlight')
      assert.deepEqual({ language, text }, { language: 'ts', text: 'let a\nlet b' })
      const line = (name: string, color: string) => [{ text: 'let', color, bold: true as const }, { text: ` ${name}` }]
      await open.send({ type: 'highlighted', key, lines: [line('a', '#ff0000'), line('b', 'url(x)')] })
      const colors = await code
        .locator('span')
        .evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color))
      assert.equal(colors[0], 'rgb(255, 0, 0)')
      assert.notEqual(colors[2], 'rgb(255, 0, 0)')
      assert.equal(await code.innerText(), 'let a\nlet b')
      await open.send({ type: 'themeChanged' })
      const again = await open.waitFor('highlight', 2)
      await open.send({ type: 'highlighted', key, lines: [line('x', '#00ff00'), line('y', '#00ff00')] })
      assert.equal(await code.innerText(), 'let a\nlet b', 'a late answer is ignored')
      await open.send({ type: 'highlighted', key: again.key, lines: [line('a', '#0000ff'), line('b', '#0000ff')] })
      assert.equal(
        await code
          .locator('span')
          .first()
          .evaluate((span) => getComputedStyle(span).color),
        'rgb(0, 0, 255)',
      )
    })
  })

  it('shows what is deceptive in code for what it is, coloured or not', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const text = '/* \u202e } */\nif (is\u0410dmin) {\u200b}'
      await openWith(open, [
        message(1, { body: { kind: 'snippet', language: 'c', text, path: 'src/\u0430dmin.c' } }),
        message(2, { text: 'Plain:\n```\nlet a = 1\n```' }),
      ])
      const check = async () => {
        assert.equal(await page.locator('pre code').first().innerText(), '/* U+202E } */\nif (is\u0410dmin) {U+200B}')
        const marked = page.locator('.deceptive-name')
        assert.deepEqual(await marked.allInnerTexts(), ['\u0430dmin', 'is\u0410dmin'])
        assert.match((await marked.last().getAttribute('title')) ?? '', /mixes Latin letters/)
        assert.equal(await page.getByText('is not what it looks like').count(), 1)
      }
      await check()
      const { key } = await open.waitFor('highlight')
      const lines = [
        [{ text: '/* \u202e } */', color: '#808080' }],
        [{ text: 'if (is' }, { text: '\u0410dmin) {\u200b}' }],
      ]
      await open.send({ type: 'highlighted', key, lines })
      assert.deepEqual(await page.locator('.hidden-character').allInnerTexts(), ['U+202E', 'U+200B'])
      assert.equal(await page.locator('pre code').first().innerText(), '/* U+202E } */\nif (is\u0410dmin) {U+200B}')
      await page.getByRole('button', { name: 'Insert at Cursor' }).first().click()
      assert.equal((await open.waitFor('code')).text, text, 'what is inserted is the code itself')
    })
  })

  it('folds a long snippet, and inserts and opens all of it', async () => {
    await harness.withPage({ width: 300 }, async (open) => {
      const { page } = open
      const text = Array.from({ length: 60 }, (_, i) => `line ${String(i + 1)}`).join('\n')
      const lines = { first: 10, last: 69 }
      const git = { remote: 'git@example.org:team/project.git', commit: 'abcdef0123456789' }
      await openWith(open, [
        message(1, { body: { kind: 'snippet', language: 'go', text, path: 'pkg/a.go', lines, git } }),
      ])
      assert.equal((await page.locator('pre code').innerText()).split('\n').length, 14)
      assert.ok(await page.getByText('example.org/team/project').isVisible())
      assert.ok(await page.getByText('commit abcdef01').isVisible())
      await page.getByRole('button', { name: 'Show all 60 lines' }).click()
      assert.equal((await page.locator('pre code').innerText()).split('\n').length, 60)
      await page.getByRole('button', { name: 'Insert at Cursor' }).click()
      assert.deepEqual(await open.waitFor('code'), {
        type: 'code',
        action: 'insert',
        language: 'go',
        text,
        path: 'pkg/a.go',
      })
      await page.getByRole('button', { name: 'Open' }).click()
      assert.deepEqual(await open.waitFor('code', 2), {
        type: 'code',
        action: 'open',
        language: 'go',
        text,
        path: 'pkg/a.go',
      })
    })
  })

  it('survives a text made to be slow', async () => {
    await harness.withPage({}, async (open) => {
      await openWith(open, [message(1, { text: '*a_'.repeat(20_000) }), message(2, { text: '> '.repeat(8000) })])
      assert.ok(await open.page.locator('article').last().isVisible())
      // How long reading it takes is the parser's to hold; here, that it does not become a forest of elements.
      const elements = await open.page.locator('article *').count()
      assert.ok(elements < 600, `${String(elements)} elements`)
    })
  })
})
