import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { type Browser, startBrowser } from './harness/browser.ts'
import type { SeatedPerson } from './harness/person.ts'
import { traceFailure } from './harness/traceFailure.ts'
import type { Workbench } from './harness/workbench.ts'
import { startWorld, type World } from './harness/world.ts'
import { openConversation } from './pages/conversationRow.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { meetCorrespondent, openTincan, readSafetyNumber, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { arrived, words } from './pages/words.ts'

const wrongPhrase = [...Array.from({ length: 23 }, () => 'abandon'), 'art']

describe('somebody whose editor forgot its secrets', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  let phrase: readonly string[]
  let safetyNumber: string
  let identityFile: string
  let identity: Buffer
  /** The editor keeps its secrets in the browser: another profile has none. */
  let browser: Browser
  let workbench: Workbench
  before(async () => {
    world = await startWorld(['Alice'])
    ;[alice] = world.people as [SeatedPerson]
    phrase = await setUp(alice.workbench, 'Alice')
    bob = await world.correspondent('Bob')
    const conversation = await meetCorrespondent(alice.workbench, bob)
    await bob.request('message/send', { conversation, body: { kind: 'text', text: 'From before' } })
    await tincanView(alice.workbench).message('From before').waitFor()
    safetyNumber = await readSafetyNumber(alice.workbench)
    identityFile = path.join(alice.server.globalStorage, 'tincan.tincan', 'identity')
    identity = await readFile(identityFile)
    await alice.browser.close()
    await alice.server.stop()
    await alice.server.start()
    browser = await startBrowser(path.join(world.folderOf('Alice'), 'other-browser'))
    workbench = await browser.open(alice.url)
  })
  afterEach((t) => traceFailure(t, world))
  after(async () => {
    await browser.close()
    await world.end()
  })

  test('is asked for the recovery phrase, in every theme and without a barrier', async () => {
    await openTincan(workbench)
    const { frame, heading } = tincanView(workbench)
    await heading(words('lockedTitle')).waitFor()
    await frame.getByText(words('lockedMissing')).waitFor()
    await showInEveryTheme(workbench, 'locked')
  })

  test('is told when words are missing, and when they are the words of another identity', async () => {
    const { frame, button } = tincanView(workbench)
    const field = frame.getByRole('textbox', { name: words('lockedLabel') })
    await field.fill(phrase.slice(0, 11).join(' '))
    await button(words('lockedUnlock')).click()
    await frame.getByRole('alert').getByText(words('lockedNeedWords', 11)).waitFor()

    await field.fill(wrongPhrase.join(' '))
    await button(words('lockedUnlock')).click()
    const sentence = 'These words are not the recovery phrase of this identity. Check their spelling and order.'
    await frame.getByRole('alert').getByText(sentence).waitFor()
    await showInEveryTheme(workbench, 'locked-refused')
  })

  test('has lost nothing on disk meanwhile', async () => {
    assert.deepEqual(await readFile(identityFile), identity)
  })

  test('is back with the same identity and conversation after the right words', async () => {
    const view = tincanView(workbench)
    await view.frame.getByRole('textbox', { name: words('lockedLabel') }).fill(`  ${phrase.join('\n').toUpperCase()} `)
    await view.button(words('lockedUnlock')).click()
    await view.heading(words('startTitle', 'Alice')).waitFor()
    await openConversation(workbench, /Bob/, 'Bob')
    await view.message('From before').waitFor()
    assert.equal(await readSafetyNumber(workbench), safetyNumber)
    await view.send('Back again')
    await view.message('Back again').getByText(arrived).waitFor()
  })

  test('is not asked again after a reload', async () => {
    await workbench.reload()
    await openTincan(workbench)
    await tincanView(workbench).message('Back again').waitFor()
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(browser.complaints, [])
  })
})
