import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { commandTitle } from './harness/commandTitle.ts'
import type { SeatedPerson } from './harness/person.ts'
import { themes } from './harness/themes.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { Received, sharePreview } from './pages/sharing.ts'
import { meetCorrespondent, setUp } from './pages/stories.ts'

describe('somebody who is about to share a secret', () => {
  let world: World
  let alice: SeatedPerson
  let received: Received
  before(async () => {
    world = await startWorld(['Alice'])
    ;[alice] = world.people as [SeatedPerson]
    const bob = await world.correspondent('Bob')
    await setUp(alice.workbench, 'Alice')
    received = new Received(bob, await meetCorrespondent(alice.workbench, bob))
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('sees it marked in the preview, and is asked by the guard, in every theme; nothing leaves', async () => {
    const { workbench } = alice
    await writeFile(path.join(alice.workspace, 'login.py'), "name = 'ada'\npassword = 'Tr0ub4dor&3'\nprint(name)\n")
    for (const theme of themes) {
      await workbench.useTheme(theme)
      await workbench.openFile('login.py')
      await workbench.selectLines(1, 3)
      await workbench.run(commandTitle('tincan.shareSelection'))
      await sharePreview(workbench, '3 lines of login.py')
      await workbench.page.locator('.editor-instance .view-overlays .cdr').first().waitFor()
      await workbench.picture(`preview-${theme.name}`)
      await workbench.page.keyboard.press('Enter')
      const question = workbench.notification('This looks like it holds a password or key')
      await question.waitFor()
      await workbench.picture(`guard-${theme.name}`)
      await workbench.page.keyboard.press('Escape')
      await question.waitFor({ state: 'hidden' })
    }
    assert.ok(await received.isQuiet())
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
