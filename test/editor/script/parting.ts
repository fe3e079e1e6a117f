import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { commandTitle } from '../harness/commandTitle.ts'
import { probe } from '../harness/probe.ts'
import { openFrom, saveAs } from '../pages/fileDialog.ts'
import { openTincan } from '../pages/stories.ts'
import { conversationRow } from '../pages/conversationRow.ts'
import { tincanView } from '../pages/tincanView.ts'
import { words } from '../pages/words.ts'
import { noted, step, type Step } from './step.ts'

/** Somebody takes everything along, leaves nothing behind, comes back, and says goodbye. */
export const parting: readonly Step[] = [
  step('Alice goes back to Bob', async ({ alice }) => {
    await conversationRow(alice.workbench, /^.Bob., /).click()
    await tincanView(alice.workbench).message('In four minutes').waitFor()
  }),
  step('Alice blocks Bob, who sees no more than that she is offline', async ({ alice, bob }) => {
    const { workbench } = alice
    await workbench.rowMenu(conversationRow(workbench, /^.Bob., /), /^Block Contact/)
    await workbench.answer(/Block .Bob.\?/, 'Block')
    await tincanView(workbench).frame.getByText(words('silentBlocked')).waitFor()
    await conversationRow(bob.workbench, /^.Alice., .*offline/).waitFor()
  }),
  step('Alice lets him in again', async ({ alice, bob }) => {
    await tincanView(alice.workbench).button(words('unblock')).click()
    await tincanView(alice.workbench).composer.waitFor()
    await conversationRow(bob.workbench, /^.Alice., .*online/).waitFor()
  }),
  step('Alice exports the conversation', async ({ alice, world }) => {
    const file = `${world.folderOf('Alice')}/bob.md`
    await alice.workbench.run(commandTitle('tincan.exportConversation'))
    await alice.workbench.quickInput.getByPlaceholder('Export which conversation?').waitFor()
    await alice.workbench.pick('Bob')
    await alice.workbench.pick('Markdown')
    await saveAs(alice.workbench, file)
    const text = await probe('the exported file', 20_000, () => readFile(file, 'utf8').catch(() => undefined))
    assert.match(text, /In four minutes/)
  }),
  step('Alice backs everything up for her recovery phrase', async ({ alice, notes, world }) => {
    const file = `${world.folderOf('Alice')}/alice.tincan-backup`
    await alice.workbench.run(commandTitle('tincan.backUp'))
    await alice.workbench.pick('Recovery Phrase')
    await saveAs(alice.workbench, file)
    await alice.workbench.notification('Everything is backed up').waitFor()
    assert.equal((await readFile(file)).includes('In four minutes'), false)
    notes.set('backup', file)
    await alice.workbench.dismissNotifications()
  }),
  step('Alice deletes everything, and Tincan is as on the first day', async ({ alice, bob }) => {
    await alice.workbench.run(commandTitle('tincan.deleteEverything'))
    await alice.workbench.answer('Delete everything that Tincan keeps here?', 'Continue…')
    await alice.workbench.quickInput.getByText('to delete everything for good').waitFor()
    await alice.workbench.picture('delete-everything')
    await alice.workbench.type('Alice')
    await tincanView(alice.workbench).button(words('welcomeBegin')).waitFor()
    await conversationRow(bob.workbench, /^.Alice., .*offline/).waitFor()
    await alice.workbench.dismissNotifications()
  }),
  step('Alice brings everything back from the backup with her phrase, while Bob is away', async (cast) => {
    const { workbench } = cast.alice
    await cast.bob.server.stop()
    await tincanView(workbench).button(words('welcomeBackup')).click()
    await openFrom(workbench, noted(cast, 'backup'))
    await workbench.quickInput.getByText('24 words of your recovery phrase').waitFor()
    await workbench.type(noted(cast, 'phrase').replace(/ \S+$/, ''))
    await workbench.quickInput.getByText('These words do not open this backup.').waitFor()
    await workbench.type(noted(cast, 'phrase'))
    await workbench.notification('Welcome back').waitFor()
    await workbench.picture('restored')
    await conversationRow(workbench, /^.Bob., /).click()
    await tincanView(workbench).message('In four minutes').waitFor()
  }),
  step('Alice reads that their room lacks something until Bob is back, and he brings it', async ({ alice, bob }) => {
    await conversationRow(alice.workbench, /Room .Tea house./).click()
    const view = tincanView(alice.workbench)
    await view.frame.getByText(words('silentIncomplete')).waitFor()
    await alice.workbench.picture('room-incomplete')
    assert.equal(await view.composer.count(), 0)
    await bob.server.start()
    await bob.workbench.reopen()
    await view.composer.waitFor()
  }),
  step('Alice says goodbye, and Bob reads it', async ({ alice, bob }) => {
    await openTincan(bob.workbench)
    await conversationRow(bob.workbench, /^.Alice., /).click()
    await conversationRow(alice.workbench, /^.Bob., /).click()
    await tincanView(alice.workbench).message('In four minutes').waitFor()
    await tincanView(alice.workbench).send('Goodbye, and thanks for the tea')
    await tincanView(bob.workbench).message('thanks for the tea').waitFor()
    await bob.workbench.picture('goodbye')
  }),
]
