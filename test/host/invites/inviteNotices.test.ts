import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Boundary } from '../../../src/host/boundary.ts'
import type { OpenConversation } from '../../../src/host/conversations/openConversation.ts'
import type { WaitingRoom } from '../../../src/host/invites/openWaiting.ts'
import type { ChatLife } from '../../../src/host/life/chatLife.ts'
import type { ChatModel } from '../../../src/host/life/chatModel.ts'
import { parseConversationId, type InviteId } from '../../../src/shared/ids.ts'
import type { OwnInvite, ServiceNotifications } from '../../../src/shared/service.ts'
import { askedEditor, userOf } from '../askedEditor.ts'
import { importWithEditor } from '../importWithEditor.ts'
import { plain } from '../plainEnglish.ts'
import { conversation, snapshot } from '../sampleChat.ts'

const { registerInviteNotices } = await importWithEditor(
  askedEditor,
  () => import('../../../src/host/invites/inviteNotices.ts'),
)

const invite = '1'.repeat(32) as InviteId
const own: OwnInvite = { invite, expiresAt: 5, autoAccept: true, state: 'used' }

/** What a window says when somebody came in with an invite while another conversation is in sight. */
async function saidOfJoiner(hasLetIn: boolean): Promise<readonly string[]> {
  const user = userOf()
  let tell: (told: ServiceNotifications['invite/changed']) => void = () => undefined
  const model = {
    snapshot: snapshot({}),
    onDidChange: () => undefined,
    on: (_: string, listener: typeof tell) => (tell = listener),
    request: () => Promise.resolve([conversation()]),
  } as unknown as ChatModel
  registerInviteNotices(
    model,
    { standing: { speaks: true }, leads: true } as unknown as ChatLife,
    { run: (_: string, work: () => unknown) => work() } as unknown as Boundary,
    { hasLetIn: () => hasLetIn } as unknown as WaitingRoom,
    { current: parseConversationId('9'.repeat(64)) } as unknown as OpenConversation,
  )
  tell({ own, conversation: conversation().id })
  await new Promise(setImmediate)
  return user.asked.map(({ text }) => plain(text))
}

test('a new contact is told of, except to whoever let it in just now and has it in sight', async () => {
  assert.deepEqual(await saidOfJoiner(false), ['Bob is now a contact.'])
  assert.deepEqual(await saidOfJoiner(true), [])
})
