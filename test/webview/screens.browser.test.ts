import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { cutOff } from './harness/cutOff.ts'
import { screenMessage } from './harness/fixtures.ts'
import { useHarness } from './harness/openPage.ts'
import { cloneNews, showcase } from './harness/showcase.ts'
import { themeNames } from './harness/themes.ts'

const artifacts = path.resolve(import.meta.dirname, '../../artifacts/webview')
const widths = [300, 900]

describe('every screen', () => {
  const harness = useHarness()
  before(() => mkdir(artifacts, { recursive: true }))

  it('stays whole, with every control in sight, at 200 % zoom of a narrow side bar, with forced colours and without motion', async () => {
    const problems: string[] = []
    await harness.withPage(
      { width: 150, height: 320, forcedColors: true, reducedMotion: true },
      async ({ page, send, settle }) => {
        for (const news of cloneNews) await send(news)
        for (const [name, screen] of Object.entries(showcase)) {
          await send(screenMessage({ kind: 'loading' }))
          await send(screenMessage(screen))
          await settle()
          await page.screenshot({ path: path.join(artifacts, `${name}-forced-150.png`) })
          problems.push(...(await cutOff(page)).map((problem) => `${name}: ${problem}`))
        }
      },
    )
    assert.deepEqual(problems, [])
  })

  for (const theme of themeNames) {
    it(`is accessible, fits its width and breaks no policy in the theme ${theme}`, async () => {
      const problems: string[] = []
      for (const width of widths) {
        await harness.withPage({ theme, width }, async ({ page, send, settle, accessibilityProblems }) => {
          for (const news of cloneNews) await send(news)
          for (const [name, screen] of Object.entries(showcase)) {
            await send(screenMessage({ kind: 'loading' }))
            await send(screenMessage(screen))
            await settle()
            await page.screenshot({ path: path.join(artifacts, `${name}-${theme}-${String(width)}.png`) })
            // Every theme where it is narrowest; the wide layout once, since it brings no colours of its own.
            const found = width < 500 || theme === 'dark' ? await accessibilityProblems() : []
            problems.push(...found.map((problem) => `${name} at ${String(width)}: ${problem}`))
            const overflow = await page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            )
            if (overflow > 0) problems.push(`${name} is wider than ${String(width)} pixels`)
          }
        })
      }
      assert.deepEqual(problems, [])
    })
  }
})
