import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { commandTitle } from './harness/commandTitle.ts'
import type { SeatedPerson } from './harness/person.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { invite, join, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

describe('somebody who invites and is invited', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  before(async () => {
    world = await startWorld(['Alice'])
    ;[alice] = world.people as [SeatedPerson]
    await setUp(alice.workbench, 'Alice')
    bob = await world.correspondent('Bob')
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('declines a joiner, who learns that it was declined', async () => {
    const { workbench } = alice
    const link = await invite(workbench, 'Ask Me')
    // It answers when the joiner is let in, or has waited for a while.
    const accepting = bob.request('invite/accept', { link }).catch((error: unknown) => error)
    await workbench.notification(/Bob.*used your invite/).waitFor()
    const row = workbench.sideBar.getByRole('treeitem', { name: /Bob.*wants to talk to you/ })
    await row.waitFor()
    await showInEveryTheme(workbench, 'joiner-waits')
    const group = workbench.sideBar.getByRole('treeitem', { name: /^Requests, 1 waits for your answer/ })
    await row.click({ button: 'right' })
    await workbench.page.getByRole('menuitem', { name: 'Accept' }).waitFor()
    await workbench.page.keyboard.press('Escape')
    await workbench.page.keyboard.press('ArrowLeft')
    await workbench.page.keyboard.press('ArrowLeft')
    await row.waitFor({ state: 'hidden' })
    assert.equal(await group.getAttribute('aria-expanded'), 'false')
    await workbench.page.keyboard.press('ArrowRight')
    await row.hover()
    await row.getByRole('button', { name: 'Decline' }).click()
    const { join: refused } = await bob.waitFor('invite/changed', ({ join }) => join?.state === 'failed')
    assert.equal(refused?.reason, 'invite-refused')
    await row.waitFor({ state: 'hidden' })
    await accepting
    await workbench.dismissNotifications()
    assert.deepEqual(await bob.request('conversation/list'), [])
  })

  test('is declined, and reads why', async () => {
    const { workbench } = alice
    const { invite: id, link } = await bob.request('invite/create', { kind: 'contact' })
    await join(workbench, link)
    await bob.waitFor('invite/joining', ({ invite: joining }) => joining === id)
    await workbench.sideBar.getByRole('treeitem', { name: 'Joining, waiting for an answer' }).waitFor()
    await bob.request('invite/confirm', { invite: id, accept: false })
    await workbench.notification('Whoever invited you declined.').waitFor()
    await tincanView(workbench).frame.getByText('Whoever invited you declined.').waitFor()
    const row = workbench.sideBar.getByRole('treeitem', { name: 'Joining failed, Whoever invited you declined.' })
    await row.waitFor()
    await showInEveryTheme(workbench, 'join-declined')
    await workbench.dismissNotifications()
  })

  test('takes an invite back in the tree, and its link leads nowhere', async () => {
    const { workbench } = alice
    const link = await invite(workbench, 'Accept Automatically')
    await workbench.dismissNotifications()
    const row = workbench.sideBar.getByRole('treeitem', { name: /^Invite, until/ })
    await row.hover()
    await row.getByRole('button', { name: commandTitle('tincan.revokeInvite').replace('Tincan: ', '') }).click()
    await row.waitFor({ state: 'hidden' })
    await assert.rejects(bob.request('invite/accept', { link }), { code: 'invite-revoked' })
  })

  test('is told that a link was used by somebody else', async () => {
    const { workbench } = alice
    const eve = await world.correspondent('Eve')
    const { link } = await bob.request('invite/create', { kind: 'contact', autoAccept: true })
    await eve.request('invite/accept', { link })
    await eve.until('the conversation', async () => (await eve.request('conversation/list'))[0])
    await join(workbench, link)
    await workbench.notification(/used by somebody else/).waitFor()
    await workbench.picture('link-used')
    assert.equal(await tincanView(workbench).heading(words('startTitle', 'Alice')).count(), 1)
  })

  test('is told at once what is wrong with a link while typing it', async () => {
    const { workbench } = alice
    await tincanView(workbench).button(words('startJoin')).click()
    await workbench.quickInput.locator('input').first().fill('vscode://tincan.tincan/join#AAAA')
    await workbench.quickInput.getByText('This is not a complete Tincan invite link.').waitFor()
    await workbench.picture('link-garbled')
    await workbench.page.keyboard.press('Escape')
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
