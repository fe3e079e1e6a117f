import { commandTitle } from '../harness/commandTitle.ts'
import { answerRoomInvite, createRoom, joinRoom, memberRow } from '../pages/rooms.ts'
import { conversationRow } from '../pages/conversationRow.ts'
import { tincanView } from '../pages/tincanView.ts'
import { arrived, words } from '../pages/words.ts'
import { step, type Step } from './step.ts'

const title = 'Kettle works'

/** What the two do with a third one. */
export const inARoom: readonly Step[] = [
  step('Alice creates a room', async ({ alice }) => {
    await createRoom(alice.workbench, title, 'Everything about kettles')
  }),
  step('Alice makes a link into it, and Carol joins with it', async ({ alice, carol }) => {
    await alice.workbench.answer('is ready. Nobody else is in it yet.', 'Invite…')
    await answerRoomInvite(alice.workbench, {
      whom: 'With a Link',
      role: 'Member',
      history: 'Everything from the Beginning',
    })
    await alice.workbench.notification('on your clipboard').waitFor()
    await joinRoom(carol.workbench, await alice.workbench.readClipboard())
    await alice.workbench.dismissNotifications()
    await tincanView(carol.workbench).heading(title).waitFor()
  }),
  step('Alice offers the room to Bob', async ({ alice, bob }) => {
    await alice.workbench.run(commandTitle('tincan.inviteToRoom'))
    await answerRoomInvite(alice.workbench, { whom: 'Bob', role: 'Member', history: 'Only from Now On' })
    await bob.workbench.notification(/Alice. invites you to the room/).waitFor()
  }),
  step('Bob accepts', async ({ alice, bob, carol }) => {
    await bob.workbench.answer(/Alice. invites you to the room/, 'Accept')
    await tincanView(bob.workbench).heading(title).waitFor()
    for (const { workbench } of [alice, bob, carol])
      await conversationRow(workbench, /Room .Kettle works..*3 of 3 online/).waitFor()
    for (const { workbench } of [alice, bob, carol]) await workbench.dismissNotifications()
  }),
  step('Alice writes to all, and Carol answers', async ({ alice, bob, carol }) => {
    await tincanView(alice.workbench).send('The kettle is on')
    for (const { workbench } of [bob, carol]) await tincanView(workbench).message('The kettle is on').waitFor()
    await tincanView(alice.workbench).message('The kettle is on').getByText(arrived).waitFor()
    await tincanView(carol.workbench).send('Two sugars please')
    for (const { workbench } of [alice, bob]) await tincanView(workbench).message('Two sugars please').waitFor()
  }),
  step('Bob mentions Carol by keyboard', async ({ bob, carol }) => {
    const { composer, frame } = tincanView(bob.workbench)
    await composer.click()
    await composer.pressSequentially('Look, @Car')
    await frame.getByRole('option', { name: /Carol/ }).waitFor()
    await composer.press('Enter')
    await composer.pressSequentially('the lid is loose')
    await composer.press('Enter')
    await tincanView(carol.workbench).message('the lid is loose').locator('.mention.self').waitFor()
  }),
  step('Alice pins what Carol wrote', async ({ alice, bob }) => {
    const message = tincanView(alice.workbench).message('Two sugars please')
    await message.hover()
    await message.getByRole('button', { name: words('pinMessage') }).click()
    await tincanView(bob.workbench)
      .frame.getByRole('button', { name: words('pinnedOne') })
      .waitFor()
  }),
  step('Alice makes Bob an admin', async ({ alice, bob }) => {
    await alice.workbench.rowMenu(await memberRow(alice.workbench, /Bob/), /Change Role/)
    await alice.workbench.pick('Can rename the room')
    await tincanView(bob.workbench).frame.getByText('Alice made you an admin.').waitFor()
  }),
  step('Bob renames the room', async ({ alice, bob, carol }) => {
    await bob.workbench.run(commandTitle('tincan.renameRoom'))
    await bob.workbench.type('Tea house')
    for (const { workbench } of [alice, carol]) await tincanView(workbench).heading('Tea house').waitFor()
  }),
  step('Carol asks Bob to become a contact', async ({ bob, carol }) => {
    await carol.workbench.rowMenu(await memberRow(carol.workbench, /Bob/), /Ask to Become a Contact/)
    await bob.workbench.notification(/Carol., who is with you in/).waitFor()
  }),
  step('Bob accepts her', async ({ bob, carol }) => {
    await bob.workbench.answer(/Carol., who is with you in/, 'Accept')
    await conversationRow(carol.workbench, /^.Bob., online/).waitFor()
  }),
  step('Bob mutes the room for an hour', async ({ bob }) => {
    const row = conversationRow(bob.workbench, /Room .Tea house./)
    await bob.workbench.rowMenu(row, /^Mute/)
    await bob.workbench.pick('For 1 Hour')
    await conversationRow(bob.workbench, /Room .Tea house..*muted/).waitFor()
  }),
  step('Alice removes Carol', async ({ alice }) => {
    await alice.workbench.rowMenu(await memberRow(alice.workbench, /Carol/), /Remove from the Room/)
    await alice.workbench.answer(/Remove .Carol. from .Tea house/, 'Remove')
  }),
  step('Carol reads why nothing can be written any more', async ({ carol }) => {
    await conversationRow(carol.workbench, /Room .Tea house., you were removed/).click()
    await tincanView(carol.workbench).frame.getByText('You were removed from this room.').waitFor()
  }),
]
