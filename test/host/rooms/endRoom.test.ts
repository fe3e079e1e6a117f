import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatModel } from '../../../src/host/life/chatModel.ts'
import type { Room } from '../../../src/host/rooms/isRoom.ts'
import { askedEditor, userOf } from '../askedEditor.ts'
import { importWithEditor } from '../importWithEditor.ts'
import { alice, bob, member, room } from '../sampleChat.ts'

const { dissolveRoom, leaveRoom } = await importWithEditor(
  askedEditor,
  () => import('../../../src/host/rooms/endRoom.ts'),
)

/** What is done to a room by a user who gives these answers, and what they were offered. */
async function end(work: typeof leaveRoom, on: Room, ...answers: readonly string[]) {
  const user = userOf(...answers)
  const done: unknown[] = []
  const request = (method: string, params: unknown) => {
    if (method === 'room/members')
      return Promise.resolve([member({ person: alice, name: 'Alice', role: 'owner', isSelf: true }), member()])
    done.push([method, params])
    return Promise.resolve(null)
  }
  await work({ request } as unknown as ChatModel, on)
  return { offered: user.asked.map(({ offered }) => offered), done }
}

const owned = room({}, { ownRole: 'owner', memberCount: 2 }) as Room
const alone = room({}, { ownRole: 'owner', memberCount: 1 }) as Room
const conversation = owned.id

test('an owner who wants to leave hands the room over in the same breath', async () => {
  const { offered, done } = await end(leaveRoom, owned, 'Hand Over…', 'Bob', 'Hand Over')
  assert.deepEqual(offered[0], ['Hand Over…', 'Dissolve…'])
  assert.equal(offered[1]?.length, 1, 'oneself is no heir')
  assert.deepEqual(done, [['room/setRole', { conversation, person: bob, role: 'owner' }]])
})

test('a room with others in it is dissolved by an answer that does not have the keyboard', async () => {
  const { offered, done } = await end(dissolveRoom, owned, 'Dissolve')
  assert.deepEqual(offered, [['Hand Over…', 'Dissolve']])
  assert.deepEqual(done, [['room/dissolve', { conversation }]])
  assert.deepEqual((await end(dissolveRoom, owned)).done, [])
})

test('a room of its owner alone has nobody to be handed to', async () => {
  assert.deepEqual((await end(leaveRoom, alone, 'Dissolve')).offered, [['Dissolve']])
})
