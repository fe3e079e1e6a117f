import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { commandTitle } from './harness/commandTitle.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import type { World } from './harness/world.ts'
import { openConversation } from './pages/conversationRow.ts'
import { startAcquainted } from './pages/acquainted.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { getsKeyboard, pressOnMessage } from './pages/keyboard.ts'
import { openSystemLink } from './pages/systemLink.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

describe('somebody who keeps order among messages', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  let conversation: ConversationId
  /** To a message of Bob's. */
  let link: string
  before(async () => {
    ;({ world, alice, bob, conversation } = await startAcquainted())
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

  test('copies a link to a message from the editor’s own menu', async () => {
    const view = tincanView(alice.workbench)
    const { id } = await bob.request('message/send', { conversation, body: { kind: 'text', text: 'The place to be' } })
    await view.message('The place to be').waitFor()
    await alice.workbench.rowMenu(view.message('The place to be').getByText('The place to be'), /Copy Link/)
    link = await probe('the link', 10_000, async () => {
      const text = await alice.workbench.readClipboard()
      return text.includes('/message#') ? text : undefined
    })
    assert.ok(link.endsWith(`://tincan.tincan/message#${conversation}.${id}`), link)
    const elsewhere = link.replace(conversation, 'ab'.repeat(32))
    const text = `Once more [there](${link}), and not [where I am alone](${elsewhere}).`
    await bob.request('message/send', { conversation, body: { kind: 'text', text } })
    await view.frame.getByRole('button', { name: 'where I am alone' }).click()
    await alice.workbench.notification('This link leads to a conversation that you are not part of.').waitFor()
    await alice.workbench.dismissNotifications()
    await view.frame.getByRole('button', { name: 'there', exact: true }).click()
    await view.log.locator('article:focus').filter({ hasText: 'The place to be' }).waitFor()
  })

  test('selects several messages by key and deletes them for themselves', async () => {
    const view = tincanView(alice.workbench)
    await view.send('First of two')
    await view.send('Second of two')
    await pressOnMessage(alice.workbench, 'x', view.frame.getByText(words('selectedOne')), view.message('First of two'))
    await alice.workbench.page.keyboard.press('Shift+ArrowDown')
    await view.frame.getByText(words('selected', 2)).waitFor()
    await showInEveryTheme(alice.workbench, 'selection')
    await view.frame.getByRole('button', { name: words('hideSelected') }).click()
    await alice.workbench.answer('Delete 2 messages for yourself?', 'Delete for Me')
    await gone('Second of two')
    await view.composer.waitFor()
  })

  test('takes several messages back for everybody, and is told what that can do', async () => {
    const view = tincanView(alice.workbench)
    await view.send('Wrong window')
    await view.send('Wrong window again')
    await view.message('Wrong window again').waitFor()
    await pressOnMessage(
      alice.workbench,
      'x',
      view.frame.getByText(words('selectedOne')),
      view.message('Wrong window again'),
    )
    await alice.workbench.page.keyboard.press('Shift+ArrowUp')
    await view.frame.getByText(words('selected', 2)).waitFor()
    await view.frame.getByRole('button', { name: words('eraseSelected') }).click()
    await alice.workbench.notification('Delete 2 messages for everybody?').waitFor()
    await alice.workbench.picture('delete-several-for-everybody')
    await alice.workbench.answer('Delete 2 messages for everybody?', 'Delete for Everybody')
    await view.message(words('unreadableErased')).nth(1).waitFor()
    await gone('Wrong window')
    await bob.until('both to be gone', async () => {
      const { messages } = await bob.request('conversation/history', { conversation, limit: 10 })
      const erased = messages.filter(({ body }) => body.kind === 'unreadable' && body.why === 'erased')
      return erased.length === 2 ? true : undefined
    })
  })

  test('marks as unread from a message on, and it stays so until they look again', async () => {
    const { workbench } = alice
    const view = tincanView(workbench)
    await pressOnMessage(workbench, 'm', workbench.quickInput, view.message('The place to be'))
    await workbench.pick('Mark as Unread')
    await workbench.sideBar.getByRole('treeitem', { name: /Bob.*2 unread/ }).waitFor()
    await workbench.picture('marked-unread')
  })

  test('keeps notes to themselves, which go nowhere, and forwards a message there that a link of the system leads to', async () => {
    const view = tincanView(alice.workbench)
    await alice.workbench.run(commandTitle('tincan.notesToSelf'))
    await view.frame.getByText(words('beginningSelf')).waitFor()
    await view.frame.getByRole('textbox').fill('Buy descaler')
    await view.frame.getByRole('textbox').press('Enter')
    await view.message('Buy descaler').waitFor()
    await alice.workbench.picture('notes-to-self')
    await openSystemLink(alice.workbench, link)
    await getsKeyboard(view.message('The place to be'))
    await alice.workbench.picture('message-link')
    await pressOnMessage(alice.workbench, 'm', alice.workbench.quickInput)
    await alice.workbench.pick('Forward')
    await alice.workbench.pick('Notes to Self')
    await openConversation(alice.workbench, /Notes to Self/, 'Notes to Self')
    await view.message('The place to be').waitFor()
    assert.equal((await bob.request('conversation/list')).length, 1)
    await openConversation(alice.workbench, /Bob/, 'Bob')
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
