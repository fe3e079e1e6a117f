import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { commandTitle } from './harness/commandTitle.ts'
import type { SeatedPerson } from './harness/person.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { becomeContacts, join, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { arrived, words } from './pages/words.ts'

/** Two names that nobody tells apart by eye: the second has a letter of another alphabet. */
const twins = ['Paul', 'P\u0430ul'] as const

describe('three people, two of whom only the third one knows', () => {
  let world: World
  let alice: SeatedPerson
  let paul: SeatedPerson
  let other: SeatedPerson
  before(async () => {
    world = await startWorld(['Alice', 'Bob', 'Carol'])
    ;[alice, paul, other] = world.people as [SeatedPerson, SeatedPerson, SeatedPerson]
    await setUp(alice.workbench, 'Alice')
    await setUp(paul.workbench, twins[0])
    await setUp(other.workbench, twins[1])
    await becomeContacts(alice.workbench, paul.workbench)
    await alice.workbench.dismissNotifications()
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('are warned of a name that looks like another one, when it comes and wherever it stands', async () => {
    const { workbench } = alice
    await workbench.run(commandTitle('tincan.invite'))
    await workbench.pick('24 hours')
    await workbench.pick('Ask Me')
    await workbench.notification('on your clipboard').waitFor()
    await join(other.workbench, await workbench.readClipboard())
    await workbench.notification(/Careful: this is not the .Paul. among your contacts/).waitFor()
    await workbench.picture('look-alike-question')
    await workbench.answer('used your invite', 'Accept')
    await tincanView(other.workbench).composer.waitFor()
    const rows = workbench.sideBar.getByRole('treeitem', {
      name: /Another contact has a name that looks like this one/,
    })
    await rows.nth(1).waitFor()
    assert.equal(await rows.count(), 2)
    await tincanView(workbench).frame.getByText(words('lookAlikeContactHint')).waitFor({ state: 'attached' })
    await workbench.dismissNotifications()
    await showInEveryTheme(workbench, 'look-alikes')
  })

  test('become contacts when both accept an introduction, and talk without whoever introduced them', async () => {
    const { workbench } = alice
    await workbench.run(commandTitle('tincan.introduceContact'))
    await workbench.quickInput.getByPlaceholder('Introduce whom?').waitFor()
    await workbench.quickInput.getByRole('option').first().click()
    await workbench.quickInput.getByPlaceholder('Both are asked').waitFor()
    await workbench.quickInput.getByRole('option').first().click()
    await workbench.notification('are asked whether they want to be contacts').waitFor()
    for (const person of [paul, other]) {
      await person.workbench.notification(/Alice. introduces/).waitFor()
      await person.workbench.picture(`introduction-${person.name.toLowerCase()}`)
    }
    await paul.workbench.answer(/Alice. introduces/, 'Accept')
    await other.workbench.answer(/Alice. introduces/, 'Accept')
    for (const [one, name] of [
      [paul, twins[1]],
      [other, twins[0]],
    ] as const) {
      const row = one.workbench.sideBar.getByRole('treeitem', { name: new RegExp(`^.${name}., .*online`) })
      await row.waitFor()
      await row.click()
      await tincanView(one.workbench).heading(name).waitFor()
    }
    await alice.server.stop()
    await tincanView(paul.workbench).send('Alice told me of you')
    await tincanView(other.workbench).message('Alice told me of you').waitFor()
    await tincanView(paul.workbench).message('Alice told me of you').getByText(arrived).waitFor()
    await other.workbench.picture('introduced')
  })
})
