import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { after, afterEach, before, describe, test } from 'node:test'
import { commandTitle } from './harness/commandTitle.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { openConversation } from './pages/conversationRow.ts'
import { saveAs } from './pages/fileDialog.ts'
import { handOver } from './pages/files.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { getsKeyboard } from './pages/keyboard.ts'
import { becomeContacts, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

describe('two people who send each other files and pictures', () => {
  let world: World
  let alice: SeatedPerson
  let bob: SeatedPerson

  before(async () => {
    world = await startWorld(['Alice', 'Bob'])
    ;[alice, bob] = world.people as [SeatedPerson, SeatedPerson]
    await setUp(alice.workbench, 'Alice')
    await setUp(bob.workbench, 'Bob')
    await becomeContacts(alice.workbench, bob.workbench)
    await bob.workbench.run(commandTitle('tincan.notesToSelf'))
    await bob.workbench.sideBar.getByRole('treeitem', { name: /Notes to Self/ }).waitFor()
    await openConversation(bob.workbench, /Alice/, 'Alice')
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('a picture that is pasted goes out with a text, and is shown on the other side by itself', async () => {
    const [mine, theirs] = [tincanView(alice.workbench), tincanView(bob.workbench)]
    await handOver(mine, { kind: 'picture', name: 'kettle.png', width: 800, height: 500 })
    await mine.frame.getByRole('button', { name: words('attachmentRemove', 'kettle.png') }).waitFor()
    await mine.composer.fill('This is what it looks like:')
    await alice.workbench.picture('file-attached')
    await mine.composer.press('Enter')
    await theirs.message('This is what it looks like:').waitFor()
    const shown = theirs.log.getByRole('img', { name: 'kettle.png' })
    await shown.waitFor()
    await probe('the whole picture', 30_000, async () =>
      (await shown.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)) === 800
        ? true
        : undefined,
    )
  })

  test('a large file is fetched when it is asked for, and saved where the user says', async () => {
    const [mine, theirs] = [tincanView(alice.workbench), tincanView(bob.workbench)]
    const [source, target] = [path.join(alice.workspace, 'water.bin'), path.join(bob.workspace, 'saved.bin')]
    await writeFile(source, randomBytes(3_000_000))
    await handOver(mine, { kind: 'dropped', uris: [pathToFileURL(source).href] })
    await mine.frame.getByRole('button', { name: words('attachmentRemove', 'water.bin') }).waitFor()
    await mine.button(words('send')).click()
    const card = theirs.log.getByRole('group', { name: /^File water\.bin/ })
    await card.getByRole('button', { name: words('fileDownload') }).click()
    await card.getByRole('button', { name: words('fileSave') }).click()
    await saveAs(bob.workbench, target)
    await probe('the file', 60_000, async () => {
      const saved = await readFile(target).catch(() => undefined)
      return saved?.equals(await readFile(source)) === true ? true : undefined
    })
    await bob.workbench.notification('water.bin was saved.').waitFor()
    await bob.workbench.dismissNotifications()
  })

  test('a text opens beside the conversation, read-only', async () => {
    const [mine, theirs] = [tincanView(alice.workbench), tincanView(bob.workbench)]
    const source = path.join(alice.workspace, 'notes.txt')
    await writeFile(source, 'It boils at 97 degrees up here.\n'.repeat(1_000))
    await handOver(mine, { kind: 'dropped', uris: [pathToFileURL(source).href] })
    await mine.frame.getByRole('button', { name: words('attachmentRemove', 'notes.txt') }).waitFor()
    await mine.button(words('send')).click()
    const card = theirs.log.getByRole('group', { name: /^File notes\.txt/ })
    await card.getByRole('button', { name: words('fileOpen') }).click()
    await probe('the text', 30_000, async () =>
      (await bob.workbench.editorText()).includes('It boils at 97 degrees up here.') ? true : undefined,
    )
    await bob.workbench.picture('file-opened')
    await bob.workbench.run('View: Close All Editors')
    await showInEveryTheme(bob.workbench, 'files')
  })

  test('what looks like a secret is said before it leaves, and stays where the user does not want it to', async () => {
    const mine = tincanView(alice.workbench)
    const source = path.join(alice.workspace, 'big.env')
    await writeFile(source, `${'# nothing to see\n'.repeat(1_200)}DB_PASSWORD="correct-horse-battery-9"\n`)
    await handOver(mine, { kind: 'dropped', uris: [pathToFileURL(source).href] })
    await mine.frame.getByText(/This looks like it holds/).waitFor()
    await mine.button(words('send')).click()
    await alice.workbench.answer('This looks like it holds', 'Cancel')
    await mine.button(words('attachmentRemove', 'big.env')).click()
    assert.equal(
      await tincanView(bob.workbench)
        .log.getByRole('group', { name: /big\.env/ })
        .count(),
      0,
    )
  })

  test('a file that came is forwarded, and a conversation and a contact are deleted with all that was in them', async () => {
    const { workbench } = bob
    const view = tincanView(workbench)
    const card = view.log.getByRole('article').filter({ hasText: 'water.bin' })
    await card.hover()
    await workbench.picture('file-pointed-at')
    await card.getByRole('button', { name: words('moreActions') }).click()
    await workbench.pick('Forward')
    await workbench.pick('Notes to Self')
    await openConversation(workbench, /Notes to Self/, 'Notes to Self')
    const copy = view.log.getByRole('article').filter({ hasText: 'water.bin' })
    await copy.getByText(words('forwarded')).waitFor()
    await copy.getByRole('button', { name: words('fileSave') }).waitFor()
    await workbench.picture('file-forwarded')

    await openConversation(workbench, /Alice/, 'Alice')
    await card.waitFor()
    await workbench.rowMenu(workbench.sideBar.getByRole('treeitem', { name: /Alice/ }), /Delete Conversation/)
    const question = workbench.notification(/Delete the conversation .*Alice/)
    await getsKeyboard(question.getByRole('button', { name: 'Export First…' }))
    await workbench.picture('delete-conversation')
    await workbench.page.keyboard.press('Escape')
    await question.waitFor({ state: 'hidden' })
    await card.waitFor()
    await workbench.rowMenu(workbench.sideBar.getByRole('treeitem', { name: /Alice/ }), /Delete Conversation/)
    await workbench.answer(/Delete the conversation .*Alice/, 'Delete')
    await card.waitFor({ state: 'hidden' })
    await view.composer.waitFor()
    await workbench.picture('conversation-deleted')
    assert.equal(await view.log.getByRole('article').count(), 0)

    await workbench.rowMenu(workbench.sideBar.getByRole('treeitem', { name: /Alice/ }), /Delete Contact/)
    await workbench.picture('delete-contact')
    await workbench.answer(/Delete the contact .*Alice/, 'Delete')
    await workbench.sideBar.getByRole('treeitem', { name: /Alice/ }).waitFor({ state: 'hidden' })
    await workbench.picture('contact-deleted')
    await alice.workbench.sideBar.getByRole('treeitem', { name: /Bob.*offline/ }).waitFor()
    await tincanView(alice.workbench).log.getByRole('article').filter({ hasText: 'water.bin' }).waitFor()
  })

  test('has seen no error and no breach of the content security policy', () => {
    for (const { browser } of [alice, bob]) assert.deepEqual(browser.complaints, [])
  })
})
