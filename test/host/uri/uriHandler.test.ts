import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Boundary } from '../../../src/host/boundary.ts'
import type { JoinFlow } from '../../../src/host/invites/joinFlow.ts'
import type { ChatModel } from '../../../src/host/life/chatModel.ts'
import { ChatError } from '../../../src/shared/chatError.ts'
import { count } from '../../record/tally.ts'
import { hostileTexts } from '../../webview/harness/hostileTexts.ts'
import { importWithEditor } from '../importWithEditor.ts'

interface UriHandler {
  handleUri(uri: { readonly path: string; readonly fragment: string; readonly query: string }): Promise<void>
}

/** Of the editor, what takes the handler of this window: the editor gives a link to the window used last. */
const editor = `
export const window = {
  registerUriHandler(handler) { globalThis.taken = handler; return { dispose() {} } },
  showInformationMessage() {},
}
export const Disposable = { from: (...parts) => ({ dispose: () => parts.forEach((part) => part.dispose()) }) }
export const l10n = { t: (text) => text }`
const { registerUriHandler } = await importWithEditor(editor, () => import('../../../src/host/uri/uriHandler.ts'))
const { Disposable } = await importWithEditor(editor, () => import('vscode'))

/** A window's handler of links, what it hands on, and how it refuses. */
function openWindow(): { handler: UriHandler; handedOn: string[]; refused: string[] } {
  const [handedOn, refused]: [string[], string[]] = [[], []]
  const boundary: Boundary = {
    run: async (_, work) => {
      try {
        return await work()
      } catch (error) {
        refused.push(error instanceof ChatError ? error.code : String(error))
        return undefined
      }
    },
    command: (id) => {
      assert.equal(id, 'tincan.openMessage')
      return Disposable.from()
    },
  }
  const join: JoinFlow = {
    confirm: (link) => Promise.resolve(void handedOn.push(link)),
    askForLink: () => assert.fail('nothing is asked for'),
    resume: () => assert.fail('nothing is resumed'),
  }
  const model = { request: () => assert.fail('nothing is asked of the service') } as unknown as ChatModel
  registerUriHandler({ boundary, model, join, goTo: () => assert.fail('nothing is shown') })
  const { taken } = globalThis as unknown as { taken: UriHandler }
  return { handler: taken, handedOn, refused }
}

test('the window that the editor gives an invite link to hands it on to be confirmed, and no other does', async () => {
  const windows = [openWindow(), openWindow(), openWindow()]
  await windows[1]?.handler.handleUri({ path: '/join', fragment: 'AQabc', query: '' })
  assert.deepEqual(
    windows.map(({ handedOn }) => handedOn),
    [[], ['vscode://tincan.tincan/join#AQabc'], []],
  )
})

test('a link that is no invite is refused with one sentence, and nothing is handed on', async () => {
  const { handler, handedOn, refused } = openWindow()
  const wrong = ['', '/', '/other', '/join/', '/JOIN', '/../join', ...hostileTexts]
  for (const path of wrong) await handler.handleUri({ path, fragment: 'AQabc', query: '' })
  await handler.handleUri({ path: '/join', fragment: '', query: 'AQabc' })
  // What is no place of a message is answered by a sentence of its own.
  for (const fragment of hostileTexts) await handler.handleUri({ path: '/message', fragment, query: '' })
  count({ badInputs: wrong.length + 1 })
  assert.deepEqual(handedOn, [])
  assert.deepEqual(new Set(refused), new Set(['link-garbled']))
  assert.equal(refused.length, wrong.length + 1)
})

test('whatever stands behind the mark of an invite is handed on as the link that it is, for the core to judge', async () => {
  const { handler, handedOn } = openWindow()
  for (const fragment of hostileTexts) await handler.handleUri({ path: '/join', fragment, query: 'command=x' })
  assert.deepEqual(
    handedOn,
    hostileTexts.map((fragment) => `vscode://tincan.tincan/join#${fragment}`),
  )
})
