import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Conversation } from '../../../src/shared/service.ts'
import { askedEditor } from '../askedEditor.ts'
import { importWithEditor } from '../importWithEditor.ts'
import { plain } from '../plainEnglish.ts'
import { runCommand } from '../runCommand.ts'
import { conversation, room } from '../sampleChat.ts'

const { registerRemovalCommands } = await importWithEditor(
  askedEditor,
  () => import('../../../src/host/conversations/removalCommands.ts'),
)

/** Runs a command on a conversation with a user who gives these answers. Says what was asked, and what was done. */
async function run(command: string, on: Conversation, ...answers: readonly string[]) {
  const { asked, done } = await runCommand(registerRemovalCommands, command, on, answers)
  return { asked, done: done.map(([method]) => method) }
}

const deleteConversation = 'tincan.deleteConversation'
const owned = room({}, { ownRole: 'owner' })
const joined = room({}, { ownRole: 'member' })

test('what deletes is never the answer that has the keyboard, and without an answer nothing is deleted', async () => {
  const notes = conversation({ isSelf: true, members: [] })
  for (const [command, on] of [
    [deleteConversation, conversation()],
    [deleteConversation, owned],
    [deleteConversation, joined],
    [deleteConversation, notes],
    ['tincan.deleteContact', conversation()],
  ] as const) {
    const { asked, done } = await run(command, on)
    assert.equal(asked[0]?.offered[0], 'Export First…')
    assert.deepEqual(done, [])
  }
})

test('after the export, or where it was given up, the question is asked again', async () => {
  const { asked, done } = await run(deleteConversation, conversation(), 'Export First…', 'nothing of it', 'Delete')
  assert.deepEqual(
    asked.map(({ text }) => plain(text)),
    ['Delete the conversation Bob?', 'Export Conversation', 'Delete the conversation Bob?'],
  )
  assert.deepEqual(done, ['conversation/delete'])
})

test('a member leaves the room that is to go, or keeps it empty; its owner is told what comes before', async () => {
  assert.deepEqual((await run(deleteConversation, joined, 'Leave and Delete')).done, [
    'room/leave',
    'conversation/delete',
  ])
  assert.deepEqual((await run(deleteConversation, joined, 'Delete Messages Only')).done, ['conversation/delete'])
  const { asked } = await run(deleteConversation, owned)
  assert.deepEqual(asked[0]?.offered, ['Export First…', 'Delete Messages Only'])
  assert.match(asked[0].detail, /hand it over, or dissolve it, before you can leave/)
})

test('a room that nobody else is in is dissolved as it goes', async () => {
  const alone = room({}, { ownRole: 'owner', memberCount: 1 })
  const { asked, done } = await run(deleteConversation, alone, 'Dissolve and Delete')
  assert.deepEqual(asked[0]?.offered, ['Export First…', 'Delete Messages Only', 'Dissolve and Delete'])
  assert.doesNotMatch(asked[0].detail, /hand it over|keep what they have/)
  assert.deepEqual(done, ['room/dissolve', 'conversation/delete'])
})

test('the question says what goes, what the others keep, and what still holds it', async () => {
  const { asked, done } = await run('tincan.deleteContact', conversation(), 'Delete')
  assert.deepEqual(plain(asked[0]?.detail ?? '').split('\n\n').length, 3)
  assert.match(asked[0]?.detail ?? '', /for good[^]*keep what they have[^]*backed up or exported/)
  assert.deepEqual(done, ['contact/delete'])
})
