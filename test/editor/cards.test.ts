import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Locator } from 'playwright-core'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { PatchBody, SendBody, SnippetBody } from '../../src/shared/service.ts'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { commandTitle } from './harness/commandTitle.ts'
import { demoRemote } from './harness/demoWorkspace.ts'
import type { SeatedPerson } from './harness/person.ts'
import { themes } from './harness/themes.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { sharePreview } from './pages/sharing.ts'
import { meetCorrespondent, openTincan, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

const git = { remote: demoRemote, commit: 'ab'.repeat(20), branch: 'main' }
const boiling = '  get isBoiling(): boolean {\n    return this.#celsius >= 100\n  }'
const snippet: SnippetBody = {
  kind: 'snippet',
  language: 'typescript',
  text: boiling,
  path: 'src/kettle.ts',
  lines: { first: 5, last: 7 },
  git,
}
const hunk = (before: string, after: string): string =>
  `--- a/src/kettle.ts\n+++ b/src/kettle.ts\n@@ -3,1 +3,1 @@ export class Kettle {\n-${before}\n+${after}\n`
const made = (name: string): string => `--- /dev/null\n+++ b/${name}\n@@ -0,0 +1,1 @@\n+one\n`
const patch = (title: string, text: string): PatchBody => ({ kind: 'patch', title, text, git })
const twenty = '  #celsius = 20'

describe('somebody who looks at every card of code, in every theme', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  let conversation: ConversationId
  before(async () => {
    world = await startWorld(['Alice'], { 'files.autoSave': 'off' })
    ;[alice] = world.people as [SeatedPerson]
    bob = await world.correspondent('Bob')
    await setUp(alice.workbench, 'Alice')
    conversation = await meetCorrespondent(alice.workbench, bob)
    // In a tab, and tall: so that many cards are in one picture.
    await alice.workbench.run(commandTitle('tincan.openInEditor'))
    await alice.workbench.page.setViewportSize({ width: 1280, height: 1500 })
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  const view = () => tincanView(alice.workbench, 'editor')
  const send = (body: SendBody) => bob.request('message/send', { conversation, body })
  const card = (title: string): Locator => view().frame.getByRole('group', { name: `Patch: ${title}` })
  const press = (within: Locator, name: string): Promise<void> =>
    within.getByRole('button', { name, exact: true }).click()
  const article = (text: string): Locator => view().message(text)
  const backToTheView = async (): Promise<void> => {
    await alice.workbench.page.getByRole('tab', { name: 'Bob' }).first().click()
    await view().composer.waitFor()
  }

  test('snippets: of one clone the same, moved and changed, of none, and with what deceives', async () => {
    const file = path.join(alice.workspace, 'src', 'kettle.ts')
    const original = await readFile(file, 'utf8')
    await send(snippet)
    await send({ ...snippet, text: boiling.replace('100', '99'), path: 'src/kettle.ts' })
    await send({ ...snippet, text: `${boiling} // elsewhere`, git: { remote: 'https://example.org/teapot.git' } })
    await send({ ...snippet, text: 'is_\u0430dmin = 1 # \u202e', language: 'python', path: 'src/adm\u200bin.py', lines: { first: 1, last: 1 } })
    await article('#celsius >= 99').waitFor()
    await press(article('#celsius >= 100').first(), words('openInClone'))
    await backToTheView()
    await article('#celsius >= 100').first().getByText('Your file is the same here').waitFor()
    await press(article('#celsius >= 99'), words('openInClone'))
    await backToTheView()
    await article('#celsius >= 99').getByText('Your file differs').waitFor()
    assert.equal(await readFile(file, 'utf8'), original)
    await showInEveryTheme(alice.workbench, 'cards-snippets', 'editor')
  }) // prettier-ignore

  test('patches: open, applied, applied in part, declined, refused, and with what deceives', async () => {
    await send(patch('Not looked at yet', hunk(twenty, '  #celsius = 19')))
    await send(patch('Applied as a whole', hunk(twenty, '  #celsius = 18')))
    await send(patch('Applied in part', `${hunk('  #celsius = 18', '  #celsius = 17')}${made('README.md')}`))
    await send(patch('Declined', made('declined.txt')))
    await send(patch('Refused', `${made('.vscode/settings.json')}${made('../outside.txt')}`))
    await send(patch('Mend \u2066it', '--- a/gr\u0430nt.c\n+++ b/gr\u0430nt.c\n@@ -1 +1 @@\n-a\n+if (is\u0410dmin\u200b) {}\n'))
    await press(card('Applied as a whole'), words('patchApply'))
    await card('Applied as a whole').getByText(/applied it/).waitFor()
    await press(card('Applied in part'), words('patchApply'))
    await alice.workbench.answer('Only 1 of 2 changes fit', 'Apply What Fits')
    await card('Applied in part').getByText(words('patchExists')).waitFor()
    await press(card('Declined'), words('patchDecline'))
    await card('Declined').getByText(/declined it/).waitFor()
    await press(card('Refused'), words('patchApply'))
    await alice.workbench.dismissNotifications()
    await backToTheView()
    await showInEveryTheme(alice.workbench, 'cards-patches', 'editor')
  }) // prettier-ignore

  test('the preview of what leaves, and the guard with what it found', async () => {
    const { workbench } = alice
    await workbench.page.setViewportSize({ width: 1280, height: 860 })
    await workbench.run('View: Close All Editors')
    await openTincan(workbench)
    await writeFile(path.join(alice.workspace, 'login.py'), "name = 'ada'\npassword = 'Tr0ub4dor&3'\nprint(name)\n")
    for (const theme of themes) {
      await workbench.useTheme(theme)
      await workbench.openFile('login.py')
      await workbench.selectLines(1, 3)
      await workbench.run(commandTitle('tincan.shareSelection'))
      await sharePreview(workbench, '3 lines of login.py')
      await workbench.page.locator('.editor-instance .view-overlays .cdr').first().waitFor()
      await workbench.picture(`cards-preview-${theme.name}`)
      await workbench.page.keyboard.press('Enter')
      const question = workbench.notification('This looks like it holds a password or key')
      await question.waitFor()
      await workbench.picture(`cards-guard-${theme.name}`)
      await workbench.page.keyboard.press('Escape')
      await question.waitFor({ state: 'hidden' })
    }
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
