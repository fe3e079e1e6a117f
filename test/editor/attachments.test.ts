import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { commandTitle } from './harness/commandTitle.ts'
import { failingTests } from './harness/failingTests.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { explorerFile, Received, sharePreview } from './pages/sharing.ts'
import { meetCorrespondent, openTincan, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

describe('somebody who attaches code, and shares what programs say', () => {
  let world: World
  let alice: SeatedPerson
  let received: Received

  before(async () => {
    world = await startWorld(['Alice'])
    ;[alice] = world.people as [SeatedPerson]
    await alice.server.install(await failingTests(world.folderOf('Alice')))
    await alice.workbench.reopen()
    await setUp(alice.workbench, 'Alice')
    const bob = await world.correspondent('Bob')
    received = new Received(bob, await meetCorrespondent(alice.workbench, bob))
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  /** Copies lines of the kettle in the editor, and pastes them into the composer: all by keyboard. */
  const paste = async (first: number, last: number): Promise<void> => {
    const { workbench } = alice
    await workbench.openFile('kettle.ts')
    await workbench.selectLines(first, last)
    await workbench.page.keyboard.press('ControlOrMeta+C')
    await workbench.run(commandTitle('tincan.focusComposer'))
    await tincanView(workbench).composer.focus()
    await workbench.page.keyboard.press('ControlOrMeta+V')
  }

  test('pastes code from an editor: it is attached with its file and lines, and goes out with the text', async () => {
    const { workbench } = alice
    const view = tincanView(workbench)
    await paste(5, 7)
    const chip = view.frame.getByRole('button', { name: 'kettle.ts:5–7', exact: true })
    await chip.click()
    await view.frame.getByText('File: src/kettle.ts').waitFor()
    await view.composer.fill('This is it:')
    await showInEveryTheme(workbench, 'attachment')
    await view.composer.press('Enter')
    const [said, body] = await received.next(2)
    assert.ok(said?.kind === 'text' && said.text === 'This is it:')
    assert.ok(body?.kind === 'snippet' && body.path === 'src/kettle.ts')
    assert.deepEqual(body.lines, { first: 5, last: 7 })
    await chip.waitFor({ state: 'hidden' })
  })

  test('takes a paste back with the key that undoes, and then it is text', async () => {
    const { workbench } = alice
    const view = tincanView(workbench)
    await paste(9, 11)
    const chip = view.frame.getByRole('button', { name: 'kettle.ts:9–11', exact: true })
    await chip.waitFor()
    await view.composer.press('ControlOrMeta+Z')
    await chip.waitFor({ state: 'hidden' })
    assert.match(await view.composer.inputValue(), /heat\(joules[^]*RangeError/)
    await view.composer.fill('')
    assert.ok(await received.isQuiet())
  })

  test('drops a file from the explorer with Shift held', async () => {
    const { workbench } = alice
    const { page } = workbench
    // The composer is in a tab, so that the explorer is beside it.
    await workbench.run(commandTitle('tincan.openInEditor'))
    const view = tincanView(workbench, 'editor')
    await view.composer.waitFor()
    const from = await (await explorerFile(workbench, 'README.md')).boundingBox()
    const to = await view.composer.boundingBox()
    assert.ok(from !== null && to !== null)
    await page.mouse.move(from.x + 40, from.y + from.height / 2)
    await page.mouse.down()
    await page.keyboard.down('Shift')
    await page.mouse.move(to.x + 40, to.y - 60, { steps: 10 })
    await page.mouse.move(to.x + 40, to.y + 10, { steps: 10 })
    await view.frame.getByText(words('dropHint')).waitFor()
    await workbench.picture('drop-hint')
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await view.frame.getByRole('button', { name: 'README.md:1–3', exact: true }).waitFor()
    await view.button(words('send')).click()
    const [body] = await received.next()
    assert.ok(body?.kind === 'snippet' && body.path === 'README.md')
    await workbench.run('View: Close All Editors')
  })

  test('shares a problem from the lightbulb and from the Problems view, with its lines', async () => {
    const { workbench } = alice
    const { page } = workbench
    await writeFile(path.join(alice.workspace, 'tea.json'), '{\n  "minutes": four\n}\n')
    await workbench.openFile('tea.json')
    await page.locator('.squiggly-error').first().waitFor()
    await workbench.selectLines(2, 2)
    const entry = page.locator('.action-widget').getByText('Share This Problem…').first()
    await probe('the quick fix', 30_000, async () => {
      await page.keyboard.press('ControlOrMeta+.')
      await entry.click({ timeout: 3_000 })
      return true
    })
    await (await sharePreview(workbench, 'Share a problem of tea.json')).send()
    const [said, code] = await received.next(2)
    assert.ok(said?.kind === 'text')
    assert.match(said.text, /^\*\*Error\*\* `tea\.json:2`\n\n> `[^]+`/)
    assert.ok(code?.kind === 'snippet' && code.text === '  "minutes": four' && code.path === 'tea.json')

    await workbench.run('Problems: Focus on Problems View')
    const row = page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'expected' }).first()
    await workbench.picture('problems')
    await workbench.rowMenu(row, /Share This Problem/)
    await (await sharePreview(workbench, 'Share a problem of tea.json')).cancel()
  })

  test('shares what a terminal says, without the folders of this machine', async () => {
    const { workbench } = alice
    const { page } = workbench
    await workbench.run('Terminal: Focus Terminal')
    await page.locator('.terminal.xterm.focus').waitFor()
    await page.keyboard.type(`echo "at boil (${alice.workspace}/src/kettle.ts:9:5)"\n`)
    await probe('the terminal', 20_000, async () => {
      await workbench.run('Terminal: Select All')
      await workbench.run(commandTitle('tincan.shareTerminal'))
      const preview = await sharePreview(workbench, 'Share a piece of the terminal')
      if ((await preview.text()).includes('at boil (src/kettle.ts:9:5)')) return true
      await preview.cancel()
      return undefined
    })
    await workbench.picture('terminal-preview')
    await page.keyboard.press('Enter')
    const [body] = await received.next()
    assert.ok(body?.kind === 'snippet' && body.language === 'plaintext' && body.path === undefined)
    assert.match(body.text, /at boil \(src\/kettle\.ts:9:5\)/)
    assert.ok(!body.text.includes(alice.workspace))
    assert.doesNotMatch(body.text, /\s$/, 'all of a terminal is selected: its empty lines say nothing')
  })

  test('shares a test failure from the test results, and the code of a test from the list of tests', async () => {
    const { workbench } = alice
    const { page } = workbench
    await workbench.run('Test: Run All Tests')
    await workbench.run('Test Results: Focus on Test Results View')
    const message = page.locator('.test-output-peek-tree .monaco-list-row').filter({ hasText: 'Not boiling' }).first()
    await message.waitFor()
    await workbench.picture('test-results')
    await workbench.rowMenu(message, /Share Test Failure/)
    await (await sharePreview(workbench, 'Share a test failure')).send()
    const [body] = await received.next()
    assert.ok(body?.kind === 'snippet')
    assert.equal(
      body.text,
      'boils at 100\nsrc/kettle.ts:6:5\nNot boiling, see src/kettle.ts:6\nExpected: true\nActual: false',
    )
  })

  test('has seen no error and no breach of the content security policy', async () => {
    await openTincan(alice.workbench)
    assert.deepEqual(alice.browser.complaints, [])
  })
})
