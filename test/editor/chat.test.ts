import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { commandTitle } from './harness/commandTitle.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { findPlaintext } from './pages/findPlaintext.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { cardPage } from './pages/cardPage.ts'
import { becomeContacts, compareLive, openTincan, readSafetyNumber, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { arrived, words } from './pages/words.ts'

const planted = 'The kettle is purple'

describe('two people with an editor each', () => {
  let world: World
  let alice: SeatedPerson
  let bob: SeatedPerson
  before(async () => {
    world = await startWorld(['Alice', 'Bob'])
    ;[alice, bob] = world.people as [SeatedPerson, SeatedPerson]
    await Promise.all([setUp(alice.workbench, 'Alice'), setUp(bob.workbench, 'Bob')])
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('meet by an invite link that one makes and confirms and the other joins with', async () => {
    await becomeContacts(alice.workbench, bob.workbench)
    await alice.workbench.sideBar.getByRole('treeitem', { name: /Bob.*online/ }).waitFor()
    await bob.workbench.sideBar.getByRole('treeitem', { name: /Alice.*online/ }).waitFor()
    await alice.workbench.statusBar.getByText('Tincan: 1 person connected').waitFor()
  })

  test('read what the other writes, and see that it was delivered', async () => {
    const [left, right] = [tincanView(alice.workbench), tincanView(bob.workbench)]
    await left.send(`${planted}. Is **tea** ready?`)
    await right.message('Is tea ready?').waitFor()
    await left.message('Is tea ready?').getByText(arrived).waitFor()
    await right.send('In *four* minutes')
    await left.message('In four minutes').waitFor()
    assert.equal(await right.log.getByRole('article').count(), 2)
  })

  test('see that the other one writes, and that they have read', async () => {
    const [left, right] = [tincanView(alice.workbench), tincanView(bob.workbench)]
    await right.composer.fill('Milk or')
    await left.button(words('typingOne', 'Bob')).waitFor()
    await alice.workbench.picture('typing')
    await right.composer.fill('')
    await left.button(words('online')).waitFor()
    await bob.workbench.page.bringToFront()
    await right.composer.focus()
    await left.message('Is tea ready?').getByText(words('read'), { exact: true }).waitFor()
    await alice.workbench.picture('read')
  })

  test('share a selection with its file and lines, from the context menu of the editor', async () => {
    const { workbench } = alice
    await workbench.openFile('kettle.ts')
    await workbench.selectLines(5, 7)
    await workbench.contextMenu(/Share Selection/)
    await workbench.pick('Bob')
    const card = tincanView(bob.workbench)
      .frame.getByRole('group', { name: /Code snippet, src\/kettle\.ts, lines 5–7/ })
      .first()
    await card.waitFor()
    assert.match(await card.innerText(), /return this\.#celsius >= 100/)
    await workbench.picture('snippet-sent')
    await bob.workbench.picture('snippet-received')
  })

  test('copy a snippet, open it, and insert it at the cursor, and nothing else changes a file', async () => {
    const { workbench } = bob
    const file = path.join(bob.workspace, 'src', 'brew.py')
    const before = await readFile(file, 'utf8')
    const card = tincanView(workbench)
      .frame.getByRole('group', { name: /Code snippet/ })
      .first()

    await card.getByRole('button', { name: words('copy') }).click()
    await probe('the snippet on the clipboard', 30_000, async () =>
      (await workbench.readClipboard()).includes('get isBoiling()') ? true : undefined,
    )
    await workbench.openFile('brew.py')
    await workbench.selectLines(1, 1)
    await workbench.page.keyboard.press('Home')
    await card.getByRole('button', { name: words('insert') }).click()
    await probe('the snippet in the file', 30_000, async () =>
      (await workbench.editorText()).includes('get isBoiling()') ? true : undefined,
    )
    assert.equal(await readFile(file, 'utf8'), before, 'nothing is saved that the user did not save')
    await workbench.run('File: Revert File')

    await card.getByRole('button', { name: words('open') }).click()
    await probe('the snippet in an editor of its own', 30_000, async () =>
      (await workbench.editorText()).startsWith('  get isBoiling()') ? true : undefined,
    )
    await workbench.picture('snippet-opened')
    await workbench.run('View: Close All Editors')
  })

  test('see the same safety number on both sides, and compare it live by what both see', async () => {
    const numbers = await Promise.all([readSafetyNumber(alice.workbench), readSafetyNumber(bob.workbench)])
    assert.match(numbers[0], /^\d{60}$/)
    assert.equal(numbers[0], numbers[1])
    const [left, right] = await compareLive(alice.workbench, bob.workbench)
    assert.equal(left, right)
    await showInEveryTheme(alice.workbench, 'safety-number', 'editor')
    for (const { workbench } of [alice, bob]) await cardPage(workbench).button('They Are the Same').click()
    for (const { workbench } of [alice, bob]) await cardPage(workbench).status('Both of you saw the same').waitFor()
    await tincanView(alice.workbench).log.getByText(words('noticeVerified', 'Bob')).waitFor()
    await tincanView(bob.workbench).log.getByText(words('noticeVerified', 'Alice')).waitFor()
    for (const { workbench } of [alice, bob]) await workbench.run('View: Close All Editors')
  })

  test('see how they are connected', async () => {
    await alice.workbench.run(commandTitle('tincan.showNetwork'))
    await alice.workbench.quickInput.getByText('connected on this computer').waitFor()
    await alice.workbench.picture('network-status')
    await alice.workbench.page.keyboard.press('Escape')
  })

  test('look at a conversation without a barrier in every theme', async () => {
    await tincanView(alice.workbench).send('```ts\nconst kettle = new Kettle()\nkettle.heat(4_186, 1)\n```')
    await tincanView(bob.workbench).message('new Kettle').waitFor()
    await showInEveryTheme(bob.workbench, 'conversation')
  })

  test('are told of what they have not read by a badge that goes when they read', async () => {
    const { workbench } = bob
    await workbench.activity('Explorer').click()
    await tincanView(alice.workbench).send('Four minutes are over')
    const badge = workbench.activity('Tincan').locator('.badge-content')
    await badge.filter({ hasText: /^1$/ }).waitFor()
    await workbench.picture('unread-badge')
    await openTincan(workbench)
    await tincanView(workbench).message('Four minutes are over').waitFor()
    await badge.waitFor({ state: 'hidden' })
  })

  test('keep an unsent text over a reload of the window', async () => {
    const { workbench } = alice
    await tincanView(workbench).composer.fill('Not sent yet')
    await workbench.reload()
    await openTincan(workbench)
    await tincanView(workbench).message('Four minutes are over').waitFor()
    await probe('the draft', 30_000, async () =>
      (await tincanView(workbench).composer.inputValue()) === 'Not sent yet' ? true : undefined,
    )
    await tincanView(workbench).composer.fill('')
  })

  test('open the conversation in an editor tab that is there again after a reload', async () => {
    const { workbench } = alice
    await workbench.run(commandTitle('tincan.openInEditor'))
    const tab = tincanView(workbench, 'editor')
    await tab.message('Four minutes are over').waitFor()
    await tab.send('From a tab')
    await tincanView(bob.workbench).message('From a tab').waitFor()
    await workbench.reload()
    await tincanView(workbench, 'editor').message('From a tab').waitFor()
  })

  test('look at that tab without a barrier in every theme', async () => {
    await showInEveryTheme(alice.workbench, 'editor-tab', 'editor')
  })

  test('find everything again after an editor was restarted, and get what was written meanwhile', async () => {
    await bob.server.stop()
    await alice.workbench.sideBar.getByRole('treeitem', { name: /Bob.*offline/ }).waitFor()
    await tincanView(alice.workbench).send('Written while you were away')
    const waiting = tincanView(alice.workbench).message('Written while you were away')
    await waiting.getByText(words('queuedOffline', 'Bob')).waitFor()
    await alice.workbench.picture('queued')

    await bob.server.start()
    await bob.workbench.reopen()
    await openTincan(bob.workbench)
    const view = tincanView(bob.workbench)
    await view.message('From a tab').waitFor()
    await view.message('Written while you were away').waitFor()
    await waiting.getByText(arrived).waitFor()
  })

  test('lose nothing when an editor is killed', async () => {
    await tincanView(bob.workbench).send('Just before the crash')
    await tincanView(bob.workbench)
      .message('Just before the crash')
      .getByText(/^(sent|delivered|read)$/)
      .waitFor()
    await bob.server.crash()
    await bob.server.start()
    await bob.workbench.reopen()
    await openTincan(bob.workbench)
    await tincanView(bob.workbench).message('Just before the crash').waitFor()
    await tincanView(alice.workbench).message('Just before the crash').waitFor()
    assert.equal(await tincanView(alice.workbench).message('Just before the crash').count(), 1)
  })

  test('leave no readable message in any file of the editor', async () => {
    for (const { name } of world.people) {
      const folder = path.join(world.folderOf(name), 'data')
      await writeFile(path.join(folder, 'control.txt'), planted)
      assert.deepEqual(await findPlaintext(folder, planted), ['control.txt'], name)
    }
  })

  test('have seen no error and no breach of the content security policy', () => {
    for (const { name, browser } of world.people) assert.deepEqual(browser.complaints, [], name)
  })
})
