import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { demoRemote } from './harness/demoWorkspace.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { meetCorrespondent, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { arrived, words } from './pages/words.ts'

describe('somebody in a folder that is not trusted', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  before(async () => {
    world = await startWorld(['Alice'], {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    })
    ;[alice] = world.people as [SeatedPerson]
    bob = await world.correspondent('Bob')
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('sets up Tincan, meets somebody, and chats', async () => {
    const { workbench } = alice
    await workbench.statusBar.getByText('Restricted Mode').waitFor()
    await setUp(workbench, 'Alice')
    const conversation = await meetCorrespondent(workbench, bob)
    const view = tincanView(workbench)
    await view.send('Not trusted, still heard')
    await view.message('still heard').getByText(arrived).waitFor()
    const text = 'total = sum(cups)'
    await bob.request('message/send', { conversation, body: { kind: 'snippet', language: 'python', text } })
    await view.frame.getByRole('group', { name: /Code snippet/ }).waitFor()
    await workbench.picture('restricted-mode')
  })

  test('opens a snippet to read, and inserts it where the cursor is without saving', async () => {
    const { workbench } = alice
    const file = path.join(alice.workspace, 'src', 'brew.py')
    const before = await readFile(file, 'utf8')
    const card = tincanView(workbench).frame.getByRole('group', { name: /Code snippet/ })
    await card.getByRole('button', { name: words('open') }).click()
    await probe('the snippet in an editor of its own', 30_000, async () =>
      (await workbench.editorText()) === 'total = sum(cups)' ? true : undefined,
    )
    await workbench.run('View: Close All Editors')
    await workbench.openFile('brew.py')
    await workbench.selectLines(2, 2)
    await card.getByRole('button', { name: words('insert') }).click()
    await probe('the snippet in the file', 30_000, async () =>
      (await workbench.editorText()).includes('total = sum(cups)') ? true : undefined,
    )
    assert.equal(await readFile(file, 'utf8'), before)
    await workbench.run('File: Revert File')
    await workbench.statusBar.getByText('Restricted Mode').waitFor()
  })

  test('finds a snippet in the clone, and has nothing of it applied', async () => {
    const { workbench } = alice
    const file = path.join(alice.workspace, 'src', 'brew.py')
    const before = await readFile(file, 'utf8')
    const [conversation] = (await bob.request('conversation/list')).map(({ id }) => id)
    assert.ok(conversation !== undefined)
    const text = '    def is_ready(self, waited: float) -> bool:\n        return waited > self.minutes'
    const body = {
      kind: 'snippet',
      language: 'python',
      text,
      path: 'src/brew.py',
      lines: { first: 9, last: 10 },
      git: { remote: demoRemote },
    } as const
    await bob.request('message/send', { conversation, body })
    const view = tincanView(workbench)
    const card = view.log.getByRole('article').filter({ hasText: 'is_ready' })
    await card.getByRole('button', { name: words('openInClone') }).click()
    await card.getByText(/^Your file differs in lines \d+–\d+\.$/).waitFor()
    await card.getByRole('button', { name: words('apply') }).click()
    await card.getByText('Nothing is applied in a workspace that you have not marked as trusted.').waitFor()
    await workbench.picture('restricted-mode-apply')
    assert.equal(await readFile(file, 'utf8'), before)
    assert.equal(await workbench.editorText(), before)
  })

  test('looks at what a patch changes, and applies none of it', async () => {
    const { workbench } = alice
    const file = path.join(alice.workspace, 'src', 'brew.py')
    const before = await readFile(file, 'utf8')
    const [conversation] = await bob.request('conversation/list')
    assert.ok(conversation !== undefined)
    const patch =
      '--- a/src/brew.py\n+++ b/src/brew.py\n@@ -5,3 +5,3 @@\n class Tea:\n     name: str\n-    minutes: float\n+    minutes: int\n'
    await bob.request('message/send', {
      conversation: conversation.id,
      body: { kind: 'patch', text: patch, title: 'Whole minutes', git: { remote: demoRemote } },
    })
    const card = tincanView(workbench).frame.getByRole('group', { name: 'Patch: Whole minutes' })
    await card.getByRole('button', { name: words('patchApply'), exact: true }).click()
    await workbench.notification('only in a folder that you trust').waitFor()
    await workbench.picture('restricted-patch')
    await workbench.dismissNotifications()
    await card.getByRole('button', { name: words('patchView'), exact: true }).click()
    await workbench.page.getByRole('tab', { name: /brew\.py \(/ }).waitFor()
    assert.equal(await readFile(file, 'utf8'), before)
    await workbench.statusBar.getByText('Restricted Mode').waitFor()
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
