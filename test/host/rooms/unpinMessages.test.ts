import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Room } from '../../../src/host/rooms/isRoom.ts'
import type { MessageBody } from '../../../src/shared/service.ts'
import { askedEditor, userOf } from '../askedEditor.ts'
import { importWithEditor } from '../importWithEditor.ts'
import { createSampleChat, message, messageId, room } from '../sampleChat.ts'

const { unpinMessages } = await importWithEditor(askedEditor, () => import('../../../src/host/rooms/changeRoom.ts'))

const said = (clock: number, body: MessageBody) => ({ ...message(clock), body })

test('pinned messages of every kind can be told apart, the one pinned last on top', async () => {
  const messages = [
    said(1, { kind: 'text', text: 'The first\nthing $(eye)' }),
    said(2, { kind: 'file', name: 'kettle.png', size: 5, mediaType: 'image/png' }),
    said(3, { kind: 'unreadable', why: 'erased' }),
  ]
  const shown = room({}, { pinned: [1, 2, 3, 4].map(messageId) })
  const chat = createSampleChat({ conversations: [shown], messages })
  await chat.life.start()
  const user = userOf('kettle.png')
  await unpinMessages(chat.model, shown as Room)
  assert.deepEqual(user.asked[0]?.offered, [
    'This message is not here yet.',
    '$(comment) This message was deleted.',
    '$(file) kettle.png',
    '$(comment) The first thing $ (eye)',
  ])
  const set = chat.service.requests.filter(({ method }) => method === 'room/set')
  assert.deepEqual(
    set.map(({ params }) => params),
    [{ conversation: shown.id, unpin: messageId(2) }],
  )
})
