import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { count } from '../record/tally.ts'
import { hostileFiles, hostileTexts } from '../webview/harness/hostileTexts.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import type { World } from './harness/world.ts'
import { startAcquainted } from './pages/acquainted.ts'
import { tincanView } from './pages/tincanView.ts'
import { arrived, words } from './pages/words.ts'

describe('somebody whose contact sends what wants to run, open, load or pose', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  let conversation: ConversationId
  before(async () => {
    ;({ world, alice, bob, conversation } = await startAcquainted())
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  const say = (text: string): Promise<unknown> =>
    bob.request('message/send', { conversation, body: { kind: 'text', text } })

  test('sees all of it as text, and goes on chatting', async () => {
    // Blank and half texts are refused on the way out: whoever sends is held to the rules as well.
    const outcomes = await Promise.allSettled(hostileTexts.map(say))
    count({ badInputs: hostileTexts.length })
    assert.ok(outcomes.filter(({ status }) => status === 'fulfilled').length > 50)
    for (const { language, path, text } of hostileFiles)
      await bob.request('message/send', { conversation, body: { kind: 'snippet', language, text, path } })
    await say('That was all of it')
    const view = tincanView(alice.workbench)
    await view.message('That was all of it').waitFor()
    await view.send('Nothing happened here')
    await view.message('Nothing happened').getByText(arrived).waitFor()
  })

  test('is shown the real spelling of a name that imitates another, and opens nothing without a yes', async () => {
    const pages = alice.workbench.page.context().pages().length
    await say('Have a look: https://аррӏе.com/login')
    const view = tincanView(alice.workbench)
    await view.message('Have a look').getByRole('link').click()
    const dialog = alice.workbench.page.getByRole('dialog').filter({ hasText: 'Open this link in your browser?' })
    await dialog.getByText('xn--80ak6aa92e.com').first().waitFor()
    await dialog.getByText('may imitate a known site').first().waitFor()
    await alice.workbench.picture('homograph')
    await alice.workbench.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    assert.equal(alice.workbench.page.context().pages().length, pages)
  })

  test('opens shared code of any name to read, nowhere on disk', async () => {
    await bob.request('message/send', {
      conversation,
      body: {
        kind: 'snippet',
        language: 'json',
        path: '.vscode/tasks.json',
        text: '{"tasks":[{"label":"never run"}]}',
      },
    })
    const card = tincanView(alice.workbench)
      .frame.getByRole('group', { name: /tasks\.json/ })
      .filter({ hasText: 'never run' })
      .first()
    await card.getByRole('button', { name: words('open') }).click()
    await probe('the code in an editor of its own', 30_000, async () =>
      (await alice.workbench.editorText()).includes('never run') ? true : undefined,
    )
    await alice.workbench.page
      .getByRole('tab', { name: /tasks\.json \(snippet\)/ })
      .first()
      .waitFor()
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
