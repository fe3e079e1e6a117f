import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Locator } from 'playwright-core'
import type { PatchResultBody } from '../../src/shared/code.ts'
import type { ConversationId, MessageId } from '../../src/shared/ids.ts'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { createDemoWorkspace, demoRemote } from './harness/demoWorkspace.ts'
import { runCommand } from './harness/ownedProcess.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { meetCorrespondent, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

describe('somebody who is sent patches for a repository that both have', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  let conversation: ConversationId
  /** Bob's clone. */
  let clone: string
  before(async () => {
    // In a browser the editor saves by itself after a second, unless told otherwise.
    world = await startWorld(['Alice'], { 'files.autoSave': 'off' })
    ;[alice] = world.people as [SeatedPerson]
    bob = await world.correspondent('Bob')
    clone = path.join(world.folderOf('Bob'), 'demo')
    await createDemoWorkspace(clone, 'Bob')
    await setUp(alice.workbench, 'Alice')
    conversation = await meetCorrespondent(alice.workbench, bob)
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  const git = (...args: readonly string[]): Promise<string> =>
    runCommand({
      command: 'git',
      args: ['-C', clone, '-c', 'user.name=Bob', '-c', 'user.email=bob@example.org', ...args],
    })
  const change = (name: string, text: string): Promise<void> => writeFile(path.join(clone, name), text)
  const readClone = (name: string): Promise<string> => readFile(path.join(clone, name), 'utf8')
  const mine = (name: string): string => path.join(alice.workspace, name)
  const read = (name: string): Promise<string> => readFile(mine(name), 'utf8')
  /** What Bob has changed, as one commit in the form of a patch; his clone is as before afterwards. */
  const commitOf = async (message: string): Promise<string> => {
    await git('add', '-A')
    await git('-c', 'commit.gpgSign=false', 'commit', '-q', '-m', message)
    const text = await git('format-patch', '-1', '--stdout', '--find-renames')
    await git('reset', '-q', '--hard', 'HEAD~1')
    return text
  }
  const send = async (text: string, title: string, remote: string | undefined = demoRemote): Promise<MessageId> => {
    const commit = (await git('rev-parse', 'HEAD')).trim()
    const git_ = { ...(remote === '' ? {} : { remote }), commit, branch: 'main' }
    const body = { kind: 'patch' as const, text, title, git: git_ }
    return (await bob.request('message/send', { conversation, body })).id
  }
  const card = (title: string): Locator =>
    tincanView(alice.workbench).frame.getByRole('group', { name: `Patch: ${title}` })
  const press = (title: string, button: string): Promise<void> =>
    card(title).getByRole('button', { name: button, exact: true }).click()
  /** Presses Apply until a question is there: what is told of the patch meanwhile moves the button away from under the pointer. */
  const applyUntilAsked = (title: string, question: string): Promise<boolean> =>
    probe(`the question “${question}”`, 60_000, async () => {
      const button = card(title).getByRole('button', { name: words('patchApply'), exact: true })
      await button.click({ timeout: 4_000 })
      await alice.workbench.notification(question).waitFor({ timeout: 8_000 })
      return true
    })
  /** What Bob hears of a patch. */
  const heard = async (patch: MessageId): Promise<Pick<PatchResultBody, 'outcome' | 'hunks'>> =>
    bob.until('what became of it', async () => {
      const message = await bob.request('message/get', { conversation, message: patch })
      const [result] = message?.results ?? []
      return result && { outcome: result.outcome, ...(result.hunks && { hunks: result.hunks }) }
    })
  const inFile = (name: string, isThere: (text: string) => boolean): Promise<true> =>
    probe(`the change in ${name}`, 30_000, async () =>
      existsSync(mine(name)) && isThere(await read(name)) ? true : undefined,
    )
  const gone = (name: string): Promise<true> =>
    probe(`${name} gone`, 30_000, () => Promise.resolve(existsSync(mine(name)) ? undefined : true))

  test('look at it, and apply a commit that changes, renames, makes and removes files', async () => {
    const { workbench } = alice
    await change('src/kettle.ts', (await readClone('src/kettle.ts')).replace('#celsius = 20', '#celsius = 18'))
    await git('mv', 'src/brew.py', 'src/brew tea.py')
    await change('src/brew tea.py', (await readClone('src/brew tea.py')).replace('minutes: float', 'minutes: int'))
    await git('rm', '-q', 'README.md')
    await change('src/café.ts', 'export const café = true')
    await change('src/windows.txt', 'one\r\ntwo\r\n')
    const id = await send(await commitOf('Cool it down'), 'Cool it down')
    const view = card('Cool it down')
    await view.getByText('5 files').waitFor()
    await view.getByRole('button', { name: /kettle\.ts.*1 lines added/ }).click()
    await view.getByText('#celsius = 18').waitFor()
    await workbench.picture('patch-received')

    await press('Cool it down', words('patchView'))
    await workbench.page.getByRole('tab', { name: /Cool it down/ }).waitFor()
    await workbench.page.locator('.multiDiffEntry, .multi-diff-root').first().waitFor()
    await workbench.picture('patch-changes')
    await press('Cool it down', words('patchViewFile', 'kettle.ts'))
    await workbench.page.getByRole('tab', { name: /kettle\.ts \(as it is ↔ with the patch\)/ }).waitFor()
    await workbench.picture('patch-file-changes')
    assert.match(await read('src/kettle.ts'), /#celsius = 20/, 'looking changes nothing')
    await workbench.run('View: Close All Editors')

    await press('Cool it down', words('patchApply'))
    await inFile('src/kettle.ts', (text) => text.includes('#celsius = 18'))
    assert.deepEqual(await heard(id), { outcome: 'applied', hunks: { applied: 5, of: 5 } })
    assert.match(await read('src/brew tea.py'), /minutes: int/)
    assert.equal(await read('src/café.ts'), 'export const café = true')
    assert.equal(await read('src/windows.txt'), 'one\r\ntwo\r\n')
    await gone('README.md')
    await gone('src/brew.py')
    await view.getByText(/applied it/).waitFor()
    await workbench.picture('patch-applied')
  })

  test('take all of it back in one step', async () => {
    const { workbench } = alice
    await workbench.openFile('kettle.ts')
    await workbench.page.locator('.editor-instance').first().click()
    await workbench.page.keyboard.press('Control+z')
    await inFile('README.md', (text) => text.includes('when it is done'))
    await gone('src/brew tea.py')
    await gone('src/café.ts')
    await gone('src/windows.txt')
    // What is undone inside of a file, a moment after the files themselves, is for its user to save.
    await probe('what was undone, saved', 30_000, async () => {
      await workbench.run('File: Save All')
      const isUndone = (await read('src/brew.py')).includes('minutes: float')
      return isUndone && (await read('src/kettle.ts')).includes('#celsius = 20') ? true : undefined
    })
    await workbench.run('View: Close All Editors')
  })

  test('apply to lines that moved, in a file with unsaved changes, which stay unsaved', async () => {
    const { workbench } = alice
    await change(
      'src/kettle.ts',
      (await readClone('src/kettle.ts')).replace('joules / (4_186 * litres)', 'joules / (4_190 * litres)'),
    )
    const id = await send(await commitOf('Be exact'), 'Be exact')
    const before = await read('src/kettle.ts')
    await workbench.openFile('kettle.ts')
    await workbench.page.locator('.editor-instance').first().click()
    await workbench.page.keyboard.press('Control+Home')
    await workbench.page.keyboard.type('let mine = 1\nlet more = 2\n')
    await press('Be exact', words('patchApply'))
    await card('Be exact')
      .getByText(/applied it/)
      .waitFor()
    await card('Be exact').getByText(words('patchDoneAt', 10)).waitFor()
    assert.deepEqual(await heard(id), { outcome: 'applied', hunks: { applied: 1, of: 1 } })
    assert.equal(await read('src/kettle.ts'), before, 'what the user did not save is not saved')
    await workbench.run('File: Save All')
    await inFile('src/kettle.ts', (text) => text.startsWith('let mine = 1\nlet more = 2\n') && text.includes('4_190'))
    await workbench.run('View: Close All Editors')
  })

  test('apply what fits of a patch, are told what does not, and the sender hears of both', async () => {
    const { workbench } = alice
    await change(
      'src/kettle.ts',
      (await readClone('src/kettle.ts')).replace('says when its water', 'tells when its water'),
    )
    await change('src/brew.py', (await readClone('src/brew.py')).replace('minutes: float', 'minutes: int'))
    await writeFile(mine('src/brew.py'), 'print("mine")\n')
    const id = await send(await commitOf('Name it'), 'Name it')
    await press('Name it', words('patchApply'))
    await workbench.notification('Only 1 of 2 changes fit').waitFor()
    await workbench.picture('patch-question')
    await workbench.answer('Only 1 of 2 changes fit', 'Apply What Fits')
    await inFile('src/kettle.ts', (text) => text.includes('tells when its water'))
    assert.deepEqual(await heard(id), { outcome: 'partly-applied', hunks: { applied: 1, of: 2 } })
    await card('Name it').getByText(words('patchNoMatch')).waitFor()
    await card('Name it')
      .getByText(/applied 1 of 2 changes/)
      .waitFor()
    await workbench.picture('patch-partly')
    assert.equal(await read('src/brew.py'), 'print("mine")\n')
  })

  test('decline, and the sender hears of it', async () => {
    await change('src/kettle.ts', '// nothing left\n')
    const id = await send(await commitOf('Throw it away'), 'Throw it away')
    await press('Throw it away', words('patchDecline'))
    assert.deepEqual(await heard(id), { outcome: 'declined' })
    await card('Throw it away')
      .getByText(/declined it/)
      .waitFor()
  })

  test('are never made to change settings, modes, links or what lies behind one, nor another repository', async () => {
    const { workbench } = alice
    const outside = path.join(world.folderOf('Alice'), 'outside')
    await mkdir(outside)
    await symlink(outside, mine('linked'))
    const made = (name: string): string =>
      `diff --git a/${name} b/${name}\nnew file mode 100644\n--- /dev/null\n+++ b/${name}\n@@ -0,0 +1 @@\n+x\n`
    const link =
      'diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+/etc/passwd\n\\ No newline at end of file\n'
    const mode = 'diff --git a/src/kettle.ts b/src/kettle.ts\nold mode 100644\nnew mode 100755\n'
    const paths = [
      '.vscode/settings.json',
      '.git/hooks/post-checkout',
      '../escaped',
      '/tmp/tincan-escaped',
      'linked/escaped',
    ]
    const text = [...paths.map(made), link, mode].join('')
    await send(text, 'Trust me')
    await press('Trust me', words('patchApply'))
    await workbench.notification('Nothing of this patch can be applied here').waitFor()
    const shown = await card('Trust me').innerText()
    for (const why of ['patchNotProtected', 'patchNotOutside', 'patchNotLink', 'patchNotMode'] as const)
      assert.ok(shown.includes(words(why)), why)
    await workbench.picture('patch-refused')
    for (const name of paths) assert.equal(existsSync(path.resolve(alice.workspace, name)), false, name)
    assert.equal(existsSync(path.join(outside, 'escaped')), false)
    await workbench.dismissNotifications()

    await send(made('elsewhere.txt'), 'Elsewhere', 'https://example.org/other.git')
    await press('Elsewhere', words('patchApply'))
    await workbench.notification('No open folder is a clone of').waitFor()
    assert.equal(existsSync(mine('elsewhere.txt')), false)
    await workbench.dismissNotifications()
  })

  test('are asked once more before what deceives goes into a file', async () => {
    const { workbench } = alice
    const text = '--- /dev/null\n+++ b/src/admin.py\n@@ -0,0 +1 @@\n+is_\u0430dmin = True  # \u202e }\n'
    await send(text, 'Looks fine')
    await card('Looks fine').getByText(words('deceptive')).waitFor()
    await applyUntilAsked('Looks fine', 'is not what it looks like')
    await workbench.notification('admin.py, line 1: “is_\u0430dmin” mixes Latin letters').waitFor()
    await workbench.picture('patch-deceptive')
    await workbench.page.keyboard.press('Escape')
    await card('Looks fine').getByText(words('patchFits')).waitFor()
    await applyUntilAsked('Looks fine', 'is not what it looks like')
    await workbench.answer('is not what it looks like', 'Apply Anyway')
    await inFile('src/admin.py', (written) => written.includes('is_\u0430dmin'))
  })

  test('see the card without a barrier in every theme', async () => {
    await change(
      'src/brew.py',
      (await readClone('src/brew.py')).replace('minutes: float', 'minutes: int  # whole ones'),
    )
    await send(await commitOf('Whole minutes only'), 'Whole minutes only')
    await card('Whole minutes only').getByText('# whole ones').waitFor()
    await showInEveryTheme(alice.workbench, 'patch')
  })

  test('have seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
