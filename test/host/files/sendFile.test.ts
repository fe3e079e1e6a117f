import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { ChatModel } from '../../../src/host/life/chatModel.ts'
import { chatError } from '../../../src/shared/chatError.ts'
import { importWithEditor } from '../importWithEditor.ts'
import { conversationId } from '../sampleChat.ts'

/** Of the editor, a notification that tells how far something is: what it says is noted, and it can be cancelled. */
const editor = `
globalThis.told = []
export const window = {
  withProgress: ({ title }, work) => {
    globalThis.told.push(title)
    return work(
      { report: ({ message, increment }) => globalThis.told.push(message + ' +' + Math.round(increment)) },
      { onCancellationRequested: (listener) => void (globalThis.cancel = listener) },
    )
  },
}
export const env = { language: 'en' }
export const ProgressLocation = {}
export const l10n = { t: (text, name) => text.replace('{0}', name) }`
const { sendFile } = await importWithEditor(editor, () => import('../../../src/host/files/sendFile.ts'))

const notification = globalThis as unknown as { told: string[]; cancel: () => void }
const params = { conversation: conversationId, path: '/kettle.mp4', token: 'a token', name: 'kettle.mp4' }

/** A file that is being sealed until it is told otherwise. */
function sealing(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  notification.told.length = 0
  const asked: string[] = []
  const end = Promise.withResolvers<null>()
  let tell: (progress: { token: string; bytes: number; size: number }) => void = () => undefined
  const model = {
    request: (method: string) => {
      asked.push(method)
      if (method === 'file/abandon') end.reject(chatError('file-abandoned'))
      return method === 'file/send' ? end.promise : Promise.resolve(null)
    },
    on: (_: string, listener: typeof tell) => {
      tell = listener
      return { dispose: () => (tell = () => undefined) }
    },
  } as unknown as ChatModel
  return {
    asked,
    sent: sendFile(model, params),
    end: () => {
      end.resolve(null)
    },
    tell: (bytes: number, token = params.token) => {
      tell({ token, bytes, size: 1_000 })
    },
    async passes(ms: number) {
      t.mock.timers.tick(ms)
      await new Promise(setImmediate)
    },
  }
}

test('what is sealed quickly is sent without a word', async (t) => {
  const one = sealing(t)
  await one.passes(500)
  one.end()
  assert.equal(await one.sent, true)
  assert.deepEqual(notification.told, [])
})

test('what takes long says how far it is, in percent, and nothing of how far another one is', async (t) => {
  const one = sealing(t)
  await one.passes(1_000)
  one.tell(250)
  one.tell(900, 'another token')
  one.tell(1_000)
  one.end()
  assert.equal(await one.sent, true)
  assert.deepEqual(notification.told, ['Sealing kettle.mp4, to send it…', '25% +25', '100% +75'])
})

test('what was stopped in its notification is not sent', async (t) => {
  const one = sealing(t)
  await one.passes(1_000)
  notification.cancel()
  assert.equal(await one.sent, false)
  assert.deepEqual(one.asked, ['file/send', 'file/abandon'])
})
