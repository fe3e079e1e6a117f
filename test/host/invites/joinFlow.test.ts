import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OpenConversation } from '../../../src/host/conversations/openConversation.ts'
import type { ChatModel, ChatSnapshot } from '../../../src/host/life/chatModel.ts'
import { chatError } from '../../../src/shared/chatError.ts'
import { Emitter } from '../../../src/shared/disposable.ts'
import { importWithEditor } from '../importWithEditor.ts'

/** Of the editor, what asks and says: every question is noted and answered with nothing. */
const editor = `
globalThis.said = []
export const window = { showInformationMessage: async (text) => void globalThis.said.push(text) }
export const commands = { executeCommand: async () => undefined }
export const env = { language: 'en' }
export const l10n = { t: (text) => text }`
const { createJoinFlow } = await importWithEditor(editor, () => import('../../../src/host/invites/joinFlow.ts'))

const { said } = globalThis as unknown as { said: string[] }
const question = 'Join with this Tincan invite?'
const kept = 'Tincan cannot be used in this window yet. As soon as it can, it goes on with the invite.'

/** A window that has no part in the chat until it joins in, and the links that it looked into. */
function windowElsewhere(): { model: ChatModel; inspected: string[]; joinIn: () => void } {
  said.length = 0
  const changed = new Emitter<ChatSnapshot>()
  const inspected: string[] = []
  let phase: ChatSnapshot['phase'] = 'elsewhere'
  const snapshot = (): ChatSnapshot => ({ phase }) as unknown as ChatSnapshot
  const model = {
    get snapshot() {
      return snapshot()
    },
    onDidChange: changed.event,
    request(method: string, { link }: { link: string }) {
      if (phase !== 'running') return Promise.reject(chatError('in-use'))
      if (method === 'identity/state') return Promise.resolve({ kind: 'ready' })
      assert.equal(method, 'invite/inspect')
      inspected.push(link)
      return Promise.resolve({ kind: 'contact', inviter: 'ab', expiresAt: 0 })
    },
  } as unknown as ChatModel
  return {
    model,
    inspected,
    joinIn: () => {
      phase = 'running'
      changed.fire(snapshot())
    },
  }
}

const nowhere = {} as unknown as OpenConversation

test('a link that comes to a window without a part in the chat is gone on with once it has one', async () => {
  const { model, inspected, joinIn } = windowElsewhere()
  const confirmed = createJoinFlow(model, nowhere).confirm('the link')
  await new Promise(setImmediate)
  assert.deepEqual([said, inspected], [[kept], []])
  joinIn()
  await confirmed
  assert.deepEqual([said, inspected], [[kept, question], ['the link']])
})

test('of several such links the one opened last is asked about, and once', async () => {
  const { model, inspected, joinIn } = windowElsewhere()
  const flow = createJoinFlow(model, nowhere)
  const both = [flow.confirm('the first'), flow.confirm('the last')]
  await new Promise(setImmediate)
  joinIn()
  await Promise.all(both)
  assert.deepEqual(inspected, ['the last'])
  assert.deepEqual(said, [kept, kept, question])
})
