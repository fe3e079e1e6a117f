import assert from 'node:assert/strict'
import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { StoreTrouble } from '../../src/shared/store.ts'
import { createFaultyDisk, type Fault } from './faults/faultyDisk.ts'
import { lendDisk } from './faults/lendDisk.ts'
import { mountSmallDisk } from './faults/smallDisk.ts'
import { RpcError, type HeadlessPeer } from './headlessPeer.ts'
import { friends } from './people.ts'
import { Home, readAll, text, textsOf, untilOnline, untilReceived, untilState, World } from './world.ts'

/** Sends a text; the code of the refusal, or `undefined` when it is acknowledged. */
async function send(peer: HeadlessPeer, conversation: ConversationId, words: string): Promise<string | undefined> {
  try {
    await peer.request('message/send', { conversation, body: text(words) })
    return undefined
  } catch (error) {
    if (error instanceof RpcError) return error.code
    throw error
  }
}

/** Waits until the process says that its disk is in this state. */
async function untilTrouble(peer: HeadlessPeer, trouble: StoreTrouble | undefined): Promise<void> {
  await peer.until(`the disk to be ${trouble ?? 'well'}`, async () => {
    const state = await peer.request('store/state')
    return state.trouble === trouble || undefined
  })
}

const faults: readonly (readonly [Fault, string, StoreTrouble])[] = [
  ['eio', 'an input or output error', 'failing'],
  ['enospc', 'a disk that is full from one moment to the next', 'full'],
  ['short', 'a write that is cut short', 'full'],
  ['fsync', 'a flush that fails', 'failing'],
]

test('what a failing disk refuses is not acknowledged, is said, and works again by itself', async (t) => {
  const disk = lendDisk(t, createFaultyDisk())
  if (disk === undefined) return
  const world = await World.open(t)
  const { homes, conversation, ...first } = await friends(world)
  await first.ada.shutdown()
  const ada = await homes.ada.start({ environment: disk.environment })
  const { bob } = first
  const acknowledged: string[] = []
  for (const [fault, what, trouble] of faults) {
    const before = `before ${fault}`
    assert.equal(await send(ada, conversation, before), undefined)
    disk.fail(fault)
    assert.equal(await send(ada, conversation, `lost to ${fault}`), 'store-failed', what)
    assert.equal((await ada.request('store/state')).trouble, trouble, what)
    // What is there can still be read.
    assert.equal(textsOf(await readAll(ada, conversation)).at(-1), before)
    disk.mend()
    await untilTrouble(ada, undefined)
    assert.equal(await send(ada, conversation, `after ${fault}`), undefined)
    acknowledged.push(before, `after ${fault}`)
  }
  await untilReceived(bob, conversation, acknowledged.at(-1) ?? '')
  for (const peer of [ada, bob]) assert.deepEqual(textsOf(await readAll(peer, conversation)), acknowledged)
  await ada.kill()
  const again = await homes.ada.start()
  assert.deepEqual(textsOf(await readAll(again, conversation)), acknowledged)
  assert.deepEqual(await again.request('store/state'), {})
})

test('what came and could not be flushed is shown and not acknowledged, and both once the disk works again', async (t) => {
  const disk = lendDisk(t, createFaultyDisk())
  if (disk === undefined) return
  const world = await World.open(t)
  const { homes, conversation, ...first } = await friends(world)
  await first.ada.shutdown()
  const ada = await homes.ada.start({ environment: disk.environment })
  const { bob } = first
  await untilOnline(bob, conversation)
  const { id: before } = await bob.request('message/send', { conversation, body: text('before') })
  await untilState(bob, conversation, before, 'delivered')
  disk.fail('fsync')
  assert.equal(await send(bob, conversation, 'shown'), undefined)
  const { id } = await untilReceived(ada, conversation, 'shown')
  await untilTrouble(ada, 'failing')
  assert.equal(await send(ada, conversation, 'refused'), 'store-failed')
  const message = (await readAll(bob, conversation)).find((one) => one.id === id)
  assert.ok(message?.state === 'sent' || message?.state === 'queued')
  disk.mend()
  await untilTrouble(ada, undefined)
  await untilState(bob, conversation, id, 'delivered')
  await ada.kill()
  const again = await homes.ada.start()
  assert.deepEqual(textsOf(await readAll(again, conversation)), ['before', 'shown'])
})

