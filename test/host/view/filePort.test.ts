import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFilePort } from '../../../src/host/view/filePort.ts'
import type { Desk } from '../../../src/host/view/desk.ts'
import type { ChatModel } from '../../../src/host/life/chatModel.ts'
import { Emitter } from '../../../src/shared/disposable.ts'
import type { FileToWebview } from '../../../src/shared/fileProtocol.ts'
import type { FileState } from '../../../src/shared/files.ts'
import { parseConversationId, parseMessageId } from '../../../src/shared/ids.ts'
import type { ServiceNotifications } from '../../../src/shared/service.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'

const conversation = parseConversationId('c'.repeat(64))
const message = parseMessageId('0'.repeat(76))
const otherConversation = parseConversationId('d'.repeat(64))
assert.ok(conversation !== undefined && message !== undefined && otherConversation !== undefined)
const state: FileState = { kind: 'coming', bytes: 5, size: 10 }

function setUp() {
  const progress = new Emitter<ServiceNotifications['file/progress']>()
  const leader = new Emitter<void>()
  const thumbnails = new Emitter<{ conversation: typeof conversation; id: number; data: Uint8Array }>()
  const posted: FileToWebview[] = []
  const asked: string[] = []
  const desk = {
    files: ({ action }: { action: string }) => {
      asked.push(action)
      return Promise.resolve(action === 'watch' ? { type: 'fileState', message, state } : undefined)
    },
    attachments: {
      pickFiles: () => Promise.resolve(void asked.push('pick')),
      takeIn: (_: unknown, { name }: { name: string }) =>
        Promise.resolve(
          name === 'no room'
            ? undefined
            : {
                isWhole: name === 'empty',
                end: () => Promise.resolve(void asked.push(`end ${name}`)),
                append: (piece: Uint8Array) =>
                  piece.length === 9 ? Promise.reject(new Error('refused')) : Promise.resolve(piece.length > 1),
              },
        ),
      takeThumbnail: (id: number) => void asked.push(`thumbnail ${String(id)}`),
      onWantsThumbnail: thumbnails.event,
    },
  } as unknown as Desk
  const model = {
    on: (_: string, listener: (value: ServiceNotifications['file/progress']) => void) => progress.event(listener),
    onDidChangeLeader: leader.event,
  } as unknown as ChatModel
  const port = createFilePort({
    model,
    desk,
    post: (one) => posted.push(one),
    log: new RecordingLog(),
    isShown: (one) => one === conversation,
  })
  return { port, posted, asked, progress, leader, thumbnails }
}

test('only files that the view watches are told of, and they are looked at anew when another window leads', async () => {
  const { port, posted, asked, progress, leader } = setUp()
  progress.fire({ conversation, message, state })
  assert.equal(posted.length, 0)
  await port.handle({ type: 'file', action: 'watch', conversation, message })
  progress.fire({ conversation, message, state: { ...state, bytes: 7 } })
  assert.deepEqual(
    posted.map((one) => (one.type === 'fileState' ? one.state.bytes : one.type)),
    [5, 7],
  )
  leader.fire()
  await Promise.resolve()
  assert.deepEqual(asked, ['watch', 'watch'])
})

test('the next piece of an upload is asked for when the one before was taken, and never after its end', async () => {
  const { port, posted, asked } = setUp()
  const begin = (upload: number, name: string) =>
    port.handle({ type: 'uploadBegin', conversation, upload, name, size: 5 })
  const overs = () => posted.flatMap((one) => (one.type === 'uploadNext' ? [`${one.upload} ${one.isOver}`] : []))
  await begin(1, 'a.txt')
  await port.handle({ type: 'uploadPiece', upload: 1, data: new Uint8Array(3) })
  await port.handle({ type: 'uploadPiece', upload: 1, data: new Uint8Array(1) })
  await port.handle({ type: 'uploadPiece', upload: 1, data: new Uint8Array(3) })
  assert.deepEqual(overs(), ['1 false', '1 false', '1 true', '1 true'])
  await begin(2, 'no room')
  await begin(3, 'empty')
  await begin(4, 'b.txt')
  await assert.rejects(port.handle({ type: 'uploadPiece', upload: 4, data: new Uint8Array(9) }), /refused/)
  assert.deepEqual(overs().slice(4), ['2 true', '3 true', '4 false', '4 true'])
  await begin(5, 'c.txt')
  await port.handle({ type: 'uploadEnd', upload: 5 })
  assert.deepEqual(asked, ['end b.txt', 'end c.txt'])
})

test('what a page was handing over ends with it, and another page counts anew', async () => {
  const { port, posted, asked, progress } = setUp()
  const begin = (upload: number, name: string) =>
    port.handle({ type: 'uploadBegin', conversation, upload, name, size: 5 })
  await port.handle({ type: 'file', action: 'watch', conversation, message })
  await begin(1, 'a.txt')
  const slow = begin(2, 'slow.txt')
  const piece = port.handle({ type: 'uploadPiece', upload: 1, data: new Uint8Array(3) })
  posted.length = 0
  port.forgetPage()
  await Promise.all([slow, piece])
  progress.fire({ conversation, message, state })
  assert.equal(posted.length, 0)
  assert.deepEqual(asked, ['watch', 'end a.txt', 'end slow.txt'])
  await begin(1, 'b.txt')
  await port.handle({ type: 'uploadPiece', upload: 1, data: new Uint8Array(3) })
  assert.deepEqual(
    posted.map((one) => (one.type === 'uploadNext' ? one.isOver : one.type)),
    [false, false],
  )
  port.dispose()
  assert.deepEqual(asked.slice(3), ['end b.txt'])
})

test('a small picture is asked of the view where it was attached, and what that makes is handed on', async () => {
  const { port, posted, asked, thumbnails } = setUp()
  thumbnails.fire({ conversation: otherConversation, id: 3, data: new Uint8Array(2) })
  thumbnails.fire({ conversation, id: 4, data: new Uint8Array(2) })
  assert.deepEqual(
    posted.map(({ type }) => type),
    ['makeThumbnail'],
  )
  await port.handle({ type: 'thumbnail', id: 4 })
  await port.handle({ type: 'pickFiles', conversation })
  assert.deepEqual(asked, ['thumbnail 4', 'pick'])
  port.dispose()
})
