import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { commandTitle } from './harness/commandTitle.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { meetCorrespondent, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

describe('somebody who keeps order among messages', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  let conversation: ConversationId
  before(async () => {
    world = await startWorld(['Alice'])
    ;[alice] = world.people as [SeatedPerson]
    await setUp(alice.workbench, 'Alice')
    bob = await world.correspondent('Bob')
    conversation = await meetCorrespondent(alice.workbench, bob)
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  const gone = (text: string) =>
    probe(`the end of ${text}`, 30_000, async () =>
      (await tincanView(alice.workbench).message(text).count()) === 0 ? true : undefined,
    )

  test('comments on a snippet in its thread, follows the answer, and is back where they were', async () => {
    const view = tincanView(alice.workbench)
    const body = { kind: 'snippet', language: 'typescript', text: 'boil(97)' } as const
    const { id: root } = await bob.request('message/send', { conversation, body })
    await view.frame.getByRole('button', { name: words('comment'), exact: true }).click()
    const field = view.frame.getByRole('textbox', { name: words('threadLabel', 'Bob') })
    await field.fill('Why 97?')
    await field.press('Enter')
    const { message } = await bob.waitFor('message/added', ({ message: { body: said } }) => {
      return said.kind === 'text' && said.text === 'Why 97?'
    })
    assert.equal(message.body.kind === 'text' ? message.body.thread : undefined, root)
    const answer = { kind: 'text', text: 'It boils over above', thread: root } as const
    await bob.request('message/send', { conversation, body: answer })
    await view.message('It boils over above').waitFor()
    await showInEveryTheme(alice.workbench, 'thread')
    await field.press('Escape')
    await view.frame.getByRole('button', { name: /^2 replies/ }).waitFor()
    // What was said in the thread stands in the conversation as well.
    assert.ok(await view.message('It boils over above').isVisible())
  })

  test('copies a link to a message from the editor’s own menu, and the link leads back to it', async () => {
    const view = tincanView(alice.workbench)
    const { id } = await bob.request('message/send', { conversation, body: { kind: 'text', text: 'The place to be' } })
    await view.message('The place to be').waitFor()
    await alice.workbench.rowMenu(view.message('The place to be').getByText('The place to be'), /Copy Link/)
    const link = await probe('the link', 10_000, async () => {
      const text = await alice.workbench.readClipboard()
      return text.includes('/message#') ? text : undefined
    })
    assert.ok(link.endsWith(`://tincan.tincan/message#${conversation}.${id}`), link)
  })

  test('selects several messages by key and deletes them for themselves', async () => {
    const view = tincanView(alice.workbench)
    await view.send('First of two')
    await view.send('Second of two')
    await view.message('First of two').focus()
    await alice.workbench.page.keyboard.press('x')
    await view.frame.getByText(words('selectedOne')).waitFor()
    await alice.workbench.page.keyboard.press('Shift+ArrowDown')
    await view.frame.getByText(words('selected', 2)).waitFor()
    await showInEveryTheme(alice.workbench, 'selection')
    await view.frame.getByRole('button', { name: words('hideSelected') }).click()
    await alice.workbench.answer('Delete 2 messages for yourself?', 'Delete for Me')
    await gone('Second of two')
    await view.composer.waitFor()
  })

  test('keeps notes to themselves, which go nowhere, and forwards a message there', async () => {
    const view = tincanView(alice.workbench)
    await alice.workbench.run(commandTitle('tincan.notesToSelf'))
    await view.frame.getByText(words('beginningSelf')).waitFor()
    await view.frame.getByRole('textbox').fill('Buy descaler')
    await view.frame.getByRole('textbox').press('Enter')
    await view.message('Buy descaler').waitFor()
    await alice.workbench.picture('notes-to-self')
    await probe('the conversation with Bob', 30_000, async () => {
      await alice.workbench.sideBar.getByRole('treeitem', { name: /Bob/ }).click()
      await view.message('The place to be').waitFor({ timeout: 5_000 })
      return true
    })
    await view.message('The place to be').focus()
    await alice.workbench.page.keyboard.press('m')
    await alice.workbench.pick('Forward')
    await alice.workbench.pick('Notes to Self')
    await alice.workbench.sideBar.getByRole('treeitem', { name: /Notes to Self/ }).click()
    await view.message('The place to be').waitFor()
    assert.equal((await bob.request('conversation/list')).length, 1)
    await alice.workbench.sideBar.getByRole('treeitem', { name: /Bob/ }).click()
    await view.composer.waitFor()
  })

  test('lets messages disappear, is warned when that changes while they write, and sees one go', async () => {
    const view = tincanView(alice.workbench)
    await alice.workbench.run(commandTitle('tincan.setLifetime'))
    await alice.workbench.pick('30 seconds')
    await view.frame.getByText(words('changeLifetime', words('you'), '30 seconds')).waitFor()
    await bob.until('the setting', async () => {
      const [found] = await bob.request('conversation/list')
      return found?.lifetimeMs === 30_000 ? true : undefined
    })
    await view.composer.fill('I am about to')
    await bob.request('conversation/lifetime', { conversation, lifetimeMs: 3_000 })
    await view.frame.getByText(words('lifetimeChanged', '3 seconds')).waitFor()
    await showInEveryTheme(alice.workbench, 'disappearing')
    await view.send('Gone in a moment')
    await view.message('Gone in a moment').waitFor()
    await gone('Gone in a moment')
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
