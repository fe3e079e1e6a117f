import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import type { Locator } from 'playwright-core'
import type { FileBody } from '../../src/shared/files.ts'
import type { MessageBody } from '../../src/shared/service.ts'
import { message, page as pageOf, screenMessage } from './harness/fixtures.ts'
import { useHarness, type OpenPage } from './harness/openPage.ts'

const artifacts = path.resolve(import.meta.dirname, '../../artifacts/webview')
const text = 'return this.celsius >= 100'
const snippet = (name: string): MessageBody => ({
  kind: 'snippet',
  language: 'typescript',
  text,
  path: name,
  lines: { first: 41, last: 46 },
})
const long = `src/main/java/org/example/kettles/${'very'.repeat(9)}LongKettleFactory.java`
const patch: MessageBody = {
  kind: 'patch',
  title: 'Cool it',
  text: `--- a/${long}\n+++ b/${long}\n@@ -1 +1 @@\n-a\n+b\n`,
}
const file: FileBody = { kind: 'file', name: `${'quarterly '.repeat(9)}report.tar.gz`, size: 5, mediaType: 'a/b' }
const shown = [snippet('src/core/kettle.ts'), snippet(long), patch, file, snippet('чайник/заварка.ts')]

const show = async ({ page, send, settle }: OpenPage): Promise<readonly Locator[]> => {
  const messages = shown.map((body, at) => message(at + 1, { body }))
  await send(screenMessage({ kind: 'conversation', page: pageOf(messages) }))
  await settle()
  return page.locator('.snippet-where, .file-name').all()
}

/** Whether something is cut. */
const isCut = (part: Locator): Promise<boolean> =>
  part.evaluate((element) => element.scrollWidth > element.clientWidth + 1)

/** How much of an element is within all that cuts it off, from 0 to 1. */
const visible = (part: Locator): Promise<number> =>
  part.evaluate((element) => {
    const own = element.getBoundingClientRect()
    let [left, right] = [Math.max(0, own.left), Math.min(innerWidth, own.right)]
    for (let at = element.parentElement; at !== null; at = at.parentElement) {
      if (getComputedStyle(at).overflowX === 'visible') continue
      const box = at.getBoundingClientRect()
      left = Math.max(left, box.left)
      right = Math.min(right, box.right)
    }
    return own.width === 0 ? 0 : Math.max(0, right - left) / own.width
  })

describe('the path on a card', () => {
  const harness = useHarness()
  before(() => mkdir(artifacts, { recursive: true }))

  it('is seen whole where there is room, which a narrow card gives it a line for', async () => {
    await harness.withPage({ width: 300, height: 900 }, async (open) => {
      const [short, , , , cyrillic] = await show(open)
      assert.ok(short !== undefined && cyrillic !== undefined)
      for (const where of [short, cyrillic])
        for (const part of await where.locator('.path, .path *, .snippet-lines').all()) {
          assert.equal(await isCut(part), false)
          assert.ok((await visible(part)) > 0.99)
        }
      assert.equal(await short.locator('.path').textContent(), 'src/core/kettle.ts')
      assert.equal(await short.locator('.hidden').textContent(), 'src/core/kettle.ts')
      const copy = open.page.getByRole('article').first().getByRole('button', { name: 'Copy' })
      assert.ok((await visible(copy)) > 0.99)
    })
  })

  it('takes as many lines as it needs at 200 % zoom of a narrow side bar', async () => {
    await harness.withPage({ width: 150, height: 1200 }, async (open) => {
      for (const where of await show(open))
        for (const part of await where.locator('.path, .path *, .snippet-lines').all()) {
          assert.equal(await isCut(part), false)
          assert.ok((await visible(part)) > 0.99)
        }
      await open.page.screenshot({ path: path.join(artifacts, 'paths-150.png') })
    })
  })

  for (const width of [300, 420])
    it(`gives way in its middle at ${width} pixels, shows its end, and is told in whole`, async () => {
      await harness.withPage({ width, height: 1200 }, async (open) => {
        const [, snippetWhere, patchWhere, fileWhere] = await show(open)
        for (const [where, title, end] of [
          [snippetWhere, `${long}, lines 41–46`, 'tory.java'],
          [patchWhere, long, 'tory.java'],
          [fileWhere, file.name, 'port.tar.gz'],
        ] as const) {
          assert.ok(where !== undefined)
          assert.equal(await where.getAttribute('title'), title)
          assert.equal(await isCut(where.locator('.path-start')), true)
          const last = where.locator('.path-end')
          assert.equal(await last.innerText(), end)
          assert.ok((await visible(last)) > 0.99, `${title} at ${String(width)}`)
        }
        await open.page.screenshot({ path: path.join(artifacts, `paths-${String(width)}.png`) })
      })
    })
})