test('a full disk acknowledges nothing, and takes messages again once there is room', async (t) => {
  const disk = lendDisk(t, mountSmallDisk(2))
  if (disk === undefined) return
  const world = await World.open(t)
  const [ada, bob] = [new Home(world, 'Ada', join(disk.path, 'data')), await world.home('Bob')]
  const [sender, receiver] = await Promise.all([ada.setUp(), bob.setUp()])
  const conversation = await world.befriend(sender, receiver)
  const ballast = join(disk.path, 'ballast')
  for (let bytes = 1024 * 1024; bytes >= 512; bytes /= 2) {
    try {
      for (let i = 0; ; i++) writeFileSync(`${ballast}-${String(bytes)}-${String(i)}`, new Uint8Array(bytes))
    } catch {
      // No room for another of this size.
    }
  }
  const acknowledged: string[] = []
  let refusal: string | undefined
  for (let i = 0; i < 200 && refusal === undefined; i++) {
    const words = `${String(i)} ${'x'.repeat(4000)}`
    refusal = await send(sender, conversation, words)
    if (refusal === undefined) acknowledged.push(words)
  }
  assert.equal(refusal, 'store-failed')
  assert.equal((await sender.request('store/state')).trouble, 'full')
  assert.deepEqual(textsOf(await readAll(sender, conversation)), acknowledged)
  rmSync(`${ballast}-1048576-0`, { force: true })
  for (let i = 0; i < 4; i++) rmSync(`${ballast}-262144-${String(i)}`, { force: true })
  for (let i = 0; i < 4; i++) rmSync(`${ballast}-524288-${String(i)}`, { force: true })
  await untilTrouble(sender, undefined)
  assert.equal(await send(sender, conversation, 'there is room'), undefined)
  await untilReceived(receiver, conversation, 'there is room')
  assert.deepEqual(textsOf(await readAll(receiver, conversation)), [...acknowledged, 'there is room'])
})

test('a folder that may not be written keeps Tincan from starting, with one sentence, and changes nothing', async (t) => {
  const disk = lendDisk(t, mountSmallDisk(16))
  if (disk === undefined) return
  const world = await World.open(t)
  const home = new Home(world, 'Ada', join(disk.path, 'data'))
  const first = await home.setUp()
  const identity = await first.request('identity/get')
  await first.shutdown()
  disk.readOnly(true)
  const refused = home.spawn()
  assert.deepEqual(await refused.exited, { code: 2, signal: null })
  assert.match(refused.stderr, /The disk refused/)
  disk.readOnly(false)
  const again = await home.start()
  assert.deepEqual(await again.request('identity/get'), identity)
})

test('a folder that is moved away stops sending, and its return lets it go on', async (t) => {
  const world = await World.open(t)
  const { homes, ada, bob, conversation } = await friends(world)
  assert.equal(await send(ada, conversation, 'one'), undefined)
  const { data } = homes.ada
  renameSync(data, `${data}-away`)
  assert.equal(await send(ada, conversation, 'nowhere'), 'store-failed')
  assert.equal((await ada.request('store/state')).trouble, 'gone')
  renameSync(`${data}-away`, data)
  await untilTrouble(ada, undefined)
  assert.equal(await send(ada, conversation, 'two'), undefined)

  // A copy in its place, as after a restore from a backup: it is another file, and is opened anew.
  renameSync(data, `${data}-away`)
  assert.equal(await send(ada, conversation, 'nowhere'), 'store-failed')
  cpSync(`${data}-away`, data, { recursive: true })
  await untilTrouble(ada, undefined)
  assert.equal(await send(ada, conversation, 'three'), undefined)
  await untilReceived(bob, conversation, 'three')
  for (const peer of [ada, bob]) assert.deepEqual(textsOf(await readAll(peer, conversation)), ['one', 'two', 'three'])
})
