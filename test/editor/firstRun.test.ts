import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import type { SeatedPerson } from './harness/person.ts'
import { traceFailure } from './harness/traceFailure.ts'
import type { Workbench } from './harness/workbench.ts'
import { startWorld, type World } from './harness/world.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { openTincan } from './pages/stories.ts'
import { openSystemLink } from './pages/systemLink.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

describe('somebody who uses Tincan for the first time', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  let second: Workbench
  before(async () => {
    world = await startWorld(['Alice'])
    ;[alice] = world.people as [SeatedPerson]
    bob = await world.correspondent('Bob')
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('is told in a second window that Tincan is to be set up in the first', async () => {
    await alice.workbench.statusBar.getByText('Tincan: Not set up').waitFor()
    second = await alice.browser.open(alice.url)
    await openTincan(second)
    await tincanView(second).heading(words('elsewhereTitle')).waitFor()
    await second.picture('elsewhere')
  })

  test('opens an invite link there, which is kept until that window can be used', async () => {
    const { link } = await bob.request('invite/create', { kind: 'contact', autoAccept: true })
    await openSystemLink(second, link)
    await second.notification('As soon as it can, it goes on with the invite.').waitFor()
    await second.picture('link-elsewhere')
    await second.close()
  })

  test('goes from the welcome over name and recovery phrase to the start, in every theme and without a barrier', async () => {
    const { workbench } = alice
    await openTincan(workbench)
    const phrase = await tincanView(workbench).firstRun('Alice', (screen) =>
      showInEveryTheme(workbench, `first-run-${screen}`),
    )
    assert.equal(phrase.length, 24)
    assert.equal(phrase.filter((word) => /^[a-z]{3,8}$/.test(word)).length, 24)
    await workbench.statusBar.getByText(/Tincan: (Online|Connecting)/).waitFor()
  })

  test('finds the same identity after a reload of the window', async () => {
    await alice.workbench.reload()
    await openTincan(alice.workbench)
    await tincanView(alice.workbench).heading(words('startTitle', 'Alice')).waitFor()
  })

  test('finds it in another window as well', async () => {
    const third = await alice.browser.open(alice.url)
    await openTincan(third)
    await tincanView(third).heading(words('startTitle', 'Alice')).waitFor()
    await third.close()
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
