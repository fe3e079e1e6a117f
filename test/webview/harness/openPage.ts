import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { after, before } from 'node:test'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import type { HostToWebview, WebviewToHost } from '../../../src/shared/webviewProtocol.ts'
import { parseWebviewMessage } from '../../../src/shared/parseWebviewMessage.ts'
import { findBrowser } from './findBrowser.ts'
import { now } from './fixtures.ts'
import { servePage } from './servePage.ts'
import type { ThemeName } from './themes.ts'

const flags = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

export interface PageOptions {
  readonly theme?: ThemeName
  readonly width?: number
  readonly height?: number
  readonly reducedMotion?: boolean
  readonly forcedColors?: boolean
  /** The page of a card instead of a conversation's. */
  readonly isCard?: boolean
  /** Time goes on as it does, and can be measured. */
  readonly isTimed?: boolean
}

/** One webview, and the host's end of its door. */
export interface OpenPage {
  readonly page: Page
  readonly send: (message: HostToWebview) => Promise<void>
  /** What the webview has posted so far, each as the host parses it; fails on what the host would refuse. */
  readonly posted: () => Promise<readonly WebviewToHost[]>
  /** The `count`th posted message of a type (the first unless said otherwise), waiting for it. */
  readonly waitFor: <T extends WebviewToHost['type']>(
    type: T,
    count?: number,
  ) => Promise<Extract<WebviewToHost, { type: T }>>
  /** Waits for two animation frames: what was asked for is painted. */
  readonly settle: () => Promise<void>
  /** Fails when the policy stopped anything or a script failed. */
  readonly assertClean: () => Promise<void>
  /** What axe-core finds wrong, in words. */
  readonly accessibilityProblems: () => Promise<readonly string[]>
}

export interface Harness {
  /** Opens a page, runs the work, checks that the policy stopped nothing, and closes the page; what the work answered. */
  withPage<T>(options: PageOptions, work: (open: OpenPage) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A browser and a server for the tests of the suite that is being described. */
export function useHarness(): Pick<Harness, 'withPage'> {
  let harness: Harness
  before(async () => {
    harness = await startHarness()
  })
  after(async () => {
    await harness.close()
  })
  return { withPage: (options, work) => harness.withPage(options, work) }
}

/** A browser and a server. The caller closes them. */
export async function startHarness(): Promise<Harness> {
  const server = await servePage()
  const browser: Browser = await chromium.launch({ executablePath: findBrowser(), args: flags })
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  /** A page that is done with is the next one's: its process has compiled the scripts by then, which takes half of a test's time. */
  const idle = new Map<boolean, Page>()
  const newPage = async (isTimed: boolean): Promise<Page> => {
    const context = await browser.newContext({ timezoneId: Intl.DateTimeFormat().resolvedOptions().timeZone })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    if (!isTimed) await page.clock.setFixedTime(now)
    return page
  }
  return {
    async withPage(options, work) {
      const { theme = 'dark', width = 900, height = 640, reducedMotion = false, forcedColors = false } = options
      const { isCard = false, isTimed = false } = options
      const page = idle.get(isTimed) ?? (await newPage(isTimed))
      idle.delete(isTimed)
      await page.setViewportSize({ width, height })
      await page.emulateMedia({
        reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
        forcedColors: forcedColors ? 'active' : 'none',
      })
      await page.goto(
        `${server.origin}/?theme=${theme}&place=${width < 500 ? 'view' : 'tab'}${isCard ? '&page=card' : ''}`,
      )
      let isClean = false
      try {
        const open = openPage(page, axe)
        const answer = await work(open)
        await open.assertClean()
        isClean = !idle.has(isTimed)
        return answer
      } finally {
        if (isClean) {
          await forget(page)
          idle.set(isTimed, page)
        } else await page.context().close()
      }
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

/** Leaves nothing of a test on its page: nothing kept, and the mouse nowhere. */
async function forget(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.clear()
    sessionStorage.clear()
  })
  await page.mouse.move(-1, -1)
  await page.goto('about:blank')
}

function openPage(page: Page, axe: string): OpenPage {
  const settle = async (): Promise<void> => {
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => {
            requestAnimationFrame(() => {
              resolve()
            })
          })
        }),
    )
  }
  const posted = async (): Promise<readonly WebviewToHost[]> => {
    const messages = await page.evaluate(() => window.fakeHost.posted)
    return messages.map((message) => {
      const parsed = parseWebviewMessage(message)
      assert.ok(parsed !== undefined, `the host would refuse ${JSON.stringify(message)}`)
      return parsed
    })
  }
  return {
    page,
    settle,
    posted,
    async send(message) {
      await page.evaluate((value) => {
        window.fakeHost.send(value)
      }, message)
      await settle()
    },
    async waitFor(type, count = 1) {
      await page.waitForFunction(
        ([wanted, times]) =>
          window.fakeHost.posted.filter((message) => (message as { type: string }).type === wanted).length >= times,
        [type, count] as const,
      )
      const found = (await posted()).filter((message) => message.type === type)[count - 1]
      assert.ok(found !== undefined)
      return found as Extract<WebviewToHost, { type: typeof type }>
    },
    async assertClean() {
      const { violations, errors } = await page.evaluate(() => ({
        violations: window.fakeHost.violations,
        errors: window.fakeHost.errors,
      }))
      assert.deepEqual({ violations, errors }, { violations: [], errors: [] })
    },
    async accessibilityProblems() {
      if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
      return await page.evaluate(async () => {
        const { axe: runner } = window as unknown as {
          axe: {
            run(options: {
              resultTypes: ['violations']
            }): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>
          }
        }
        const { violations } = await runner.run({ resultTypes: ['violations'] })
        return violations.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary ?? ''}`),
        )
      })
    },
  }
}
