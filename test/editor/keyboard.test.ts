import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { commandTitle } from './harness/commandTitle.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probeWhile } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { getsKeyboard, hasKeyboard, openByKeys, press, pressOnMessage, tabTo } from './pages/keyboard.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

describe('somebody who has a keyboard and no mouse', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  let conversation: ConversationId
  before(async () => {
    world = await startWorld(['Alice'])
    ;[alice] = world.people as [SeatedPerson]
    bob = await world.correspondent('Bob')
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('goes through the first run', async () => {
    const { workbench } = alice
    const { frame, button, heading } = tincanView(workbench)
    await press(workbench, commandTitle('tincan.setUp'))
    await button(words('welcomeBegin')).waitFor()
    await tabTo(workbench, button(words('welcomeBegin')))
    await workbench.page.keyboard.press('Enter')
    await tabTo(workbench, frame.getByRole('textbox', { name: words('nameLabel') }))
    await workbench.page.keyboard.type('Alice')
    await workbench.page.keyboard.press('Enter')
    await button(words('phraseWritten')).waitFor()
    await tabTo(workbench, button(words('phraseWritten')))
    await workbench.page.keyboard.press('Space')
    await heading(words('startTitle', 'Alice')).waitFor()
  })

  test('joins with a link', async () => {
    const { workbench } = alice
    const { button, composer } = tincanView(workbench)
    const { link } = await bob.request('invite/create', { kind: 'contact', autoAccept: true })
    await tabTo(workbench, button(words('startJoin')))
    await workbench.page.keyboard.press('Enter')
    await workbench.quickInput.waitFor()
    await workbench.page.keyboard.insertText(link)
    await workbench.page.keyboard.press('Enter')
    const question = workbench.notification('Join with this Tincan invite?')
    await question.waitFor()
    await tabTo(workbench, question.getByRole('button', { name: 'Join', exact: true }))
    await workbench.page.keyboard.press('Enter')
    await composer.waitFor()
    conversation = await bob.until('the conversation', async () => (await bob.request('conversation/list'))[0]?.id)
  })

  test('writes, keeps the keyboard where it is while messages arrive, and reads them', async () => {
    const { workbench } = alice
    const { page } = workbench
    const view = tincanView(workbench)
    await press(workbench, commandTitle('tincan.focusComposer'))
    await tabTo(workbench, view.composer)
    await page.keyboard.type('By hand,')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('key by key')
    await page.keyboard.press('Enter')
    await view.message(/By hand,\s*key by key/).waitFor()

    await page.keyboard.type('half a sen')
    for (const text of ['One', 'Two', 'Three']) {
      await bob.request('message/send', { conversation, body: { kind: 'text', text } })
      await view.message(text).waitFor()
      assert.ok(await hasKeyboard(view.composer), `still in the field after ${text}`)
    }
    await page.keyboard.type('tence')
    const written = await probeWhile(
      5_000,
      () => view.composer.inputValue(),
      (text) => text.length < 'half a sentence'.length,
    )
    assert.equal(written, 'half a sentence')

    await page.keyboard.press('Shift+Tab')
    await tabTo(workbench, view.log, 'Shift+Tab')
    await page.keyboard.press('ArrowUp')
    await getsKeyboard(view.message('Three'))
    await page.keyboard.press('ArrowUp')
    const two = view.message('Two')
    await getsKeyboard(two)
    await workbench.picture('keyboard-reading')
    await bob.request('message/send', { conversation, body: { kind: 'text', text: 'Four' } })
    await view.message('Four').waitFor()
    assert.ok(await hasKeyboard(two), 'still on the message that is being read')
    await page.keyboard.press('Escape')
    await getsKeyboard(view.composer)
  })

  test('answers by a key, and by another one after changing that in Keyboard Shortcuts', async () => {
    const { workbench, server } = alice
    const { page } = workbench
    const view = tincanView(workbench)
    const replying = view.frame.getByText(words('replyingTo', 'Bob'))
    const toThree = async (): Promise<void> => {
      await view.message('Three').focus()
      await getsKeyboard(view.message('Three'))
    }
    await toThree()
    await pressOnMessage(workbench, 'r', replying)
    await page.keyboard.press('Escape')
    await replying.waitFor({ state: 'hidden' })
    const when = 'tincan.messageFocused && !inputFocus'
    await server.writeKeys([
      { command: '-tincan.message.reply', key: 'r', when },
      { command: 'tincan.message.reply', key: 'a', when },
    ])
    await workbench.reload()
    await view.message('Three').waitFor()
    await toThree()
    await pressOnMessage(workbench, 'a', replying)
    await page.keyboard.press('Escape')
    await replying.waitFor({ state: 'hidden' })
    await toThree()
    await page.keyboard.press('r')
    await pressOnMessage(workbench, 'm', workbench.quickInput)
    assert.equal(await replying.count(), 0, 'the key of before is free')
    await page.keyboard.press('Escape')
  })

  test('keeps the keyboard in a file while messages arrive', async () => {
    const { workbench } = alice
    const { page } = workbench
    await openByKeys(workbench, 'brew.py')
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('# one ')
    await bob.request('message/send', { conversation, body: { kind: 'text', text: 'Five' } })
    await tincanView(workbench).message('Five').waitFor()
    await page.keyboard.type('two')
    // The editor paints what is typed in a later frame.
    const text = await probeWhile(
      5_000,
      () => workbench.editorText(),
      (seen) => !seen.includes('# one two'),
    )
    assert.match(text, /# one two/)
  })

  test('is back in that file from the message field with Escape', async () => {
    const { workbench } = alice
    await press(workbench, commandTitle('tincan.focusComposer'))
    await getsKeyboard(tincanView(workbench).composer)
    await workbench.page.keyboard.press('Escape')
    await workbench.page.locator('.editor-instance .monaco-editor.focused').waitFor()
    await workbench.page.keyboard.type(' three')
    const text = await probeWhile(
      5_000,
      () => workbench.editorText(),
      (seen) => !seen.includes('# one two three'),
    )
    assert.match(text, /# one two three/)
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
