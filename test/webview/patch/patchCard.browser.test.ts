import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PartResult } from '../../../src/shared/patch/applyFile.ts'
import { viewStrings } from '../../../src/shared/viewStrings.ts'
import { ada, bob, conversation, message, now, page as pageOf, screenMessage } from '../harness/fixtures.ts'
import { useHarness, type OpenPage } from '../harness/openPage.ts'
import { samplePatch } from '../harness/patches.ts'

const show = async ({ send, settle }: OpenPage, text = samplePatch.text, author = bob): Promise<void> => {
  await send(
    screenMessage({ kind: 'conversation', page: pageOf([message(1, { author, body: { ...samplePatch, text } })]) }),
  )
  await settle()
}
const fits: PartResult = { kind: 'applied', line: 39 }

describe('the card of a patch', () => {
  const harness = useHarness()

  it('lists every file with its counts and fate, and unfolds what is asked for', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      await show(open)
      const files = page.locator('.patch-file')
      assert.equal(await files.count(), 6)
      const [code, moved, made, gone, picture, orders] = await files.allInnerTexts()
      assert.match(code ?? '', /lockedStore\.ts[^]*\+3\s*−3/)
      assert.match(moved ?? '', /locks\.md[^]*was docs\/locks\.md/)
      assert.match(made ?? '', /lockedStore\.test\.ts[^]*new/)
      assert.match(gone ?? '', /racy\.ts[^]*deleted/)
      assert.match(picture ?? '', new RegExp(viewStrings.patchNotBinary))
      assert.match(orders ?? '', new RegExp(viewStrings.patchNotProtected))
      assert.equal(await page.locator('.hunk').count(), 0, 'folded at first')
      await files.first().locator('.patch-fold').click()
      assert.equal(await page.locator('.hunk').count(), 2)
      assert.match(await files.first().innerText(), /−[^]*const head = await store\.head\(\)/)
      await files.nth(2).locator('.patch-fold').click()
      assert.match(await files.nth(2).innerText(), new RegExp(viewStrings.patchUnended))
    })
  })

  it('asks the host for what its buttons say, and offers the author neither Apply nor Decline', async () => {
    await harness.withPage({}, async (open) => {
      const { page, posted } = open
      await show(open)
      await page.getByRole('button', { name: 'Apply', exact: true }).click()
      await page.getByRole('button', { name: 'Decline' }).click()
      await page.getByRole('button', { name: 'View Changes', exact: true }).click()
      await page.getByRole('button', { name: 'View Changes of racy.ts' }).click()
      await page.locator('.patch').getByRole('button', { name: 'Copy' }).click()
      const asked = (await posted()).flatMap((said) =>
        said.type === 'patch' && said.action !== 'recall' ? [said] : [],
      )
      assert.deepEqual(
        asked.map(({ action, file }) => [action, file]),
        [['apply', undefined], ['decline', undefined], ['view', undefined], ['view', 3], ['copy', undefined]],
      ) // prettier-ignore
      for (const said of asked) assert.deepEqual([said.conversation, said.message], [conversation().id, message(1).id])
      await show(open, samplePatch.text, ada)
      assert.equal(await page.getByRole('button', { name: 'Apply', exact: true }).count(), 0)
      assert.equal(await page.getByRole('button', { name: 'Decline' }).count(), 0)
    })
  })

  it('is not offered to be declined once it was declined or applied, and the keyboard goes on beside it', async () => {
    await harness.withPage({}, async (open) => {
      const { page, send, settle } = open
      await show(open)
      await page.getByRole('button', { name: 'Decline' }).focus()
      for (const outcome of ['declined', 'applied'] as const) {
        const results = [{ person: ada, at: now, outcome }]
        await send({ type: 'changed', messages: [{ ...message(1, { author: bob, body: samplePatch }), results }] })
        await settle()
        assert.deepEqual(await page.locator('.patch-actions').getByRole('button').allInnerTexts(), [
          'Apply',
          'View Changes',
        ])
      }
      assert.equal(await page.evaluate(() => document.activeElement?.textContent.trim()), 'Apply')
      const results = [{ person: ada, at: now, outcome: 'partly-applied' as const }]
      await send({ type: 'changed', messages: [{ ...message(1, { author: bob, body: samplePatch }), results }] })
      await settle()
      assert.equal(await page.getByRole('button', { name: 'Decline' }).count(), 1, 'of what is left')
    })
  })

  it('says hunk by hunk what fits and what does not, and why', async () => {
    await harness.withPage({}, async (open) => {
      const { page, send } = open
      await show(open)
      const refused = (reason: 'no-match' | 'missing'): PartResult => ({ kind: 'refused', reason })
      const files = [
        [{ ...fits, line: 45, moved: 6 }, refused('no-match')],
        [refused('missing')],
        [fits],
        [fits],
        [],
        [],
      ]
      await send({ type: 'patchTried', message: message(1).id, trial: { files, isDone: false } })
      const first = page.locator('.patch-file').first()
      assert.match(await first.innerText(), new RegExp(viewStrings.patchNoMatch), 'also while it is folded')
      await first.locator('.patch-fold').click()
      const notes = await page.locator('.patch-file').first().locator('.hunk .patch-note').allInnerTexts()
      assert.deepEqual(
        notes.map((text) => text.trim()),
        ['Fits at line 45', viewStrings.patchNoMatch],
      )
      assert.match(await page.locator('.patch-file').nth(1).innerText(), new RegExp(viewStrings.patchMissing))
      await send({ type: 'patchTried', message: message(1).id, trial: { files, isDone: true } })
      assert.match(await first.innerText(), /Applied at line 45/)
    })
  })

  it('has room in a side bar for its buttons in one line, and for what becomes of a file', async () => {
    await harness.withPage({ width: 300 }, async (open) => {
      const { page } = open
      await show(open)
      const tops = await page
        .locator('.patch-actions button')
        .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top))
      assert.equal(new Set(tops).size, 1)
      const beyond = await page.locator('.patch-file-line').evaluateAll((lines) =>
        lines.flatMap((line) => {
          const change = line.querySelector('.patch-change:not(.from)')
          const [end, counts] = [change, line.querySelector('.patch-counts')].map((part) =>
            part?.getBoundingClientRect(),
          )
          if (end === undefined || counts === undefined) return []
          return [change?.scrollWidth !== change?.clientWidth || end.right > counts.left]
        }),
      )
      assert.deepEqual(beyond, [false, false], '“new” and “deleted” can be read')
    })
  })

  it('asks once what became of it here before, and says that', async () => {
    await harness.withPage({}, async (open) => {
      const { page, posted, send } = open
      await show(open)
      await show(open)
      const recalls = (await posted()).filter((said) => said.type === 'patch' && said.action === 'recall')
      assert.deepEqual(recalls, [
        { type: 'patch', action: 'recall', conversation: conversation().id, message: message(1).id },
      ])
      const files: PartResult[][] = [[fits, { kind: 'refused', reason: 'ambiguous' }], [], [], [], [], []]
      await send({ type: 'patchTried', message: message(1).id, trial: { files, isDone: true } })
      await page.locator('.patch-file').first().getByText(viewStrings.patchAmbiguous).waitFor()
      await show(open, samplePatch.text, ada)
      assert.equal((await posted()).filter((said) => said.type === 'patch' && said.action === 'recall').length, 1)
    })
  })

  it('names who did what with it, the latest first', async () => {
    await harness.withPage({}, async (open) => {
      const { page, send } = open
      const results = [
        { person: ada, at: now, outcome: 'partly-applied', hunks: { applied: 2, of: 3 } },
        { person: bob, at: now, outcome: 'declined' },
      ] as const
      await send(
        screenMessage({ kind: 'conversation', page: pageOf([{ ...message(1, { body: samplePatch }), results }]) }),
      )
      const lines = await page.locator('.patch-results li').allInnerTexts()
      assert.match(lines[0] ?? '', /You.* applied .*2.* of .*3.* changes/)
      assert.match(lines[1] ?? '', /Bob.* declined it/)
    })
  })

  it('marks what deceives in lines, names and titles', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const text = '--- a/gr\u0430nt.c\n+++ b/gr\u0430nt.c\n@@ -1 +1 @@\n-a\n+if (is\u0410dmin\u200b) {}\n'
      await show(open, text)
      await page.getByText(viewStrings.deceptive).waitFor()
      assert.equal(await page.locator('.hidden-character').innerText(), 'U+200B')
      assert.equal(await page.locator('.deceptive-name').count(), 2)
    })
  })

  it('shows what is no patch as such, and a large one within bounds', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      await show(open, 'hello')
      await page.getByText(viewStrings.patchNothing).waitFor()
      assert.equal(await page.getByRole('button', { name: 'Apply', exact: true }).count(), 0)
      const many = Array.from(
        { length: 300 },
        (_, i) => `--- a/${String(i)}\n+++ b/${String(i)}\n@@ -1 +1 @@\n-a\n+b\n`,
      )
      await show(open, many.join(''))
      assert.equal(await page.locator('.patch-file').count(), 40)
      await page.getByText('260 more files').waitFor()
      await show(open, `--- a/x\n+++ b/x\n@@ -1,900 +1,901 @@\n${' a\n'.repeat(900)}+b\n`)
      await page.locator('.patch-fold').click()
      assert.equal(await page.locator('.hunk-line').count(), 300)
      await page.getByText('601 more lines').waitFor()
    })
  })
})
