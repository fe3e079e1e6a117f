import assert from 'node:assert/strict'
import { test } from 'node:test'
import type * as vscode from 'vscode'
import type { Boundary } from '../../../src/host/boundary.ts'
import type { ChatModel, ChatSnapshot } from '../../../src/host/life/chatModel.ts'
import { Emitter } from '../../../src/shared/disposable.ts'
import { cardEditor, panelsOf } from '../cardEditor.ts'
import { importWithEditor } from '../importWithEditor.ts'
import { bob, conversation, ready } from '../sampleChat.ts'

const { createSafetyScreens } = await importWithEditor(
  cardEditor,
  () => import('../../../src/host/safety/safetyScreens.ts'),
)

function safetyScreens() {
  const changed = new Emitter<ChatSnapshot>()
  const done: unknown[] = []
  const model = {
    snapshot: { conversations: [conversation()], identity: ready } as unknown as ChatSnapshot,
    onDidChange: changed.event,
    on: () => ({ dispose: () => undefined }),
    request: (method: string, params: unknown) => {
      if (method === 'safety/number') return Promise.resolve({ number: '1'.repeat(60), code: 'TINCAN:1:AB' })
      if (method === 'safety/comparison') return Promise.resolve({ comparison: null })
      done.push([method, params])
      return Promise.resolve(null)
    },
  }
  const become = (snapshot: Partial<ChatSnapshot>): void => {
    model.snapshot = snapshot as ChatSnapshot
    changed.fire(model.snapshot)
  }
  const boundary = { run: (_: string, work: () => unknown) => work() } as unknown as Boundary
  const panels = panelsOf()
  const init = { extensionUri: {} as unknown as vscode.Uri, boundary, model: model as unknown as ChatModel }
  return { screens: createSafetyScreens(init), panels, become, done }
}

test('a tab keeps the name of a contact while another window takes over, and closes once the contact is gone', async () => {
  const { screens, panels, become } = safetyScreens()
  await screens.open({ person: bob })
  const [panel] = panels
  assert.match(panel?.title ?? '', /Bob/)
  become({ phase: 'starting', conversations: [] })
  assert.equal(panel?.isOpen, true)
  assert.match(panel.title, /Bob/)
  become({ phase: 'running', conversations: [conversation({ id: conversation().id })], identity: ready })
  assert.equal(panel.isOpen, true)
  become({ phase: 'running', conversations: [], identity: ready })
  assert.equal(panel.isOpen, false)
})

test('only what the card offers now is done', async () => {
  const { screens, panels, done } = safetyScreens()
  await screens.open({ person: bob })
  for (const action of ['same', 'compare', 'unverify', 'verify']) panels[0]?.say({ type: 'act', action })
  await new Promise(setImmediate)
  assert.deepEqual(done, [['safety/verify', { person: bob, verified: true }]])
})
