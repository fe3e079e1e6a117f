import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Locator } from 'playwright-core'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { MessageBody, SendBody } from '../../src/shared/service.ts'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { commandTitle } from './harness/commandTitle.ts'
import { demoRemote } from './harness/demoWorkspace.ts'
import { runCommand } from './harness/ownedProcess.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { meetCorrespondent, openTincan, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

const forge = 'https://github.com/ada/kettle'
const code = '  get isBoiling(): boolean {\n    return this.#celsius >= 100\n  }'

describe('somebody who goes from messages into files, and from files to messages', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  let conversation: ConversationId
  before(async () => {
    world = await startWorld(['Alice'], { 'files.autoSave': 'off' })
    ;[alice] = world.people as [SeatedPerson]
    // A second remote: the forge where the team keeps the repository.
    await runCommand({ command: 'git', args: ['-C', alice.workspace, 'remote', 'add', 'team', `${forge}.git`] })
    bob = await world.correspondent('Bob')
    await alice.workbench.reload()
    await setUp(alice.workbench, 'Alice')
    conversation = await meetCorrespondent(alice.workbench, bob)
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  const send = (body: SendBody) => bob.request('message/send', { conversation, body })
  const say = (text: string) => send({ kind: 'text', text })
  const standsAt = (line: number): Promise<true> =>
    probe(`the cursor in line ${line}`, 20_000, async () => {
      const shown = await alice.workbench.statusBar.getByText(/^Ln \d+, Col \d+$/).innerText()
      return shown.startsWith(`Ln ${line}, `) ? true : undefined
    })
  const closeEditors = (): Promise<void> => alice.workbench.run('View: Close All Editors')
  const article = (text: string): Locator => tincanView(alice.workbench).message(text)

  test('opens what a permalink of a forge shows in the own clone, once that is wanted', async () => {
    const { workbench } = alice
    await say(`Here: ${forge}/blob/main/src/kettle.ts#L5-L7`)
    await article('Here:').getByRole('link').click()
    const question = workbench.notification('src/kettle.ts is in your clone.')
    await question.waitFor()
    await workbench.picture('permalink-asked')
    await workbench.answer('src/kettle.ts is in your clone.', 'Open in My Clone')
    await workbench.page.getByRole('tab', { name: 'kettle.ts', selected: true }).first().waitFor()
    await standsAt(5)
    await workbench.picture('permalink-opened')
    await closeEditors()
  })

  test('opens a path with a line and a column, also in a folder below, and is told of one that is nowhere', async () => {
    const { workbench } = alice
    await say('Look at src/brew.py:9:5, at brew.py:6 and at src/nowhere.ts:3')
    const message = article('Look at')
    await message.getByRole('button', { name: 'src/brew.py:9:5' }).click()
    await workbench.statusBar.getByText('Ln 9, Col 5').waitFor()
    await message.getByRole('button', { name: 'brew.py:6', exact: true }).click()
    await standsAt(6)
    await message.getByRole('button', { name: 'src/nowhere.ts:3' }).click()
    await workbench.notification('No open folder has a file').waitFor()
    await workbench.dismissNotifications()
    await closeEditors()
  })

  test('compares received code with the clipboard, the selection, the active file and another one', async () => {
    const { workbench } = alice
    const { page } = workbench
    await openTincan(workbench)
    await send({ kind: 'snippet', language: 'typescript', text: `${code}\n// compared`, path: 'src/kettle.ts' })
    const card = tincanView(workbench).log.getByRole('article').filter({ hasText: '// compared' })
    const compare = async (choice: string, tab: RegExp): Promise<void> => {
      await card.getByRole('button', { name: words('compare') }).click()
      await workbench.pick(choice)
      await page.getByRole('tab', { name: tab }).waitFor()
      await page.locator('.monaco-diff-editor').first().waitFor()
    }
    await workbench.openFile('kettle.ts')
    await page.evaluate('navigator.clipboard.writeText("const fromClipboard = 1")')
    await compare('Clipboard', /kettle\.ts ↔ Clipboard/)
    await page.getByText('fromClipboard').first().waitFor()
    await workbench.picture('compare-clipboard')
    await closeEditors()
    await workbench.openFile('kettle.ts')
    await workbench.selectLines(5, 7)
    await compare('Selection', /kettle\.ts ↔ Selection/)
    await closeEditors()
    await workbench.openFile('brew.py')
    await compare('Active File', /kettle\.ts ↔ src\/brew\.py/)
    await closeEditors()
  })

  test('is asked once more before code that hides something is inserted, and sees what it is everywhere', async () => {
    const { workbench } = alice
    const view = tincanView(workbench)
    const deceptive: MessageBody = { kind: 'snippet', language: 'python', text: 'is_\u0430dmin = 1 # \u202e', path: 'src/adm\u200bin.py' }
    const { id } = await send(deceptive)
    await send({ kind: 'text', text: 'Run `git \u202epush` at src/\u0430dmin.py:3', replyTo: id })
    const card = view.message('is_')
    await card.getByText(words('deceptive')).waitFor()
    await view.message('Run').locator('.hidden-character').first().waitFor()
    await workbench.picture('deceptive-everywhere')
    await workbench.run(commandTitle('tincan.search'))
    await workbench.quickInput.locator('input[type="text"]').first().fill('is_')
    await workbench.quickInput.getByRole('option', { name: 'is_\u0430dmin = 1 # [U+202E]' }).waitFor()
    await workbench.picture('deceptive-search')
    await workbench.page.keyboard.press('Escape')
    await workbench.openFile('brew.py')
    await workbench.selectLines(1, 1)
    await card.getByRole('button', { name: words('insert') }).click()
    await workbench.notification('This code is not what it looks like. Insert it nevertheless?').waitFor()
    await workbench.notification('Line 1: “is_\u0430dmin” mixes Latin letters with look-alikes of another alphabet: “\u0430” (U+0430) instead of “a”.').waitFor()
    await workbench.notification('Line 1: U+202E turns the direction of the text around it').waitFor()
    await workbench.picture('insert-deceptive')
    await workbench.page.keyboard.press('Escape')
    assert.doesNotMatch(await workbench.editorText(), /is_\u0430dmin/)
    await card.getByRole('button', { name: words('insert') }).click()
    await workbench.answer('Insert it nevertheless?', 'Insert Anyway')
    await probe('the code in the file', 20_000, async () => ((await workbench.editorText()).includes('is_\u0430dmin') ? true : undefined))
    await workbench.run('File: Revert File')
    await card.getByRole('button', { name: words('open') }).click()
    await workbench.page.getByRole('tab', { name: /⚠ adm\[U\+200B\]in\.py/ }).waitFor()
    await workbench.picture('deceptive-title')
    await closeEditors()
  }) // prettier-ignore

  test('sees which lines are discussed, reads by whom, goes to the message, and hides the marks', async () => {
    const { workbench } = alice
    const { page } = workbench
    const git = { remote: demoRemote }
    await send({ kind: 'snippet', language: 'typescript', text: code, path: 'src/kettle.ts', lines: { first: 5, last: 7 }, git })
    for (let number = 1; number <= 30; number++) await say(`Something else, the ${number}th`)
    await article('the 30th').waitFor()
    await workbench.openFile('kettle.ts')
    const marks = page.locator('.editor-instance .glyph-margin-widgets [class*="ced-"], .editor-instance .cgmr[class*="ced-"]')
    await marks.first().waitFor()
    await workbench.run(commandTitle('tincan.nextDiscussion'))
    await standsAt(5)
    await workbench.run('Show or Focus Hover')
    const hover = page.locator('.monaco-hover').filter({ hasText: 'sent these lines' }).first()
    await hover.waitFor()
    await workbench.picture('discussed-hover')
    const view = tincanView(workbench)
    const card = view.log.getByRole('article').filter({ hasText: 'get isBoiling', hasNotText: '// compared' })
    const isShown = async (): Promise<boolean> => (await card.count()) > 0 && (await isInSight(card.first(), view.log))
    assert.equal(await isShown(), false)
    await hover.getByRole('link', { name: 'Open in Tincan' }).or(hover.getByText('Open in Tincan')).first().click()
    await probe('the message in sight', 20_000, async () => ((await isShown()) ? true : undefined))
    await workbench.picture('discussed-message')
    await workbench.run(commandTitle('tincan.toggleDiscussionMarks'))
    await marks.first().waitFor({ state: 'detached' })
    await workbench.picture('discussed-hidden')
    await workbench.run(commandTitle('tincan.toggleDiscussionMarks'))
    await marks.first().waitFor()
    await closeEditors()
  }) // prettier-ignore

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})

/** Whether something can be seen within the list that it scrolls in. */
async function isInSight(what: Locator, within: Locator): Promise<boolean> {
  const [inner, outer] = [await what.boundingBox(), await within.boundingBox()]
  return inner !== null && outer !== null && inner.y + inner.height > outer.y && inner.y < outer.y + outer.height
}
