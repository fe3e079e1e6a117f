import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AttachmentSender } from '../../../src/host/attach/attachmentSender.ts'
import { conversationId } from '../sampleChat.ts'

/** Attachments that a test sends one by one: `answer` ends the one that is being sent. */
function attached(...ids: readonly number[]) {
  const list = new Set(ids)
  const begun: string[] = []
  let answer: (isSent: boolean) => void = () => undefined
  const sender = new AttachmentSender<{ id: number }, string>({
    list: () => [...list].map((id) => ({ id })),
    send: (_, { id }, place) => {
      begun.push(`${String(id)} ${place}`)
      return new Promise((resolve) => (answer = resolve))
    },
    onSent: (_, id) => list.delete(id),
  })
  return {
    list,
    begun,
    send: (place = 'here') => sender.sendAll(conversationId, place),
    async answer(isSent: boolean) {
      answer(isSent)
      await new Promise(setImmediate)
    },
  }
}

test('what takes long is sent once, however often that is asked for, and what was attached meanwhile follows', async () => {
  const one = attached(1)
  const all = one.send()
  one.list.add(2)
  await one.send('in a thread')
  one.list.add(3)
  await one.answer(true)
  await one.answer(true)
  await all
  assert.deepEqual(one.begun, ['1 here', '2 in a thread'])
  assert.deepEqual([...one.list], [3])
})

test('what the user does not want to send stays attached with what comes behind it, until it is asked for again', async () => {
  const one = attached(1, 2)
  const all = one.send()
  await one.send()
  await one.answer(false)
  await all
  assert.deepEqual([...one.list], [1, 2])
  const again = one.send()
  await one.answer(true)
  await one.answer(true)
  await again
  assert.deepEqual(one.begun, ['1 here', '1 here', '2 here'])
  assert.deepEqual([...one.list], [])
})

test('what is taken away while it is sent keeps nothing else from being sent', async () => {
  const one = attached(1, 2)
  const all = one.send()
  one.list.delete(1)
  await one.answer(false)
  await one.answer(true)
  await all
  assert.deepEqual(one.begun, ['1 here', '2 here'])
})
