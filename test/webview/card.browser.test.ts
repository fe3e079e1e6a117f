import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { inviteCard } from '../../src/host/invites/inviteCard.ts'
import { safetyCard } from '../../src/host/safety/safetyCard.ts'
import type { SafetyState } from '../../src/host/safety/safetyCard.ts'
import type { Card } from '../../src/shared/card.ts'
import type { PersonId } from '../../src/shared/ids.ts'
import { plainEnglish } from '../host/plainEnglish.ts'
import { cutOff } from './harness/cutOff.ts'
import { useHarness } from './harness/openPage.ts'
import { themeNames } from './harness/themes.ts'

const artifacts = path.resolve(import.meta.dirname, '../../artifacts/webview')
const person = 'ab'.repeat(32) as PersonId
const state: SafetyState = {
  member: { person, name: 'Bob Bachelor', verified: false },
  number: '651900967620366691173052246989860557496640227378461932938346',
  code: `TINCAN:1:${'D912DEABA7CC974D'.repeat(4)}:${'B5002155A619BE71'.repeat(4)}`,
  online: true,
  comparison: undefined,
}
const safety = (part: Partial<SafetyState> = {}): Card => safetyCard({ ...state, ...part }, plainEnglish)
const invite = {
  link: `vscode://tincan.tincan/join#${'AQx9-_'.repeat(30)}`,
  until: 'tomorrow at 10:00',
  room: undefined,
}

const fromRightToLeft = safety({ member: { ...state.member, name: 'مريم اليوسف' }, comparison: { kind: 'asked' } })

const cards: Readonly<Record<string, Card>> = {
  'card-safety': safety(),
  'card-comparing': safety({ comparison: { kind: 'shown', emoji: [0, 9, 21, 33, 47, 54, 63], theirs: 'same' } }),
  'card-different': safety({ comparison: { kind: 'ended', outcome: 'different' } }),
  'card-verified': safety({
    member: { ...state.member, verified: true },
    comparison: { kind: 'ended', outcome: 'same' },
  }),
  'card-rtl': fromRightToLeft,
  'card-invite': inviteCard(invite, plainEnglish),
}

async function show(page: Page, card: Card): Promise<void> {
  await page.evaluate((value) => {
    window.fakeHost.send({ type: 'card', card: value })
  }, card)
  await page.getByRole('heading', { level: 1, name: card.title }).waitFor()
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

describe('a card', () => {
  const harness = useHarness()
  before(() => mkdir(artifacts, { recursive: true }))

  for (const theme of themeNames)
    it(`is accessible, fits its width and breaks no policy in the theme ${theme}`, async () => {
      const problems: string[] = []
      for (const width of [320, 900])
        await harness.withPage({ theme, width, height: 980, isCard: true }, async (open) => {
          for (const [name, card] of Object.entries(cards)) {
            await show(open.page, card)
            await open.settle()
            await open.page.screenshot({ path: path.join(artifacts, `${name}-${theme}-${String(width)}.png`) })
            if ((await overflow(open.page)) > 0) problems.push(`${name} is wider than ${String(width)}`)
            problems.push(...(await open.accessibilityProblems()).map((problem) => `${name}: ${problem}`))
          }
        })
      assert.deepEqual(problems, [])
    })

  it('stays whole at 200 % zoom, with forced colours and without motion', async () => {
    const problems: string[] = []
    await harness.withPage(
      { width: 160, height: 640, forcedColors: true, reducedMotion: true, isCard: true },
      async ({ page, settle }) => {
        for (const [name, card] of Object.entries(cards)) {
          await show(page, card)
          await settle()
          await page.screenshot({ path: path.join(artifacts, `${name}-forced-160.png`), fullPage: true })
          problems.push(...(await cutOff(page)).map((problem) => `${name}: ${problem}`))
        }
      },
    )
    assert.deepEqual(problems, [])
  })

  it('lets its own sentences run as its language does, whatever name they begin with', async () => {
    await harness.withPage({ width: 320, isCard: true }, async ({ page }) => {
      await show(page, fromRightToLeft)
      const sentence = page.locator('.card-status span', { hasText: 'wants to compare' })
      assert.equal(await sentence.evaluate((one) => getComputedStyle(one).direction), 'ltr')
    })
  })

  it('draws a code whose modules are those of the card, dark on light', async () => {
    await harness.withPage({ width: 900, isCard: true }, async ({ page }) => {
      await show(page, safety())
      const qr = safety()
        .sections.flatMap(({ parts }) => parts)
        .find((part) => part.kind === 'qr')
      assert.ok(qr !== undefined)
      const dark = await page.evaluate((size) => {
        const drawn = document.querySelector<SVGPathElement>('.card-qr-dark')
        return Array.from({ length: size }, (_, y) =>
          Array.from({ length: size }, (__, x) =>
            drawn?.isPointInFill(new DOMPoint(x + 4.5, y + 4.5)) === true ? '1' : '0',
          ).join(''),
        )
      }, qr.rows.length)
      assert.deepEqual(dark, qr.rows)
    })
  })

  it('takes no second press for what comes in the place of what was pressed', async () => {
    await harness.withPage({ width: 900, isCard: true }, async ({ page, settle }) => {
      const pressed = (): Promise<readonly unknown[]> =>
        page.evaluate(() =>
          (window.fakeHost.posted as { action?: string }[]).flatMap(({ action }) =>
            action === undefined ? [] : [action],
          ),
        )
      const asked = safety({ comparison: { kind: 'asked' } })
      const shown = safety({ comparison: { kind: 'shown', emoji: [0, 9, 21, 33, 47, 54, 63] } })
      await show(page, asked)
      await page.getByRole('button', { name: 'Compare Live' }).focus()
      await page.keyboard.press('Enter')
      await show(page, shown)
      await page.getByRole('button', { name: 'They Are the Same' }).waitFor()
      await settle()
      await page.keyboard.press('Enter')
      assert.deepEqual(await pressed(), ['compare'])
      await page.keyboard.press('Tab')
      assert.equal(await page.evaluate(() => document.activeElement?.textContent.trim()), 'They Are the Same')

      await show(page, asked)
      await page.evaluate((card) => {
        const { posted, send } = window.fakeHost
        const count = posted.length
        document.addEventListener('click', () => {
          if (posted.length === count + 1) send({ type: 'card', card })
        })
      }, shown)
      await page.getByRole('button', { name: 'Compare Live' }).dblclick()
      await page.getByRole('button', { name: 'They Are the Same' }).waitFor()
      assert.deepEqual(await pressed(), ['compare', 'compare'])
      await page.getByRole('button', { name: 'They Are the Same' }).click()
      assert.deepEqual((await pressed()).at(-1), 'same')
    })
  })

  it('answers with what was pressed, by mouse and by keyboard, and with nothing that cannot be pressed', async () => {
    await harness.withPage({ width: 900, isCard: true }, async ({ page }) => {
      const posted = (): Promise<readonly unknown[]> => page.evaluate(() => window.fakeHost.posted)
      await show(page, safety({ online: false }))
      await page.getByRole('button', { name: 'Compare Live' }).click({ force: true })
      await page.getByRole('button', { name: 'Copy', exact: true }).click()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      assert.deepEqual(await posted(), [
        { type: 'ready' },
        { type: 'act', action: 'copy' },
        { type: 'act', action: 'verify' },
      ])
    })
  })
})
