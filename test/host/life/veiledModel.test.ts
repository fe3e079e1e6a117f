import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createVeiledModel } from '../../../src/host/life/veiledModel.ts'
import { Emitter } from '../../../src/shared/disposable.ts'
import { plainEnglish } from '../plainEnglish.ts'
import { bob, conversation, createSampleChat, member, message, room, settle } from '../sampleChat.ts'

async function withVeil(isVeiled = true) {
  const chat = createSampleChat({ conversations: [room({ last: { ...message(1), summary: 'Bob said it' } })] })
  const changed = new Emitter<void>()
  const veil = { isOn: isVeiled }
  const model = createVeiledModel(
    chat.model,
    { isVeiled: () => veil.isOn, onDidChange: (listener) => changed.event(listener) },
    plainEnglish,
  )
  await chat.life.start()
  await settle()
  return { ...chat, model, veil, changed }
}

test('no name of a person or a room is in what veiled views know', async () => {
  const { model, service } = await withVeil()
  const heard: unknown[] = [model.snapshot, await model.request('conversation/list', {})]
  model.on('conversation/changed', (value) => heard.push(value))
  model.on('room/membersChanged', (value) => heard.push(value))
  const { id } = room()
  service.fire('conversation/changed', { conversation: room({}, { topic: 'With Bob', former: [member()] }) })
  service.fire('conversation/changed', { conversation: conversation() })
  service.fire('room/membersChanged', { conversation: id, members: [member()] })
  assert.equal(heard.length, 5)
  const told = JSON.stringify(heard.map((one) => ({ ...(one as object), identity: undefined })))
  assert.doesNotMatch(told, /Bob|Kettle/)
  assert.match(told, /Room cccc/)
  assert.match(told, new RegExp(`Contact ${bob.slice(0, 4)}`))
})

test('with the veil lifted everything is as the chat says it', async () => {
  const { model } = await withVeil(false)
  assert.equal(model.snapshot.conversations[0]?.title, 'Kettle')
})

test('whoever shows names shows others at once when the veil comes or goes', async () => {
  const { model, veil, changed } = await withVeil(false)
  const titles: string[] = []
  let reads = 0
  model.onDidChange(({ conversations }) => titles.push(conversations[0]?.title ?? ''))
  model.onDidChangeLeader(() => reads++)
  veil.isOn = true
  changed.fire()
  veil.isOn = false
  changed.fire()
  assert.deepEqual(titles, ['Room cccc', 'Kettle'])
  assert.equal(reads, 2)
})
