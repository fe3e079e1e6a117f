import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { commandTitle } from './harness/commandTitle.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import type { World } from './harness/world.ts'
import { startAcquainted } from './pages/acquainted.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { pressOnMessage } from './pages/keyboard.ts'
import { explorerFile } from './pages/sharing.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

describe('somebody who goes on about messages that are there', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  let conversation: ConversationId
  before(async () => {
    ;({ world, alice, bob, conversation } = await startAcquainted())
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('answers one by key, and the quote leads back to it', async () => {
    const view = tincanView(alice.workbench)
    const { id } = await bob.request('message/send', { conversation, body: { kind: 'text', text: 'It boils at 97.' } })
    await view.message('It boils at 97.').waitFor()
    await pressOnMessage(
      alice.workbench,
      'r',
      view.frame.getByText(words('replyingTo', 'Bob')),
      view.message('It boils at 97.'),
    )
    await view.send('Then heat it less')
    const { message } = await bob.waitFor('message/added', ({ message: { body } }) => {
      return body.kind === 'text' && body.text === 'Then heat it less'
    })
    assert.equal(message.body.kind === 'text' ? message.body.replyTo : undefined, id)
    await view.message('Then heat it less').getByTitle(words('goToAnswered')).click()
    await probe('the answered message', 10_000, async () =>
      (await view
        .message('It boils at 97.')
        .first()
        .evaluate((article) => article === article.ownerDocument.activeElement))
        ? true
        : undefined,
    )
  })

  test('reacts with an emoji that is found by a word', async () => {
    const view = tincanView(alice.workbench)
    await view.message('It boils at 97.').first().focus()
    await alice.workbench.page.keyboard.press('+')
    await alice.workbench.quickInput
      .getByText(/rocket/)
      .first()
      .waitFor()
    await alice.workbench.type('rocket')
    await view.frame.getByRole('button', { name: words('reactionBy', '🚀', words('you')) }).waitFor()
    await bob.waitFor('message/changed', ({ message }) => message.reactions?.[0]?.emoji === '🚀')
  })

  test('gives the last message another wording with the arrow key, and all wordings are kept', async () => {
    const view = tincanView(alice.workbench)
    await view.composer.focus()
    await view.composer.press('ArrowUp')
    await view.frame.getByText(words('editingMessage')).waitFor()
    await view.composer.fill('Then heat it to 90')
    await view.composer.press('Enter')
    await view.message('Then heat it to 90').waitFor()
    await bob.waitFor('message/changed', ({ message: { body } }) => {
      return body.kind === 'text' && body.text === 'Then heat it to 90'
    })
    await view
      .message('Then heat it to 90')
      .getByRole('button', { name: words('edited') })
      .click()
    await alice.workbench.quickInput.getByText('Then heat it less').waitFor()
    await alice.workbench.page.keyboard.press('Escape')
    await showInEveryTheme(alice.workbench, 'messages-about')
  })

  test('finds a message as they type, and is led to it from another view', async () => {
    const view = tincanView(alice.workbench)
    await view.send('Something else entirely')
    await explorerFile(alice.workbench, 'src')
    await alice.workbench.run(commandTitle('tincan.search'))
    await alice.workbench.quickInput.locator('input[type="text"]').first().fill('boil')
    await alice.workbench.quickInput.getByRole('option', { name: /It boils at 97/ }).waitFor()
    await alice.workbench.picture('search')
    await alice.workbench.pick('It boils at 97')
    await probe('the found message', 10_000, async () =>
      (await view.log.evaluate(() => CSS.highlights.get('tincan-found')?.size)) === 1 ? true : undefined,
    )
    await alice.workbench.picture('search-found')
  })

  test('deletes a message for everybody after being told what that can do', async () => {
    const view = tincanView(alice.workbench)
    await pressOnMessage(alice.workbench, 'm', alice.workbench.quickInput, view.message('Something else entirely'))
    await alice.workbench.pick('Delete for Everybody')
    await alice.workbench.notification('Delete this message for everybody?').waitFor()
    await alice.workbench.picture('delete-for-everybody')
    await alice.workbench.answer('Delete this message for everybody?', 'Delete for Everybody')
    await view.message(words('unreadableErased')).waitFor()
    assert.equal(await view.message('Something else entirely').count(), 0)
    await bob.waitFor('message/changed', ({ message: { body } }) => body.kind === 'unreadable' && body.why === 'erased')
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
