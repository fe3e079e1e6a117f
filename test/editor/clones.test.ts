import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Locator } from 'playwright-core'
import { commandTitle } from './harness/commandTitle.ts'
import { runCommand } from './harness/ownedProcess.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { explorerFile, sharePreview, sourceControlRow } from './pages/sharing.ts'
import { becomeContacts, openTincan, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

describe('two people with an editor and a clone each', () => {
  let world: World
  let alice: SeatedPerson
  let bob: SeatedPerson
  const git = (person: SeatedPerson, ...args: string[]): Promise<string> => {
    const author = ['-c', `user.name=${person.name}`, '-c', `user.email=${person.name}@example.org`]
    const all = ['-C', person.workspace, ...author, '-c', 'commit.gpgSign=false', ...args]
    return runCommand({ command: 'git', args: all })
  }
  const file = (person: SeatedPerson, name: string): string => path.join(person.workspace, name)
  const read = (person: SeatedPerson, name: string): Promise<string> => readFile(file(person, name), 'utf8')
  const write = (person: SeatedPerson, name: string, content: string | Uint8Array): Promise<void> =>
    writeFile(file(person, name), content)
  /** Both have what Alice committed last, and nothing else. */
  const agree = async (): Promise<void> => {
    await git(alice, 'reset', '--quiet', '--hard')
    await git(bob, 'fetch', '--quiet', alice.workspace, 'HEAD')
    await git(bob, 'reset', '--quiet', '--hard', 'FETCH_HEAD')
    for (const { workbench } of [alice, bob]) await workbench.run('View: Close All Editors')
  }

  before(async () => {
    world = await startWorld(['Alice', 'Bob'], { 'files.autoSave': 'off' })
    ;[alice, bob] = world.people as [SeatedPerson, SeatedPerson]
    await Promise.all([setUp(alice.workbench, 'Alice'), setUp(bob.workbench, 'Bob')])
    await becomeContacts(alice.workbench, bob.workbench)
    await agree()
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  let count = 0
  /** Alice shares lines 5 to 7 of the kettle from the editor's menu. Answers the card that Bob sees. */
  const share = async (): Promise<Locator> => {
    await openTincan(alice.workbench)
    await alice.workbench.openFile('kettle.ts')
    await alice.workbench.selectLines(5, 7)
    await alice.workbench.contextMenu(/Share Selection/)
    await (await sharePreview(alice.workbench, 'Share 3 lines of kettle.ts')).send()
    return cardBehind('.snippet')
  }
  /** The card that came last, once a word that Alice sends behind it is there. */
  const cardBehind = async (kind: string): Promise<Locator> => {
    count += 1
    await tincanView(alice.workbench).send(`That was number ${count}`)
    await openTincan(bob.workbench)
    const view = tincanView(bob.workbench)
    await view.message(`That was number ${count}`).waitFor()
    const cards = view.log.getByRole('article').filter({ has: bob.workbench.webview('sideBar').locator(kind) })
    return cards.last()
  }
  const open = async (card: Locator, sentence: RegExp | string): Promise<void> => {
    await card.getByRole('button', { name: words('openInClone') }).click()
    await card.getByText(sentence).waitFor()
  }
  const standsAt = (line: number): Promise<true> =>
    probe(`Bob's cursor in line ${line}`, 20_000, async () => {
      const shown = await bob.workbench.statusBar.getByText(/^Ln \d+, Col \d+$/).innerText()
      return shown === `Ln ${line}, Col 1` ? true : undefined
    })
  const inFile = (person: SeatedPerson, name: string, isThere: (text: string) => boolean): Promise<true> =>
    probe(`the change in ${name}`, 30_000, async () =>
      existsSync(file(person, name)) && isThere(await read(person, name)) ? true : undefined,
    )
  /** What Alice's own card says once Bob did something with it. */
  const aliceHears = async (title: string, sentence: RegExp): Promise<void> => {
    const mine = tincanView(alice.workbench).frame.getByRole('group', { name: `Patch: ${title}` })
    await mine.getByText(sentence).waitFor()
  }
  const theirs = (title: string): Locator =>
    tincanView(bob.workbench).frame.getByRole('group', { name: `Patch: ${title}` })
  const press = (title: string, button: string): Promise<void> =>
    theirs(title).getByRole('button', { name: button, exact: true }).click()
  /** Alice commits what she changed, and shares the commit. */
  const shareCommit = async (title: string): Promise<void> => {
    await git(alice, 'add', '--all')
    await git(alice, 'commit', '--quiet', '-m', title)
    await openTincan(alice.workbench)
    await alice.workbench.run(commandTitle('tincan.shareCommit'))
    await alice.workbench.pick(title)
    await (await sharePreview(alice.workbench, /Share commit [0-9a-f]{8}/)).send()
    await theirs(title).waitFor()
  }

  test('are at the same commit: the lines are marked where both have them', async () => {
    const card = await share()
    const commit = (await git(bob, 'rev-parse', '--short=8', 'HEAD')).trim()
    await card.getByText(commit).waitFor()
    await open(card, 'Your file is the same here: lines 5–7.')
    await standsAt(5)
    await bob.workbench.picture('clones-same')
  })

  test('find lines that moved in the clone of the other, and lines that changed', async () => {
    await write(bob, 'src/kettle.ts', `// one\n// two\n// three\n${await read(alice, 'src/kettle.ts')}`)
    await open(await share(), 'In your file this has moved to lines 8–10.')
    await standsAt(8)
    const changed = (await read(alice, 'src/kettle.ts')).replace('>= 100', '>= this.boilingPoint')
    await write(bob, 'src/kettle.ts', changed)
    const card = await share()
    await open(card, 'Your file differs in lines 5–7.')
    await card.getByRole('button', { name: words('apply') }).click()
    await bob.workbench.answer('Replace lines 5–7 of src/kettle.ts?', 'Apply')
    await card.getByText(/Applied to lines 5–7/).waitFor()
    assert.equal(await read(bob, 'src/kettle.ts'), changed, 'nothing is saved')
    await bob.workbench.run('File: Revert File')
    await agree()
  })

  test('count what is not saved, and find a file that the other renamed', async () => {
    await bob.workbench.openFile('kettle.ts')
    await bob.workbench.selectLines(6, 6)
    await bob.workbench.page.keyboard.type('    return steams()')
    await open(await share(), 'Your file, with what is not saved in it, differs in lines 5–7.')
    await bob.workbench.run('File: Revert File')
    await bob.workbench.run('View: Close All Editors')
    await mkdir(file(bob, 'src/hot'))
    await git(bob, 'mv', 'src/kettle.ts', 'src/hot/boiler.ts')
    await git(bob, 'commit', '--quiet', '-m', 'Rename')
    await open(
      await share(),
      /In your clone this file is now src\/hot\/boiler\.ts\. Your file is the same here: lines 5–7\./,
    )
    await standsAt(5)
    await agree()
  })

  test('apply what the other changed in a file, and who sent it sees that', async () => {
    await write(alice, 'src/kettle.ts', (await read(alice, 'src/kettle.ts')).replace('#celsius = 20', '#celsius = 18'))
    await alice.workbench.openFile('kettle.ts')
    await alice.workbench.rowMenu(await explorerFile(alice.workbench, 'kettle.ts'), /Share Changes/)
    await (await sharePreview(alice.workbench, 'Share the changes of kettle.ts')).send()
    const card = await cardBehind('.patch')
    await card.getByText('#celsius = 18').waitFor()
    await card.getByRole('button', { name: words('patchApply'), exact: true }).click()
    await inFile(bob, 'src/kettle.ts', (text) => text.includes('#celsius = 18'))
    const mine = tincanView(alice.workbench)
      .log.getByRole('article')
      .filter({ has: alice.workbench.webview('sideBar').locator('.patch') })
      .last()
    await mine.getByText(/Bob.* applied it/).waitFor()
    await alice.workbench.picture('clones-applied-sender')
    await bob.workbench.picture('clones-applied-receiver')
    await agree()
  })

  test('apply a commit in part; the card says why the rest does not fit, also after a reload of the window', async () => {
    await write(alice, 'src/kettle.ts', (await read(alice, 'src/kettle.ts')).replace('says when', 'tells when'))
    await write(alice, 'src/brew.py', (await read(alice, 'src/brew.py')).replace('minutes: float', 'minutes: int'))
    await write(bob, 'src/brew.py', 'print("mine")\n')
    await shareCommit('Say it better')
    await press('Say it better', words('patchApply'))
    await bob.workbench.answer('Only 1 of 2 changes fit', 'Apply What Fits')
    await inFile(bob, 'src/kettle.ts', (text) => text.includes('tells when'))
    assert.equal(await read(bob, 'src/brew.py'), 'print("mine")\n')
    await aliceHears('Say it better', /Bob.* applied .*1.* of .*2.* changes/)
    await theirs('Say it better').getByText(words('patchNoMatch')).waitFor()
    await press('Say it better', words('patchView'))
    await bob.workbench.page.getByText('tells when').first().waitFor()
    await bob.workbench.reload()
    // The tab is there before Tincan is, and asks for it.
    await bob.workbench.page.getByText('This patch was opened earlier').first().waitFor()
    await openTincan(bob.workbench)
    await theirs('Say it better').getByText(words('patchNoMatch')).waitFor()
    await bob.workbench.picture('clones-partly-reloaded')
    await alice.workbench.picture('clones-partly-sender')
    await git(alice, 'reset', '--quiet', '--hard', 'HEAD~1')
    await agree()
  })

  test('decline a commit, and who sent it sees that', async () => {
    await write(alice, 'README.md', '# Nothing\n')
    await shareCommit('Say nothing')
    await press('Say nothing', words('patchDecline'))
    await aliceHears('Say nothing', /Bob.* declined it/)
    await alice.workbench.picture('clones-declined-sender')
    await git(alice, 'reset', '--quiet', '--hard', 'HEAD~1')
    await agree()
  })

  test('apply small files that are no text together with code, and take all of it back in one step', async () => {
    const [old, now, fresh] = [randomBytes(900), randomBytes(900), randomBytes(300)].map((bytes) => bytes.fill(0, 0, 4))
    assert.ok(old !== undefined && now !== undefined && fresh !== undefined)
    await write(alice, 'kettle.png', old)
    await git(alice, 'add', '--all')
    await git(alice, 'commit', '--quiet', '-m', 'Show it')
    await agree()
    await write(alice, 'kettle.png', now)
    await write(alice, 'cup.png', fresh)
    await write(alice, 'src/brew.py', (await read(alice, 'src/brew.py')).replace('minutes: float', 'minutes: int'))
    await git(alice, 'add', '--all')
    const row = await sourceControlRow(alice.workbench, /^Staged Changes/)
    await alice.workbench.rowMenu(row, /Share Staged Changes/)
    await (await sharePreview(alice.workbench, /staged changes/)).send()
    const card = await cardBehind('.patch')
    await card.getByText(words('patchBinary')).first().waitFor()
    await bob.workbench.picture('clones-binary')
    await card.getByRole('button', { name: words('patchView'), exact: true }).click()
    await bob.workbench.page.getByText('Binary: 900 bytes').first().waitFor()
    await bob.workbench.picture('clones-binary-view')
    await bob.workbench.run('View: Close All Editors')
    await card.getByRole('button', { name: words('patchApply'), exact: true }).click()
    const holds = (name: string, content: Uint8Array | undefined): Promise<true> =>
      probe(`${name} as it should be`, 30_000, async () => {
        if (!existsSync(file(bob, name))) return content === undefined ? true : undefined
        return content !== undefined && (await readFile(file(bob, name))).equals(content) ? true : undefined
      })
    await holds('kettle.png', now)
    await holds('cup.png', fresh)
    await card.getByText(/applied it/).waitFor()
    await inFile(bob, 'src/brew.py', (text) => text.includes('minutes: int'))
    await bob.workbench.openFile('brew.py')
    await bob.workbench.page.locator('.editor-instance').first().click()
    await bob.workbench.page.keyboard.press('Control+z')
    await holds('cup.png', undefined)
    await holds('kettle.png', old)
    await agree()
  })

  test('find code in a folder that is not trusted, and have nothing of it applied there', async () => {
    const { workbench } = bob
    await bob.server.writeSettings({
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    })
    // The editor asks for a restart: the page is loaded anew instead.
    await workbench.reopen()
    await workbench.statusBar.getByText('Restricted Mode').waitFor()
    const changed = (await read(alice, 'src/kettle.ts')).replace('>= 100', '>= this.boilingPoint')
    await write(bob, 'src/kettle.ts', changed)
    const card = await share()
    await open(card, 'Your file differs in lines 5–7.')
    await card.getByRole('button', { name: words('apply') }).click()
    await card.getByText('Nothing is applied in a workspace that you have not marked as trusted.').waitFor()
    await write(alice, 'README.md', '# Trust me\n')
    await shareCommit('Trust me')
    await press('Trust me', words('patchApply'))
    await workbench.notification('only in a folder that you trust').waitFor()
    await workbench.dismissNotifications()
    assert.equal(await read(bob, 'src/kettle.ts'), changed)
    assert.match(await read(bob, 'README.md'), /^# Kettle/)
  })

  test('read code of a repository that the other has no clone of', async () => {
    await git(alice, 'remote', 'set-url', 'origin', 'https://example.org/teapot.git')
    await alice.workbench.reload()
    const card = await share()
    await card.getByText('example.org/teapot').waitFor()
    assert.equal(await card.getByRole('button', { name: words('openInClone') }).count(), 0)
    await card.getByRole('button', { name: words('open') }).click()
    await probe('the snippet in an editor of its own', 30_000, async () =>
      (await bob.workbench.editorText()).startsWith('  get isBoiling()') ? true : undefined,
    )
  })

  test('have seen no error and no breach of the content security policy', () => {
    for (const { browser } of [alice, bob]) assert.deepEqual(browser.complaints, [])
  })
})
