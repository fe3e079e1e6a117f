import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import type { FileBody } from '../../src/shared/files.ts'
import type { Screen } from '../../src/shared/webviewProtocol.ts'
import { cutOff } from './harness/cutOff.ts'
import {
  ada,
  bob,
  conversationId,
  idAt,
  message,
  minute,
  now,
  page as pageOf,
  screenMessage,
} from './harness/fixtures.ts'
import { useHarness, type OpenPage } from './harness/openPage.ts'
import { roomShowcase } from './harness/roomShowcase.ts'
import { showcase, showcaseMessages } from './harness/showcase.ts'

const artifacts = path.resolve(import.meta.dirname, '../../artifacts/webview')
const root = idAt(41)
const begun = message(41, {
  author: ada,
  text: 'Shall we boil it?',
  replies: { count: 1, last: idAt(42), lastAt: now },
})
const answer = message(42, { body: { kind: 'text', text: 'At 97 degrees.', thread: root, replyTo: root } })
const file = (name: string): FileBody => ({ kind: 'file', name, size: 120_000_000, mediaType: 'application/zip' })
const talk = (messages = showcaseMessages): Screen => ({ kind: 'conversation', page: pageOf(messages) })
const named = (name: string): Screen => {
  const screen = showcase[name]
  assert.ok(screen !== undefined, name)
  return screen
}

/** Each kind of view, in the state in which it has the most to show. */
const views: Readonly<Record<string, (open: OpenPage) => Promise<unknown>>> = {
  'first-run': ({ send }) => send(screenMessage(named('phrase'))),
  start: ({ send }) => send(screenMessage(named('start'))),
  conversation: ({ send }) => send(screenMessage(named('conversation-new'))),
  room: ({ send }) => send(screenMessage(named('room-new'))),
  async mentions({ page, send }) {
    await send(screenMessage(named('room')))
    await page.getByRole('textbox').pressSequentially('@')
    await page.getByRole('listbox').waitFor()
  },
  async composer(open) {
    await open.send(screenMessage(talk()))
    const attached = { id: 2, file: { name: '.env', size: 200, taken: 100 }, warning: 'This looks like a password.' }
    const body = { kind: 'snippet', language: 'typescript', path: 'src/kettle.ts', text: 'boil(97)' } as const
    await open.send({ type: 'attachments', conversation: conversationId, attachments: [{ id: 1, body }, attached] })
    await open.send({ type: 'compose', mode: 'reply', message: idAt(13) })
    await open.page.getByRole('textbox').fill('x'.repeat(16_300))
  },
  async 'held-back'(open) {
    await open.send(screenMessage(talk()))
    await open.page.getByRole('textbox').fill('password = "Tr0ub4dor&3"')
    await open.page.getByRole('textbox').press('Enter')
    const sends = (await open.posted()).filter(({ type }) => type === 'send')
    const { request } = await open.waitFor('send', sends.length)
    const findings = [{ kind: 'assignment', from: 12, to: 23, firstLine: 1, lastLine: 1 }]
    await open.send({ type: 'sendResult', request, sentence: 'This looks like it holds a password.', findings })
    await open.page.getByRole('button', { name: 'Redact and Send' }).waitFor()
  },
  async files({ send }) {
    await send(screenMessage(talk([message(1, { body: file('kettle.zip') }), message(2, { body: file('tea.iso') })])))
    const [bytes, size] = [40_000_000, 120_000_000]
    const coming = { kind: 'coming', bytes, size, bytesPerSecond: 3_500_000, secondsLeft: 23 } as const
    await send({ type: 'fileState', message: idAt(1), state: coming })
    await send({ type: 'fileState', message: idAt(2), state: { kind: 'waiting', bytes, size, why: 'disk-full' } })
  },
  async thread({ page, send }) {
    await send(screenMessage(talk([begun, answer])))
    await page.getByRole('button', { name: '1 reply' }).click()
    await send({ type: 'thread', root, page: { messages: [begun, answer], hasMore: false, draft: '' } })
    await page.getByLabel('Reply in the thread').waitFor()
  },
  async selection({ page, send }) {
    await send(screenMessage(talk([begun, answer])))
    await send({ type: 'compose', mode: 'select', message: root })
    await page.getByText('1 selected').waitFor()
  },
  async found({ page, send }) {
    await send(screenMessage(talk()))
    const messages = showcaseMessages.slice(0, 9)
    await send({
      type: 'window',
      messages,
      hasMore: false,
      hasNewer: true,
      reveal: idAt(6),
      marks: ['race'],
    })
    await page.waitForFunction(() => CSS.highlights.has('tincan-found'))
  },
}

