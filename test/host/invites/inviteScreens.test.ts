import assert from 'node:assert/strict'
import { test } from 'node:test'
import type * as vscode from 'vscode'
import type { Boundary } from '../../../src/host/boundary.ts'
import type { ChatModel, ChatSnapshot } from '../../../src/host/life/chatModel.ts'
import { Emitter } from '../../../src/shared/disposable.ts'
import type { InviteId } from '../../../src/shared/ids.ts'
import type { ServiceNotifications } from '../../../src/shared/service.ts'
import { cardEditor, panelsOf } from '../cardEditor.ts'
import { importWithEditor } from '../importWithEditor.ts'

const { createInviteScreens } = await importWithEditor(
  cardEditor,
  () => import('../../../src/host/invites/inviteScreens.ts'),
)

const invite = 'f'.repeat(32) as InviteId
const own = { invite, expiresAt: 0, autoAccept: false, state: 'live' } as const

function inviteScreens() {
  const told = new Emitter<ServiceNotifications['invite/changed']>()
  const changed = new Emitter<ChatSnapshot>()
  const model = {
    snapshot: { conversations: [] },
    onDidChange: changed.event,
    on: (_: string, listener: (value: ServiceNotifications['invite/changed']) => void) => told.event(listener),
    request: (method: string) => Promise.resolve(method === 'invite/link' ? { link: 'a link' } : { own: [own] }),
  } as unknown as ChatModel
  const panels = panelsOf()
  const screens = createInviteScreens({ extensionUri: {} as unknown as vscode.Uri, boundary: {} as Boundary, model })
  return { screens, panels, told, changed }
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
