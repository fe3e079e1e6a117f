import assert from 'node:assert/strict'
import { test } from 'node:test'
import type * as vscode from 'vscode'
import type { Boundary } from '../../../src/host/boundary.ts'
import type { ChatModel, ChatSnapshot } from '../../../src/host/life/chatModel.ts'
import { Emitter } from '../../../src/shared/disposable.ts'
import type { InviteId } from '../../../src/shared/ids.ts'
import type { OwnInvite, ServiceNotifications } from '../../../src/shared/service.ts'
import { cardEditor, panelsOf } from '../cardEditor.ts'
import { importWithEditor } from '../importWithEditor.ts'
import { conversationId, room } from '../sampleChat.ts'

const { createInviteScreens } = await importWithEditor(
  cardEditor,
  () => import('../../../src/host/invites/inviteScreens.ts'),
)

const invite = 'f'.repeat(32) as InviteId
const own = { invite, expiresAt: 0, autoAccept: false, state: 'live' } as const

const kitchen = { ...own, room: { conversation: conversationId, role: 'member', history: 'all' } } as const

/** Invites of which this is one. `veil.isOn`: names are hidden. */
function inviteScreens(one: OwnInvite = own) {
  const veil = { isOn: false }
  const told = new Emitter<ServiceNotifications['invite/changed']>()
  const changed = new Emitter<ChatSnapshot>()
  const model = {
    snapshot: { conversations: [room({ title: 'Kitchen' })] },
    onDidChange: changed.event,
    on: (_: string, listener: (value: ServiceNotifications['invite/changed']) => void) => told.event(listener),
    request: (method: string) => Promise.resolve(method === 'invite/link' ? { link: 'a link' } : { own: [one] }),
  } as unknown as ChatModel
  const panels = panelsOf()
  const screens = createInviteScreens({
    extensionUri: {} as unknown as vscode.Uri,
    boundary: { run: (_: string, work: () => unknown) => work() } as unknown as Boundary,
    model,
    isVeiled: () => veil.isOn,
  })
  return { screens, panels, told, changed, veil }
}

test('the tab of an invite opens once, however often that is asked for', async () => {
  const { screens, panels } = inviteScreens()
  await Promise.all([screens.open(invite), screens.open(invite)])
  assert.equal(panels.length, 1)
  await screens.open(invite)
  assert.deepEqual([panels.length, panels[0]?.revealed], [1, 1])
  screens.dispose()
  assert.equal(panels[0]?.isOpen, false)
})

test('it closes as the invite is used, and with the identity', async () => {
  const { screens, panels, told, changed } = inviteScreens()
  await screens.open(invite)
  told.fire({ own })
  changed.fire({ identity: undefined } as unknown as ChatSnapshot)
  const isOpen = () => panels.map((panel) => panel.isOpen)
  assert.deepEqual(isOpen(), [true])
  told.fire({ own: { ...own, state: 'used' } })
  assert.deepEqual(isOpen(), [false])
  await screens.open(invite)
  changed.fire({ identity: { kind: 'none' } } as unknown as ChatSnapshot)
  assert.deepEqual(isOpen(), [false, false])
})

test('while names are hidden it names no room, neither on the screen nor in the message that others read', async () => {
  const { screens, panels, changed, veil } = inviteScreens(kitchen)
  const copied = async () => {
    await screens.copyMessage(invite)
    return (globalThis as unknown as { copied: string }).copied
  }
  await screens.open(invite)
  assert.match(panels[0]?.title ?? '', /^Invite to .*Kitchen/)
  assert.match(await copied(), /the room “.*Kitchen/)
  veil.isOn = true
  changed.fire({} as unknown as ChatSnapshot)
  assert.equal(panels[0]?.title, 'Invite to a room')
  assert.doesNotMatch(JSON.stringify(panels[0].posted.at(-1) ?? '') + (await copied()), /Kitchen|Room /)
})