describe('people who see, read and move in other ways', () => {
  const harness = useHarness()
  before(() => mkdir(artifacts, { recursive: true }))

  for (const [place, width] of [
    ['side bar', 150],
    ['tab', 450],
  ] as const)
    it(`have every view whole at 200 % zoom in a ${place}, in the colours that they force`, async () => {
      const problems: string[] = []
      const options = { width, height: 480, forcedColors: true, reducedMotion: true }
      await harness.withPage(options, async (open) => {
        for (const [name, show] of Object.entries(views)) {
          await open.send(screenMessage({ kind: 'loading' }))
          await show(open)
          await open.settle()
          await open.page.screenshot({ path: path.join(artifacts, `zoomed-${name}-${String(width)}.png`) })
          // The colours that axe-core reads are those of the style sheet, in whose place the browser put others.
          const barriers = (await open.accessibilityProblems()).filter((found) => !found.startsWith('color-contrast'))
          const found = [...(await cutOff(open.page)), ...barriers]
          problems.push(...found.map((problem) => `${name}: ${problem}`))
        }
      })
      assert.deepEqual(problems, [])
    })

  it('see nothing move where they want it still, and what works turns where they do not', async () => {
    for (const reducedMotion of [false, true])
      await harness.withPage({ reducedMotion }, async ({ page, send, settle }) => {
        const moving = (): Promise<number> => page.evaluate(() => document.getAnimations().length)
        await send(screenMessage(named('loading')))
        await settle()
        assert.equal((await moving()) > 0, !reducedMotion)
        if (!reducedMotion) return
        await send(screenMessage(talk()))
        await page.getByText('I will push it now.').hover()
        assert.equal(await moving(), 0)
      })
  })

  it('see in the colours that they force what else only a ground would show', async () => {
    await harness.withPage({ width: 420, height: 900, forcedColors: true }, async ({ page, send, settle }) => {
      const room = roomShowcase['room-new']
      assert.ok(room !== undefined)
      await send(screenMessage(room))
      await settle()
      const bare = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.own .body, .mark, .send, .field, .code-block, .mention')].flatMap(
          (element) => {
            if (!element.checkVisibility()) return []
            const { borderTopStyle, borderTopWidth, outlineStyle } = getComputedStyle(element)
            const stands = (borderTopStyle !== 'none' && borderTopWidth !== '0px') || outlineStyle !== 'none'
            return stands ? [] : [`${element.className} “${element.textContent.trim().slice(0, 20)}”`]
          },
        ),
      )
      assert.deepEqual(bare, [])
      await page.screenshot({ path: path.join(artifacts, 'forced-room-420.png') })
    })
  })

  it('read text from right to left as it is written, beside code that runs the other way', async () => {
    await harness.withPage({ width: 420, height: 900 }, async ({ page, send, settle, accessibilityProblems }) => {
      const hebrew = 'הקומקום רותח ב-97 מעלות.'
      const messages = [
        message(1, { text: hebrew, sentAt: now - 3 * minute }),
        message(2, { text: `- ${hebrew}\n- two\n\n> ${hebrew}`, sentAt: now - 2 * minute }),
        message(3, { text: 'Left to right.', author: ada, sentAt: now - minute }),
        message(4, { author: ada, body: { kind: 'text', text: 'כן!', replyTo: idAt(1) }, quote: { author: bob, summary: hebrew } }),
        message(5, { body: { kind: 'snippet', language: 'c', path: 'קומקום.c', lines: { first: 3, last: 3 }, text: '// שלום\nboil();' } }),
        message(6, { body: file('דוח שנתי.pdf') }),
        message(7, { body: { kind: 'notice', notice: 'contact-added', person: bob } }),
      ] // prettier-ignore
      const members = [{ person: bob, name: 'דנה', verified: false }]
      await send(screenMessage({ kind: 'conversation', page: pageOf(messages, { conversation: { title: 'דנה', members }, draft: hebrew }) })) // prettier-ignore
      await settle()
      const directions = await page.evaluate(() =>
        Object.fromEntries(
          Object.entries({
            message: 'article .body p',
            item: 'article li',
            quotation: 'article blockquote',
            answered: '.quote-text',
            title: 'h1',
            field: 'textarea',
            code: 'pre',
            notice: '.notice span',
          }).map(([name, selector]) => {
            const element = document.querySelector(selector)
            return [name, element === null ? 'missing' : getComputedStyle(element).direction]
          }),
        ),
      )
      const [rtl, ltr] = ['rtl', 'ltr']
      const expected = {
        message: rtl,
        item: rtl,
        quotation: rtl,
        answered: rtl,
        title: rtl,
        field: rtl,
        code: ltr,
        notice: ltr,
      }
      assert.deepEqual(directions, expected)
      const sides = await page.locator('article .body p').evaluateAll((all) =>
        all.slice(0, 1).map((one) => {
          const range = document.createRange()
          range.selectNodeContents(one)
          const [text, box] = [range.getBoundingClientRect(), one.getBoundingClientRect()]
          return box.right - text.right < 2 && text.left - box.left > 20
        }),
      )
      assert.deepEqual(sides, [true], 'at the right, where it begins')
      const list = await page.locator('article ul').evaluate((one) => getComputedStyle(one).paddingRight)
      assert.notEqual(list, '0px', 'room for the mark of an item')
      const ends = await page
        .locator('.path-start')
        .evaluateAll((all) => all.map((one) => getComputedStyle(one).direction))
      assert.deepEqual(ends, ['ltr', 'ltr'], 'the ending of a name stands at its end')
      assert.deepEqual(await cutOff(page), [])
      assert.deepEqual(await accessibilityProblems(), [])
      await page.screenshot({ path: path.join(artifacts, 'right-to-left-420.png') })
    })
  })
})
