import assert from 'node:assert/strict'
import { commandTitle } from '../harness/commandTitle.ts'
import { probe } from '../harness/probe.ts'
import { cardPage } from '../pages/cardPage.ts'
import { compareLive, openTincan, readSafetyNumber, setUp } from '../pages/stories.ts'
import { conversationRow } from '../pages/conversationRow.ts'
import { tincanView } from '../pages/tincanView.ts'
import { words } from '../pages/words.ts'
import { noted, step, type Step } from './step.ts'

/** From the installed extension to two people who know that nobody sits between them. */
export const meeting: readonly Step[] = [
  step('Alice opens Tincan and is welcomed', async ({ alice }) => {
    await openTincan(alice.workbench)
    await tincanView(alice.workbench).button(words('welcomeBegin')).waitFor()
  }),
  step('Alice chooses a name and writes her recovery phrase down', async ({ alice, notes }) => {
    notes.set('phrase', (await tincanView(alice.workbench).firstRun('Alice')).join(' '))
  }),
  step('Bob and Carol do the same', async ({ bob, carol }) => {
    await Promise.all([setUp(bob.workbench, 'Bob'), setUp(carol.workbench, 'Carol')])
  }),
  step('Alice makes an invite', async ({ alice }) => {
    await tincanView(alice.workbench).button(words('startInvite')).click()
    await alice.workbench.pick('24 hours')
    await alice.workbench.pick('Ask Me')
    await alice.workbench.notification('on your clipboard').waitFor()
  }),
  step('Alice sees it as a QR code', async ({ alice }) => {
    await alice.workbench.answer('on your clipboard', 'Show QR Code')
    await cardPage(alice.workbench).frame.getByRole('img', { name: 'QR code of the invite link' }).waitFor()
    await alice.workbench.picture('invite-card')
  }),
  step('Alice copies the message that says what to do', async ({ alice, notes }) => {
    await cardPage(alice.workbench).button('Copy Invitation Message').click()
    const message = await probe('the message', 10_000, async () => {
      const copied = await alice.workbench.readClipboard()
      return copied.includes('Install the extension') ? copied : undefined
    })
    notes.set('link', message.split('\n').at(-1) ?? '')
    await alice.workbench.run('View: Close All Editors')
  }),
  step('Bob joins with the link of that message', async (cast) => {
    const { workbench } = cast.bob
    await tincanView(workbench).button(words('startJoin')).click()
    await workbench.type(noted(cast, 'link'))
    await workbench.answer('Join with this Tincan invite?', 'Join')
  }),
  step('Alice sees who it is, and accepts', async ({ alice, bob }) => {
    await alice.workbench.answer('used your invite', 'Accept')
    for (const { workbench } of [alice, bob]) await tincanView(workbench).composer.waitFor()
    for (const { workbench } of [alice, bob]) await workbench.dismissNotifications()
  }),
  step('each sees that the other one is online', async ({ alice, bob }) => {
    await conversationRow(alice.workbench, /Bob.*online/).waitFor()
    await conversationRow(bob.workbench, /Alice.*online/).waitFor()
  }),
  step('Alice and Bob see the same safety number', async ({ alice, bob }) => {
    const numbers = [await readSafetyNumber(alice.workbench), await readSafetyNumber(bob.workbench)]
    assert.match(numbers[0] ?? '', /^\d{60}$/)
    assert.equal(numbers[0], numbers[1])
  }),
  step('both start to compare live, and read the same seven pictures', async ({ alice, bob }) => {
    const [left, right] = await compareLive(alice.workbench, bob.workbench)
    assert.equal(left, right)
  }),
  step('both say so, and are verified', async ({ alice, bob }) => {
    for (const { workbench } of [alice, bob]) await cardPage(workbench).button('They Are the Same').click()
    for (const { workbench } of [alice, bob]) await cardPage(workbench).status('Both of you saw the same').waitFor()
    for (const { workbench } of [alice, bob]) await workbench.run('View: Close All Editors')
    await tincanView(alice.workbench).log.getByText(words('noticeVerified', 'Bob')).waitFor()
  }),
  step('Alice calls Bob by a name of her own', async ({ alice }) => {
    const { workbench } = alice
    await workbench.rowMenu(conversationRow(workbench, /Bob.*online/), /Rename Contact/)
    await workbench.quickInput.getByText('Only you see this name').waitFor()
    await workbench.type('Bob the brewer')
    await tincanView(workbench).heading('Bob the brewer').waitFor()
  }),
  step('Alice goes back to the name that he has chosen', async ({ alice }) => {
    await alice.workbench.run(commandTitle('tincan.renameContact'))
    await alice.workbench.pick('Bob the brewer')
    await alice.workbench.quickInput.getByText('Only you see this name').waitFor()
    await alice.workbench.type('')
    await tincanView(alice.workbench).heading('Bob the brewer').waitFor({ state: 'hidden' })
    await tincanView(alice.workbench).heading('Bob').waitFor()
  }),
]
