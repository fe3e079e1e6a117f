import { readFile } from 'node:fs/promises'
import path from 'node:path'
import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import { commandTitle } from '../harness/commandTitle.ts'
import type { SeatedPerson } from '../harness/person.ts'
import { probe } from '../harness/probe.ts'
import { pressOnMessage } from '../pages/keyboard.ts'
import { openTincan } from '../pages/stories.ts'
import { tincanView } from '../pages/tincanView.ts'
import { arrived, words } from '../pages/words.ts'
import { step, type Step } from './step.ts'

const snippet = ({ workbench }: SeatedPerson): Locator =>
  tincanView(workbench)
    .frame.getByRole('group', { name: /Code snippet, src\/kettle\.ts/ })
    .first()

/** What two people do with messages and code. */
export const talking: readonly Step[] = [
  step('Alice writes, Bob reads it, and she sees that it arrived', async ({ alice, bob }) => {
    await tincanView(alice.workbench).send('Is tea ready?')
    await tincanView(bob.workbench).message('Is tea ready?').waitFor()
    await tincanView(alice.workbench).message('Is tea ready?').getByText(arrived).waitFor()
  }),
  step('Bob begins to write, and Alice sees it', async ({ alice, bob }) => {
    await tincanView(bob.workbench).composer.fill('In')
    await tincanView(alice.workbench).button(words('typingOne', 'Bob')).waitFor()
    await tincanView(bob.workbench).composer.fill('')
  }),
  step('Bob answers with a quote, by one key', async ({ alice, bob }) => {
    const view = tincanView(bob.workbench)
    await pressOnMessage(
      bob.workbench,
      'r',
      view.frame.getByText(words('replyingTo', 'Alice')),
      view.message('Is tea ready?'),
    )
    await view.send('In four minits')
    await tincanView(alice.workbench).message('In four minits').getByTitle(words('goToAnswered')).waitFor()
  }),
  step('Bob mends his last message with the arrow key', async ({ alice, bob }) => {
    const { composer, frame } = tincanView(bob.workbench)
    await composer.focus()
    await composer.press('ArrowUp')
    await frame.getByText(words('editingMessage')).waitFor()
    await composer.fill('In four minutes')
    await composer.press('Enter')
    await tincanView(alice.workbench).message('In four minutes').waitFor()
  }),
  step('Alice looks at what it said before', async ({ alice }) => {
    const message = tincanView(alice.workbench).message('In four minutes')
    await message.getByRole('button', { name: words('edited') }).click()
    await alice.workbench.quickInput.getByText('In four minits').waitFor()
    await alice.workbench.page.keyboard.press('Escape')
  }),
  step('Alice reacts with an emoji that she finds by a word', async ({ alice, bob }) => {
    await tincanView(alice.workbench).message('In four minutes').focus()
    await alice.workbench.page.keyboard.press('+')
    await alice.workbench.quickInput
      .getByText(/rocket/)
      .first()
      .waitFor()
    await alice.workbench.type('rocket')
    await tincanView(bob.workbench)
      .frame.getByRole('button', { name: words('reactionBy', '🚀', 'Alice') })
      .waitFor()
  }),
  step('Alice shares three lines of code', async ({ alice, bob }) => {
    await alice.workbench.openFile('kettle.ts')
    await alice.workbench.selectLines(5, 7)
    await alice.workbench.contextMenu(/Share Selection/)
    await alice.workbench.pick('Bob')
    await snippet(bob).waitFor()
  }),
  step('Bob copies them', async ({ bob }) => {
    await snippet(bob)
      .getByRole('button', { name: words('copy') })
      .click()
    await probe('the snippet on the clipboard', 10_000, async () =>
      (await bob.workbench.readClipboard()).includes('get isBoiling()') ? true : undefined,
    )
  }),
  step('Bob inserts them at his cursor, and nothing is saved', async ({ bob }) => {
    const { workbench } = bob
    const file = path.join(bob.workspace, 'src', 'brew.py')
    const before = await readFile(file, 'utf8')
    await workbench.openFile('brew.py')
    await workbench.selectLines(1, 1)
    await workbench.page.keyboard.press('Home')
    await snippet(bob)
      .getByRole('button', { name: words('insert') })
      .click()
    await probe('the snippet in the file', 10_000, async () =>
      (await workbench.editorText()).includes('get isBoiling()') ? true : undefined,
    )
    assert.equal(await readFile(file, 'utf8'), before)
    await workbench.run('File: Revert File')
    await workbench.run('View: Close All Editors')
  }),
  step('Bob finds an old message from the header of the conversation', async ({ bob }) => {
    const { workbench } = bob
    await tincanView(workbench).button(words('searchHere')).click()
    await workbench.quickInput.locator('input[type="text"]').first().fill('tea')
    await workbench.quickInput.getByRole('option', { name: /tea ready/ }).waitFor()
    await workbench.pick('tea ready')
    await workbench.quickInput.waitFor({ state: 'hidden' })
  }),
  step('Alice writes something that she regrets, and takes it back for both', async ({ alice, bob }) => {
    const view = tincanView(alice.workbench)
    await view.send('Coffee is better anyway')
    await tincanView(bob.workbench).message('Coffee is better anyway').waitFor()
    await pressOnMessage(alice.workbench, 'm', alice.workbench.quickInput, view.message('Coffee is better anyway'))
    await alice.workbench.pick('Delete for Everybody')
    await alice.workbench.answer('Delete this message for everybody?', 'Delete for Everybody')
    await tincanView(bob.workbench).message(words('unreadableErased')).waitFor()
  }),
  step('Alice sees how they are connected', async ({ alice }) => {
    await alice.workbench.run(commandTitle('tincan.showNetwork'))
    await alice.workbench.quickInput.getByText('connected on this computer').waitFor()
    await alice.workbench.page.keyboard.press('Escape')
  }),
  step('Bob restarts his editor, and finds everything again', async ({ bob }) => {
    await bob.workbench.reload()
    await openTincan(bob.workbench)
    await tincanView(bob.workbench).message('In four minutes').waitFor()
  }),
]
