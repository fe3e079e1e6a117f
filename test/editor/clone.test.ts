import assert from 'node:assert/strict'
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Locator } from 'playwright-core'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { SnippetBody } from '../../src/shared/service.ts'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { demoRemote } from './harness/demoWorkspace.ts'
import { runCommand } from './harness/ownedProcess.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { meetCorrespondent, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

const text = '  get isBoiling(): boolean {\n    return this.#celsius >= 100\n  }'

describe('somebody who is sent code of a repository that they have a clone of', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  let conversation: ConversationId
  let file: string
  let original: string
  let commit: string
  before(async () => {
    world = await startWorld(['Alice'], { 'files.autoSave': 'off' })
    ;[alice] = world.people as [SeatedPerson]
    bob = await world.correspondent('Bob')
    file = path.join(alice.workspace, 'src', 'kettle.ts')
    original = await readFile(file, 'utf8')
    commit = (await git('rev-parse', 'HEAD')).trim()
    await setUp(alice.workbench, 'Alice')
    conversation = await meetCorrespondent(alice.workbench, bob)
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  const git = (...args: string[]): Promise<string> =>
    runCommand({
      command: 'git',
      args: ['-C', alice.workspace, '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args],
    })

  let count = 0
  /** Bob sends a snippet; its card among Alice's messages. */
  const send = async (part: Partial<SnippetBody> = {}): Promise<Locator> => {
    const body: SnippetBody = {
      kind: 'snippet',
      language: 'typescript',
      text,
      path: 'src/kettle.ts',
      lines: { first: 5, last: 7 },
      // In another spelling than the clone has it.
      git: { remote: 'ssh://git@example.org/kettle', commit },
      ...part,
    }
    await bob.request('message/send', { conversation, body })
    await bob.request('message/send', { conversation, body: { kind: 'text', text: `That was number ${++count}` } })
    const view = tincanView(alice.workbench)
    await view.message(`That was number ${count}`).waitFor()
    return view.log
      .getByRole('article')
      .filter({ has: alice.workbench.webview('sideBar').locator('.snippet') })
      .last()
  }
  const open = (card: Locator) => card.getByRole('button', { name: words('openInClone') }).click()
  const says = (card: Locator, sentence: RegExp | string) => card.getByText(sentence).waitFor()
  const editorHolds = (part: string) =>
    probe(`the text ${part}`, 20_000, async () =>
      (await alice.workbench.editorText()).includes(part) ? true : undefined,
    )
  const lineNumber = () => alice.workbench.statusBar.getByText(/^Ln \d+, Col \d+$/).innerText()
  const standsAt = (line: number) =>
    probe(`the cursor in line ${line}`, 20_000, async () =>
      (await lineNumber()) === `Ln ${line}, Col 1` ? true : undefined,
    )
  const closeEditors = () => alice.workbench.run('View: Close All Editors')

  test('opens the file and marks the lines where both have the same', async () => {
    const card = await send()
    await open(card)
    await says(card, 'Your file is the same here: lines 5–7.')
    await standsAt(5)
    await alice.workbench.page.locator('.rangeHighlight, [class*="ced-"]').first().waitFor({ state: 'attached' })
    await alice.workbench.picture('clone-same')
    await closeEditors()
  })

  test('finds lines that moved by what they hold', async () => {
    await writeFile(file, `// one\n// two\n// three\n${original}`)
    const card = await send()
    await open(card)
    await says(card, 'In your file this has moved to lines 8–10.')
    await standsAt(8)
    await closeEditors()
  })

  test('is told that the file differs, and compares and applies, with undo and nothing saved', async () => {
    const changed = original.replace('>= 100', '>= this.boilingPoint')
    await writeFile(file, changed)
    const card = await send()
    await open(card)
    await says(card, 'Your file differs in lines 5–7.')
    await alice.workbench.picture('clone-differs')
    await card.getByRole('button', { name: words('compareMine') }).click()
    await alice.workbench.page.getByRole('tab', { name: /kettle\.ts \(theirs ↔ yours\)/ }).waitFor()
    await alice.workbench.page
      .locator('.monaco-diff-editor .line-insert, .monaco-diff-editor .char-insert')
      .first()
      .waitFor({ state: 'attached' })
    await alice.workbench.picture('clone-compare')
    await closeEditors()
    await card.getByRole('button', { name: words('apply') }).click()
    await alice.workbench.notification('Replace lines 5–7 of src/kettle.ts?').waitFor()
    await alice.workbench.picture('clone-apply')
    await alice.workbench.answer('Replace lines 5–7', 'Apply')
    await says(card, /Applied to lines 5–7/)
    await editorHolds('return this.#celsius >= 100')
    assert.equal(await readFile(file, 'utf8'), changed, 'nothing is saved')
    await alice.workbench.page.locator('.editor-instance .view-line').first().click()
    await alice.workbench.page.keyboard.press('Control+z')
    await editorHolds('this.boilingPoint')
    await alice.workbench.run('File: Revert File')
    await closeEditors()
  })

  test('has what is not saved taken into account', async () => {
    await writeFile(file, original)
    await alice.workbench.openFile('kettle.ts')
    await alice.workbench.selectLines(6, 6)
    await alice.workbench.page.keyboard.type('    return steams()')
    const card = await send()
    await open(card)
    await says(card, 'Your file, with what is not saved in it, differs in lines 5–7.')
    await alice.workbench.run('File: Revert File')
    await closeEditors()
  })

  test('is asked once more before code that is not what it looks like is applied', async () => {
    await writeFile(file, original)
    const card = await send({ text: text.replace('100', '\u202e001') })
    await open(card)
    await says(card, /Your file differs/)
    await card.getByRole('button', { name: words('apply') }).click()
    await alice.workbench.answer('Replace lines 5–7', 'Apply')
    await alice.workbench.notification('This code is not what it looks like. Apply it nevertheless?').waitFor()
    await alice.workbench.notification(/Line \d: U\+202E turns the direction/).waitFor()
    await alice.workbench.picture('clone-apply-deceptive')
    await alice.workbench.page.keyboard.press('Escape')
    await alice.workbench.notification('This code is not what it looks like').waitFor({ state: 'hidden' })
    assert.doesNotMatch(await alice.workbench.editorText(), /\u202e/)
    await closeEditors()
  })

  test('finds a file that was renamed, as git tells it and by its content', async () => {
    await mkdir(path.join(alice.workspace, 'src', 'hot'))
    await git('mv', 'src/kettle.ts', 'src/hot/boiler.ts')
    await git('commit', '--quiet', '-m', 'Rename')
    const card = await send()
    await open(card)
    await says(card, /In your clone this file is now src\/hot\/boiler\.ts\. Your file is the same here: lines 5–7\./)
    await closeEditors()
    const other = await send({ git: { remote: demoRemote } })
    await open(other)
    await says(other, /now src\/hot\/boiler\.ts/)
    await closeEditors()
    await rename(path.join(alice.workspace, 'src', 'hot', 'boiler.ts'), file)
  })

  test('is not led through a symbolic link, out of the repository or into what is of git', async () => {
    await symlink(path.join(alice.workspace, '..'), path.join(alice.workspace, 'linked'))
    for (const hostile of ['linked/demo/src/kettle.ts', '.git/config']) {
      const card = await send({ path: hostile })
      await open(card)
      await says(card, /Not opened: its path leads out of the repository, or through a symbolic link/)
      await closeEditors()
    }
    await rm(path.join(alice.workspace, 'linked'))
  })

  test('reads code of a repository that is not open in a document of its language', async () => {
    const card = await send({ git: { remote: 'https://example.org/teapot.git' } })
    assert.equal(await card.getByRole('button', { name: words('openInClone') }).count(), 0)
    await card.getByRole('button', { name: words('open') }).click()
    await editorHolds('get isBoiling()')
    await alice.workbench.statusBar.getByText('TypeScript').waitFor()
    await standsAt(1)
    await closeEditors()
  })

  test('opens a place that a message names, and a link to a forge in the clone or in the browser', async () => {
    await bob.request('message/send', {
      conversation,
      body: { kind: 'text', text: 'Look at `src/brew.py:9` at 12:30, or https://example.org/ada/x/blob/main/a.ts#L3' },
    })
    const view = tincanView(alice.workbench)
    const message = view.message('Look at')
    await message.getByRole('button', { name: 'src/brew.py:9' }).click()
    await standsAt(9)
    await alice.workbench.picture('place-opened')
    await message.getByRole('link').click()
    await alice.workbench.notification('Open this link in your browser?').waitFor()
    await alice.workbench.page.keyboard.press('Escape')
    await closeEditors()
  })

  test('sees where lines are discussed, and goes to them', async () => {
    const { workbench } = alice
    await workbench.openFile('kettle.ts')
    await workbench.selectLines(1, 1)
    await workbench.page.keyboard.press('Home')
    const marks = workbench.page.locator(
      '.editor-instance .glyph-margin-widgets [class*="ced-"], .editor-instance .cgmr',
    )
    await marks.first().waitFor()
    await workbench.run('Tincan: Go to Next Discussed Line')
    await standsAt(5)
    await workbench.picture('discussed-lines')
    await closeEditors()
  })

  test('puts a command into a terminal only after a yes, and it does not run', async () => {
    const touched = path.join(alice.workspace, 'touched')
    const card = await send({
      language: 'shellscript',
      text: 'touch touched',
      path: 'run.sh',
      lines: { first: 1, last: 1 },
    })
    await card.getByRole('button', { name: words('terminal') }).click()
    const question = alice.workbench.notification('Put this into a new terminal?')
    await question.getByText('touch touched').waitFor()
    await alice.workbench.picture('terminal-asked')
    await alice.workbench.answer('Put this into a new terminal?', 'Put into Terminal')
    await alice.workbench.page.locator('.terminal-wrapper.active').waitFor()
    await probe('the command in the terminal', 20_000, async () => {
      await alice.workbench.run('Terminal: Select All')
      await alice.workbench.run('Terminal: Copy Selection')
      return (await alice.workbench.readClipboard()).includes('touch touched') ? true : undefined
    })
    await alice.workbench.picture('terminal-waits')
    await assert.rejects(readFile(touched), /ENOENT/)
    await alice.workbench.run('Terminal: Kill the Active Terminal Instance')
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
