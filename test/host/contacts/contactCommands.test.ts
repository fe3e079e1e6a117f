import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Conversation } from '../../../src/shared/service.ts'
import { askedEditor } from '../askedEditor.ts'
import { importWithEditor } from '../importWithEditor.ts'
import { runCommand } from '../runCommand.ts'
import { bob, conversation } from '../sampleChat.ts'

const { registerContactCommands } = await importWithEditor(
  askedEditor,
  () => import('../../../src/host/contacts/contactCommands.ts'),
)

/** Runs a command on a contact with a user who gives these answers. Says what was asked, and what was done. */
const run = (command: string, on: Conversation, ...answers: readonly string[]) =>
  runCommand(registerContactCommands, command, on, answers)

const renamed = conversation({ members: [{ person: bob, name: 'Bobby', ownName: 'Bob', verified: false }] })

test('a name that is being typed is not lost when the keyboard goes elsewhere', async () => {
  const { asked, done } = await run('tincan.renameContact', conversation(), '  The Plumber ')
  assert.deepEqual(
    asked.map(({ offered, stays }) => [offered, stays]),
    [[['Bob'], true]],
  )
  assert.deepEqual(done, [['contact/rename', { person: bob, name: 'The Plumber' }]])
})

test('without a name, or with the one that they have chosen, they are called so again', async () => {
  for (const typed of ['', ' ', 'Bob'])
    assert.deepEqual((await run('tincan.renameContact', renamed, typed)).done, [['contact/rename', { person: bob }]])
})

test('a name that is left as it is changes nothing, also while names are hidden', async () => {
  assert.deepEqual((await run('tincan.renameContact', renamed, 'Bobby')).done, [])
  const veiled = conversation({ members: [{ person: bob, name: 'Contact bbbb', verified: false }] })
  assert.deepEqual((await run('tincan.renameContact', veiled, 'Contact bbbb')).done, [])
})

test('nobody is blocked whom the user was not asked about, or kept after all', async () => {
  assert.deepEqual((await run('tincan.blockContact', conversation())).done, [])
  assert.deepEqual((await run('tincan.blockContact', conversation(), 'Block')).done, [
    ['contact/block', { person: bob, blocked: true }],
  ])
})
