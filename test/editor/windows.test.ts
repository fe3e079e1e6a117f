import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { commandTitle } from './harness/commandTitle.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe, probeWhile } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import type { Workbench } from './harness/workbench.ts'
import type { World } from './harness/world.ts'
import { openConversation } from './pages/conversationRow.ts'
import { startAcquainted } from './pages/acquainted.ts'
import { openTincan } from './pages/stories.ts'
import { openSystemLink } from './pages/systemLink.ts'
import { tincanView } from './pages/tincanView.ts'
import { arrived } from './pages/words.ts'

describe('somebody with two windows', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  let conversation: ConversationId
  /** The window that was first, and so leads, and another tab of the same browser: an extension host of its own. */
  let first: Workbench
  let second: Workbench
  before(async () => {
    ;({ world, alice, bob, conversation } = await startAcquainted())
    first = alice.workbench
    second = await alice.browser.open(alice.url)
    await openTincan(second)
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  const write = async (text: string): Promise<void> => {
    await bob.request('message/send', { conversation, body: { kind: 'text', text } })
  }

  test('sees the same conversations in both', async () => {
    await openConversation(second, /Bob.*online/, 'Bob')
  })

  test('sees what is sent from either, and what is received, once in both', async () => {
    const [left, right] = [tincanView(first), tincanView(second)]
    await left.send('From the first window')
    await right.message('From the first window').waitFor()
    await right.send('From the second window')
    await left.message('From the second window').waitFor()
    await write('From Bob')
    for (const view of [left, right]) {
      await view.message('From Bob').waitFor()
      await view.message('From the second window').getByText(arrived).waitFor()
      assert.equal(await view.log.getByRole('article').count(), 3)
    }
    await second.picture('second-window')
  })

  test('is told of what comes while they look away in one window, and not what it says', async () => {
    const both = [first, second]
    for (const isThere of [true, false]) for (const window of both) await window.turn(isThere)
    const told = both.map((window) => window.notification(/[Nn]ew messages? from/))
    // Until the editor has noticed that nobody looks, there is nothing to tell.
    const shown = await probe('a notification', 30_000, async () => {
      await write('Nobody looks')
      return Promise.any(told.map((one, index) => one.waitFor({ timeout: 3_000 }).then(() => index)))
    })
    assert.doesNotMatch((await told[shown]?.innerText()) ?? '', /Nobody looks/)
    assert.equal(await told[1 - shown]?.count(), 0)
    await both[shown]?.picture('notification')
    for (const window of both) await window.turn(true)
    await both[shown]?.dismissNotifications()
  })

  test('hides every name while others see the screen, and shows them again', async () => {
    const view = tincanView(second)
    await second.run(commandTitle('tincan.toggleDiscreet'))
    await view.heading(/^Contact [0-9a-f]{4}$/).waitFor()
    await second.sideBar.getByRole('treeitem', { name: /Contact [0-9a-f]{4}.*online/ }).waitFor()
    assert.equal(await second.sideBar.getByRole('treeitem', { name: /Bob/ }).count(), 0)
    assert.equal(await view.log.getByText('Bob', { exact: true }).count(), 0)
    await second.picture('discreet')
    await second.run(commandTitle('tincan.toggleDiscreet'))
    await view.heading('Bob').waitFor()
    await second.sideBar.getByRole('treeitem', { name: /Bob.*online/ }).waitFor()
  })

  test('is not disturbed while they do not want to be, and sees so', async () => {
    await second.run(commandTitle('tincan.doNotDisturb'))
    await second.pick('Until I Turn It Off')
    await second.statusBar.getByRole('button', { name: /Do Not Disturb is on/ }).waitFor()
    await second.run(commandTitle('tincan.doNotDisturb'))
    await second.pick('Turn Off Do Not Disturb')
    await second.statusBar.getByRole('button', { name: /Do Not Disturb is on/ }).waitFor({ state: 'detached' })
  })

  test('joins with a link that the editor gives to the window used last, which need not lead', async () => {
    const eve = await world.correspondent('Eve')
    const { link } = await eve.request('invite/create', { kind: 'contact', autoAccept: true })
    await openSystemLink(second, link)
    await second.notification('Join with this Tincan invite?').waitFor()
    assert.equal(await first.notification('Join with this Tincan invite?').count(), 0)
    await second.answer('Join with this Tincan invite?', 'Join')
    await tincanView(second).heading('Eve').waitFor()
    await first.sideBar.getByRole('treeitem', { name: /Eve.*online/ }).waitFor()
    await tincanView(first).heading('Bob').waitFor()
    await openConversation(second, /Bob.*online/, 'Bob')
  })

  test('goes on in one when the other closes, with what was typed there and nothing lost', async () => {
    const view = tincanView(second)
    await view.composer.fill('Not sent yet')
    await first.close()
    await write('While a window closed')
    await view.message('While a window closed').waitFor()
    assert.equal(await view.composer.inputValue(), 'Not sent yet')
    await view.composer.press('Enter')
    await view.message('Not sent yet').getByText(arrived).waitFor()
    assert.equal(await view.message('Not sent yet').count(), 1)
    await bob.waitFor('message/added', ({ message: { body } }) => body.kind === 'text' && body.text === 'Not sent yet')
  })

  test('finds unsent text in the next window too', async () => {
    await tincanView(second).composer.fill('Begun in one window')
    await probe('the draft on disk', 30_000, async () => {
      const third = await alice.browser.open(alice.url)
      await openTincan(third)
      const view = tincanView(third)
      await view.composer.waitFor()
      // The text is there a moment after its field.
      const text = await probeWhile(
        5_000,
        () => view.composer.inputValue(),
        (seen) => seen === '',
      )
      await third.close()
      return text === 'Begun in one window' ? true : undefined
    })
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
