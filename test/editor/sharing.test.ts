import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import type { MessageBody } from '../../src/shared/service.ts'
import { commandTitle } from './harness/commandTitle.ts'
import { demoRemote } from './harness/demoWorkspace.ts'
import { runCommand } from './harness/ownedProcess.ts'
import type { SeatedPerson } from './harness/person.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { explorerFile, Received, sharePreview, sourceControlRow } from './pages/sharing.ts'
import { meetCorrespondent, openTincan, setUp } from './pages/stories.ts'

const secret = 'Tr0ub4dor&3'

describe('somebody who shares what is in the editor', () => {
  let world: World
  let alice: SeatedPerson
  let received: Received
  const git = (...args: string[]): Promise<string> =>
    runCommand({ command: 'git', args: ['-C', alice.workspace, ...args] })
  const write = (name: string, text: string | Uint8Array): Promise<void> =>
    writeFile(path.join(alice.workspace, name), text)
  /** Applies a received patch to the last commit, and answers with the files as they are then. */
  const apply = async (patch: MessageBody | undefined, ...names: string[]): Promise<readonly string[]> => {
    assert.ok(patch?.kind === 'patch')
    const clone = path.join(world.folderOf('clone'), createHash('sha256').update(patch.text).digest('hex').slice(0, 8))
    await runCommand({ command: 'git', args: ['clone', '--quiet', alice.workspace, clone] })
    await writeFile(path.join(clone, 'shared.patch'), patch.text)
    await runCommand({ command: 'git', args: ['-C', clone, 'apply', '--whitespace=nowarn', 'shared.patch'] })
    return Promise.all(names.map((name) => runCommand({ command: 'git', args: ['-C', clone, 'diff', '--', name] })))
  }

  before(async () => {
    world = await startWorld(['Alice'])
    ;[alice] = world.people as [SeatedPerson]
    await setUp(alice.workbench, 'Alice')
    const bob = await world.correspondent('Bob')
    received = new Received(bob, await meetCorrespondent(alice.workbench, bob))
    await openTincan(alice.workbench)
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('shares a selection from the context menu, sees all that leaves, and sends it with one Enter', async () => {
    const { workbench } = alice
    await workbench.openFile('kettle.ts')
    await workbench.selectLines(5, 7)
    await workbench.contextMenu(/Share Selection/)
    const preview = await sharePreview(workbench, 'Share 3 lines of kettle.ts')
    const shown = await preview.text(/SHA-256/)
    await workbench.picture('share-preview')
    await preview.send()
    const [body] = await received.next()
    assert.ok(body?.kind === 'snippet')
    const { hash, git: origin, text } = body
    assert.equal(body.path, 'src/kettle.ts')
    assert.deepEqual(body.lines, { first: 5, last: 7 })
    assert.equal(origin?.remote, demoRemote)
    assert.equal(origin.branch, 'main')
    assert.equal(hash, createHash('sha256').update(text).digest('hex'))
    for (const word of [...text.split('\n'), 'src/kettle.ts', demoRemote, 'main', hash, origin.commit ?? '-'])
      assert.ok(shown.includes(word), word)
    assert.ok(!JSON.stringify(body).includes(path.dirname(alice.workspace)))
  })

  test('adds the lines around it where that is wanted, and the preview shows them', async () => {
    const { workbench } = alice
    await workbench.openFile('kettle.ts')
    await workbench.selectLines(5, 5)
    await workbench.run(commandTitle('tincan.shareSelection'))
    const preview = await sharePreview(workbench, '1 line of kettle.ts')
    await workbench.quickInput.getByRole('button', { name: 'Add the Lines around It' }).click()
    await workbench.quickInput.getByRole('button', { name: 'Leave the Lines around It out' }).waitFor()
    await preview.text(/What stands before it:/)
    await workbench.quickInput.locator('input[type="text"]').first().focus()
    await preview.send()
    const [body] = await received.next()
    assert.ok(body?.kind === 'snippet')
    assert.match(body.context?.before ?? '', /#celsius = 20/)
    assert.match(body.context?.after ?? '', /return this/)
  })

  test('shares nothing that was looked at and not wanted, and the editor is as it was', async () => {
    const { workbench } = alice
    await workbench.openFile('kettle.ts')
    await workbench.selectLines(1, 2)
    await workbench.run(commandTitle('tincan.shareSelection'))
    await (await sharePreview(workbench, '2 lines of kettle.ts')).cancel()
    await workbench.page.getByRole('tab', { name: 'kettle.ts', selected: true }).first().waitFor()
    assert.ok(await received.isQuiet())
  })

  test('shares a file from the explorer, and several at once', async () => {
    const { workbench } = alice
    const brew = await explorerFile(workbench, 'brew.py')
    await workbench.rowMenu(brew, /Share File/)
    await (await sharePreview(workbench, 'Share brew.py')).send()
    const [body] = await received.next()
    assert.ok(body?.kind === 'snippet' && body.path === 'src/brew.py' && body.language === 'python')
    assert.match(body.text, /^from dataclasses[^]*minutes\n$/)

    await (await explorerFile(workbench, 'brew.py')).click()
    const readme = await explorerFile(workbench, 'README.md')
    await readme.click({ modifiers: ['ControlOrMeta'] })
    await workbench.rowMenu(readme, /Share File/)
    await (await sharePreview(workbench, 'Share 2 files')).send()
    const paths = (await received.next(2)).map((each) => each.kind === 'snippet' && each.path)
    assert.deepEqual(paths.sort(), ['README.md', 'src/brew.py'])
  })

  test('shares what changed in a file as a patch that applies', async () => {
    const { workbench } = alice
    await write('src/brew.py', '"""Tea."""\nfrom dataclasses import dataclass\n')
    const brew = await explorerFile(workbench, 'brew.py')
    await workbench.rowMenu(brew, /Share Changes/)
    const preview = await sharePreview(workbench, 'Share the changes of brew.py')
    await preview.text(/\+"""Tea\."""/)
    await workbench.picture('share-preview-patch')
    await preview.send()
    const [diff] = await apply((await received.next())[0], 'src/brew.py')
    assert.match(diff ?? '', /\+"""Tea\."""/)
  })

  test('shares what is staged from the source control view, and not what is not', async () => {
    const { workbench } = alice
    await write('src/steam.ts', 'export const steam = 100\n')
    await git('add', 'src/steam.ts')
    const row = await sourceControlRow(workbench, /^Staged Changes/)
    await workbench.rowMenu(row, /Share Staged Changes/)
    await (await sharePreview(workbench, /staged changes/)).send()
    const [patch] = await received.next()
    assert.ok(patch?.kind === 'patch')
    assert.doesNotMatch(patch.text, /brew/)
    assert.match(patch.text, /^diff --git a\/src\/steam\.ts b\/src\/steam\.ts\nnew file mode/)
    await apply(patch)
  })

  test('shares a commit that was picked, with its title', async () => {
    const { workbench } = alice
    await git('-c', 'user.name=Alice', '-c', 'user.email=a@example.org', 'commit', '--quiet', '-m', 'Make steam')
    await workbench.run(commandTitle('tincan.shareCommit'))
    await workbench.pick('Make steam')
    await (await sharePreview(workbench, /Share commit [0-9a-f]{8}/)).send()
    const [patch] = await received.next()
    assert.ok(patch?.kind === 'patch')
    assert.equal(patch.title, 'Make steam')
    assert.equal(patch.git?.commit, (await git('rev-parse', 'HEAD')).trim())
    assert.match(patch.text, /\+export const steam = 100/)
    assert.doesNotMatch(patch.text, /example\.org>/)
  })

  test('is told in one sentence why there is nothing to share', async () => {
    const { workbench } = alice
    const refusal = async (command: string, sentence: RegExp): Promise<void> => {
      await workbench.run(commandTitle(command))
      await workbench.notification(sentence).waitFor()
      await workbench.dismissNotifications()
    }
    await workbench.openFile('README.md')
    await refusal('tincan.shareSelection', /Select some code first/)
    await refusal('tincan.shareChanges', /Nothing has changed in README\.md since the last commit/)
    await refusal('tincan.shareStaged', /Nothing is staged in demo/)
    await refusal('tincan.shareProblem', /README\.md has no problems/)
    await refusal('tincan.shareTerminal', /Select some text in the terminal first/)
    await refusal('tincan.shareCallStack', /Pause a program in the debugger first/)
    await write('new.txt', 'new\n')
    await write('long.txt', 'too long for a message\n'.repeat(2000))
    await write('picture.bin', new Uint8Array([0, 1, 2, 3]))
    const fromExplorer = async (name: string, entry: RegExp, sentence: RegExp): Promise<void> => {
      await workbench.rowMenu(await explorerFile(workbench, name), entry)
      await workbench.notification(sentence).waitFor()
      await workbench.dismissNotifications()
    }
    await fromExplorer('new.txt', /Share Changes/, /new\.txt is not in Git yet/)
    await fromExplorer('long.txt', /Share File/, /long\.txt is too long: 45 KiB/)
    await fromExplorer('picture.bin', /Share File/, /picture\.bin is not a text file/)
    assert.ok(await received.isQuiet())
  })

  test('is asked about a secret in a patch, and the redacted patch is still one', async () => {
    const { workbench } = alice
    await appendFile(path.join(alice.workspace, 'src', 'kettle.ts'), `const password = '${secret}'\n`)
    await workbench.rowMenu(await explorerFile(workbench, 'kettle.ts'), /Share Changes/)
    await sharePreview(workbench, 'Share the changes of kettle.ts')
    await workbench.page.locator('.editor-instance .view-overlays .cdr').first().waitFor()
    await workbench.picture('share-preview-secret')
    await workbench.page.keyboard.press('Enter')
    await workbench.notification('This looks like it holds a password or key').waitFor()
    await workbench.picture('share-secret')
    await workbench.answer('This looks like it holds a password or key', 'Redact and Send')
    const [patch] = await received.next()
    assert.ok(patch?.kind === 'patch')
    assert.match(patch.text, /\+const password = 'xxxxxxxxx&x'/)
    assert.match((await apply(patch, 'src/kettle.ts'))[0] ?? '', /xxxxxxxxx&x/)
  })

  test('shares a commit of a file from its timeline', async () => {
    const { workbench } = alice
    await (await explorerFile(workbench, 'kettle.ts')).click()
    const timeline = workbench.sideBar.getByRole('button', { name: 'Timeline Section' })
    if ((await timeline.getAttribute('aria-expanded')) !== 'true') await timeline.click()
    const entry = workbench.sideBar.getByRole('treeitem', { name: /Boil water/ }).first()
    await workbench.rowMenu(entry, /Share a Commit/)
    await workbench.pick('Boil water')
    await (await sharePreview(workbench, /Share commit/)).send()
    const [patch] = await received.next()
    assert.ok(patch?.kind === 'patch' && patch.title === 'Boil water')
  })

  test('is told what is missing in a new repository, and in a folder without one', async () => {
    const { workbench, server } = alice
    const refusal = async (command: string, sentence: RegExp): Promise<void> => {
      await workbench.run(commandTitle(command))
      await workbench.notification(sentence).waitFor()
      await workbench.dismissNotifications()
    }
    const [fresh, plain] = [path.join(world.folderOf('Alice'), 'fresh'), path.join(world.folderOf('Alice'), 'plain')]
    for (const folder of [fresh, plain]) {
      await mkdir(folder)
      await writeFile(path.join(folder, 'first.txt'), 'first\n')
    }
    await runCommand({ command: 'git', args: ['-C', fresh, 'init', '--quiet', '--initial-branch=main'] })
    await runCommand({ command: 'git', args: ['-C', fresh, 'add', '.'] })
    await workbench.page.goto(server.url(fresh))
    await workbench.openFile('first.txt')
    await workbench.statusBar.getByText('main').first().waitFor()
    await refusal('tincan.shareChanges', /There is no commit yet to compare first\.txt with/)
    await refusal('tincan.shareCommit', /There is no commit yet that could be shared/)
    await workbench.run(commandTitle('tincan.shareStaged'))
    await (await sharePreview(workbench, 'Share the staged changes of fresh')).cancel()

    await workbench.page.goto(server.url(plain))
    await workbench.openFile('first.txt')
    await refusal('tincan.shareChanges', /No Git repository is open here/)
    await refusal('tincan.shareStaged', /No Git repository is open here/)
    await refusal('tincan.shareCommit', /No Git repository is open here/)
    assert.ok(await received.isQuiet())
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
