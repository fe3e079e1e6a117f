import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { commandTitle } from './harness/commandTitle.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { conversationRow, openConversation } from './pages/conversationRow.ts'
import { showInEveryTheme } from './pages/gallery.ts'
import { answerRoomInvite, createRoom, joinRoom, memberRow } from './pages/rooms.ts'
import { becomeContacts, openTincan, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { arrived, words } from './pages/words.ts'

const title = 'Kettle works'

describe('three people with an editor each, in one room', () => {
  let world: World
  let alice: SeatedPerson
  let bob: SeatedPerson
  let carol: SeatedPerson
  before(async () => {
    world = await startWorld(['Alice', 'Bob', 'Carol'])
    ;[alice, bob, carol] = world.people as [SeatedPerson, SeatedPerson, SeatedPerson]
    for (const { workbench, name } of [alice, bob, carol]) await setUp(workbench, name)
    await becomeContacts(alice.workbench, bob.workbench)
    // What is said of one link must not be taken for the next.
    await alice.workbench.dismissNotifications()
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('meet in it: one by a link, one by an offer to a contact', async () => {
    await createRoom(alice.workbench, title, 'Everything about kettles')
    await alice.workbench.answer('is ready. Nobody else is in it yet.', 'Invite…')
    await alice.workbench.picture('room-invite-whom')
    await answerRoomInvite(alice.workbench, {
      whom: 'With a Link',
      role: 'Member',
      history: 'Everything from the Beginning',
    })
    await alice.workbench.notification('on your clipboard').waitFor()
    await joinRoom(carol.workbench, await alice.workbench.readClipboard())
    await tincanView(carol.workbench).heading(title).waitFor()

    await alice.workbench.run(commandTitle('tincan.inviteToRoom'))
    await answerRoomInvite(alice.workbench, { whom: 'Bob', role: 'Member', history: 'Only from Now On' })
    await bob.workbench.notification(/Alice. invites you to the room/).waitFor()
    const offer = bob.workbench.sideBar.getByRole('treeitem', { name: /Alice. invites you to the room/ })
    await offer.waitFor()
    await bob.workbench.picture('room-offer')
    await bob.workbench.answer(/Alice. invites you to the room/, 'Accept')
    await tincanView(bob.workbench).heading(title).waitFor()
    await offer.waitFor({ state: 'hidden' })
    for (const { workbench } of [alice, bob, carol]) {
      await workbench.sideBar.getByRole('treeitem', { name: /Room .Kettle works..*3 of 3 online/ }).waitFor()
      await workbench.dismissNotifications()
    }
    const { frame } = tincanView(carol.workbench)
    await frame.getByRole('button', { name: /^2 joined/ }).click()
    await frame.getByText('Bob joined and can read what is written from now on.').waitFor()
    await carol.workbench.picture('room-lines')
    await frame.getByRole('button', { name: /^2 joined/ }).click()
  })

  test('write to each other, and see how many have it', async () => {
    const [left, middle, right] = [alice, bob, carol].map(({ workbench }) => tincanView(workbench))
    await left?.send('The kettle is on')
    await middle?.message('The kettle is on').waitFor()
    await right?.message('The kettle is on').waitFor()
    await left?.message('The kettle is on').getByText(arrived).waitFor()
    await right?.send('Two sugars please')
    await middle?.message('Two sugars please').waitFor()
    await left?.message('Two sugars please').waitFor()
  })

  test('mention each other by keyboard; the one mentioned sees it apart from what is unread', async () => {
    const { workbench } = carol
    await workbench.activity('Explorer').click()
    const { composer, frame } = tincanView(bob.workbench)
    await composer.click()
    await composer.pressSequentially('Look, @Car')
    await frame.getByRole('option', { name: /Carol/ }).waitFor()
    await bob.workbench.picture('mention-completion')
    await composer.press('Enter')
    await composer.pressSequentially('the lid is loose')
    await composer.press('Enter')
    await tincanView(alice.workbench).message('Look, @Carol the lid is loose').waitFor()
    await tincanView(bob.workbench).send('And the spout too')
    const badge = workbench.activity('Tincan').locator('.badge-content')
    await badge.filter({ hasText: /^2$/ }).waitFor()
    await alice.workbench.sideBar.getByRole('treeitem', { name: /Room .Kettle works./ }).waitFor()
    await openTincan(workbench)
    await tincanView(workbench).message('the lid is loose').locator('.mention.self').waitFor()
    await workbench.picture('mention')
    await badge.waitFor({ state: 'hidden' })
  })

  test('see the members with their roles, and what can be done', async () => {
    const row = await memberRow(alice.workbench, /Carol/)
    assert.match((await row.getAttribute('aria-label')) ?? '', /Carol., Member, online, not verified/)
    await row.click({ button: 'right' })
    await alice.workbench.page.getByRole('menuitem', { name: 'Remove from the Room…' }).waitFor()
    await alice.workbench.picture('members-menu')
    await alice.workbench.page.keyboard.press('Escape')
    await alice.workbench.rowMenu(await memberRow(alice.workbench, /Bob/), /Change Role/)
    await alice.workbench.pick('Can rename the room')
    await tincanView(bob.workbench).frame.getByText('Alice made you an admin.').waitFor()
    await showInEveryTheme(alice.workbench, 'room')
  })

  test('pin a message and unpin it, and rename the room', async () => {
    const message = tincanView(alice.workbench).message('Two sugars please')
    await message.hover()
    await message.getByRole('button', { name: words('pinMessage') }).click()
    const { frame } = tincanView(bob.workbench)
    await frame.getByRole('button', { name: words('pinnedOne') }).click()
    await frame.getByRole('button', { name: /Carol.*Two sugars please/ }).waitFor()
    await bob.workbench.picture('room-pinned')
    await frame
      .getByRole('button', { name: words('unpinMessage') })
      .first()
      .click()
    for (const { workbench } of [alice, bob])
      await tincanView(workbench)
        .frame.getByRole('button', { name: words('pinnedOne') })
        .waitFor({ state: 'hidden' })

    await bob.workbench.run(commandTitle('tincan.renameRoom'))
    await bob.workbench.type('Tea house')
    await tincanView(carol.workbench).heading('Tea house').waitFor()
    await alice.workbench.run(commandTitle('tincan.renameRoom'))
    await alice.workbench.type(title)
    for (const { workbench } of [alice, bob, carol]) await tincanView(workbench).heading(title).waitFor()
  })

  test('become contacts in one step', async () => {
    await carol.workbench.rowMenu(await memberRow(carol.workbench, /Bob/), /Ask to Become a Contact/)
    await carol.workbench.sideBar.getByRole('treeitem', { name: /Bob., has not answered yet/ }).waitFor()
    const question = /Carol., who is with you in .Kettle works., wants to become a contact/
    await bob.workbench.notification(question).waitFor()
    await bob.workbench.picture('contact-request')
    await bob.workbench.answer(question, 'Accept')
    await carol.workbench.sideBar.getByRole('treeitem', { name: /^.Bob., online/ }).waitFor()
    await bob.workbench.sideBar.getByRole('treeitem', { name: /^.Carol., .*online/ }).waitFor()
    for (const person of [bob, carol]) await backToRoom(person)
  })

  test('see no more of somebody they have blocked than that they wrote, until they ask for it', async () => {
    const { workbench } = carol
    const contact = conversationRow(workbench, /^.Bob., /)
    await workbench.rowMenu(contact, /^Block Contact/)
    await workbench.answer(/Block .Bob.\?/, 'Block')
    await backToRoom(carol)
    await tincanView(bob.workbench).send('Do you hear me?')
    const view = tincanView(workbench)
    // It comes by way of Alice.
    const folded = view.frame.getByRole('button', { name: words('blockedMessage', 'Bob') })
    await folded.nth(2).waitFor()
    assert.equal(await view.message('Do you hear me?').count(), 0)
    await workbench.picture('room-blocked')
    await folded.last().click()
    await view.message('Do you hear me?').waitFor()
    await workbench.rowMenu(contact, /^Unblock/)
    await folded.first().waitFor({ state: 'hidden' })
    await view.message('the lid is loose').waitFor()
  })

  test('remove one, who reads why nothing can be written any more, and nothing of what follows', async () => {
    await alice.workbench.rowMenu(await memberRow(alice.workbench, /Carol/), /Remove from the Room/)
    await alice.workbench.notification(/What .Carol. already has, .Carol. keeps/).waitFor()
    await alice.workbench.picture('remove-confirmation')
    await alice.workbench.answer(/Remove .Carol. from .Kettle works/, 'Remove')
    await tincanView(bob.workbench).frame.getByText('Alice removed Carol.').waitFor()

    const view = tincanView(carol.workbench)
    await view.frame.getByText('You were removed from this room.').waitFor()
    await view.frame.getByText('Alice removed you.').waitFor()
    await view.message('the lid is loose').locator('.mention.self').waitFor()
    assert.equal(await view.composer.count(), 0)
    await carol.workbench.sideBar.getByRole('treeitem', { name: /Room .Kettle works., you were removed/ }).waitFor()

    await tincanView(alice.workbench).send('Now we are two')
    await tincanView(bob.workbench).message('Now we are two').waitFor()
    await tincanView(alice.workbench).message('Now we are two').getByText(arrived).waitFor()
    assert.equal(await view.message('Now we are two').count(), 0)
    await showInEveryTheme(carol.workbench, 'room-removed')
    await bob.workbench.picture('room-after-removal')
  })

  test('are told no more than they want: a muted room stays silent', async () => {
    const { workbench } = bob
    const row = workbench.sideBar.getByRole('treeitem', { name: /Room .Kettle works./ })
    await workbench.rowMenu(row, /^Mute/)
    await workbench.pick('For 1 Hour')
    await workbench.sideBar.getByRole('treeitem', { name: /Room .Kettle works..*muted/ }).waitFor()
    await workbench.activity('Explorer').click()
    await tincanView(alice.workbench).send('Is anybody there?')
    await openTincan(workbench)
    await tincanView(workbench).message('Is anybody there?').waitFor()
    await probe('no badge', 30_000, async () =>
      (await workbench.activity('Tincan').locator('.badge-content').isVisible()) ? undefined : true,
    )
    await workbench.picture('room-muted')
  })

  test('hand the room over, leave it, and dissolve it', async () => {
    await alice.workbench.run(commandTitle('tincan.leaveRoom'))
    await alice.workbench.answer(/You own .Kettle works./, 'Hand Over…')
    await alice.workbench.pick('Bob')
    await alice.workbench.answer(/Hand .Kettle works. over to .Bob./, 'Hand Over')
    await tincanView(bob.workbench).frame.getByText('Alice handed the room over to you.').waitFor()
    await alice.workbench.run(commandTitle('tincan.leaveRoom'))
    await alice.workbench.answer(/Leave .Kettle works./, 'Leave')
    await alice.workbench.sideBar.getByRole('treeitem', { name: /Room .Kettle works., you left/ }).waitFor()
    await bob.workbench.sideBar.getByRole('treeitem', { name: /Room .Kettle works., only you/ }).waitFor()
    await bob.workbench.run(commandTitle('tincan.dissolveRoom'))
    await bob.workbench.answer(/Dissolve .Kettle works. for everybody/, 'Dissolve')
    await tincanView(bob.workbench)
      .frame.getByText('This room was dissolved. Nobody can write here any more.')
      .waitFor()
    await showInEveryTheme(bob.workbench, 'room-dissolved')
  })

  /** Shows the room again after something else came to the front. */
  async function backToRoom({ workbench }: SeatedPerson): Promise<void> {
    await openConversation(workbench, /Room .Kettle works./, title)
    await workbench.dismissNotifications()
  }
})
