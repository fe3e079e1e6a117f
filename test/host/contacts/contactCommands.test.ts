import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Boundary } from '../../../src/host/boundary.ts'
import type { ChatModel } from '../../../src/host/life/chatModel.ts'
import type { Conversation } from '../../../src/shared/service.ts'
import { askedEditor, userOf } from '../askedEditor.ts'
import { importWithEditor } from '../importWithEditor.ts'
import { bob, conversation } from '../sampleChat.ts'

const { registerContactCommands } = await importWithEditor(
  askedEditor,
  () => import('../../../src/host/contacts/contactCommands.ts'),
)

/** Runs a command on a contact with a user who gives these answers. Says what was asked, and what was done. */
async function run(command: string, on: Conversation, ...answers: readonly string[]) {
  const user = userOf(...answers)
  const done: unknown[] = []
  const request = (method: string, params: unknown) => {
    if (method === 'conversation/list') return Promise.resolve([on])
    done.push([method, params])
    return Promise.resolve(null)
  }
  const works = new Map<string, (argument: unknown) => unknown>()
  const boundary = {
    command: (id: string, work: (argument: unknown) => unknown) => void works.set(id, work),
  } as unknown as Boundary
  registerContactCommands(boundary, { request } as unknown as ChatModel)
  await works.get(command)?.(on.id)
  return { asked: user.asked, done }
}

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
