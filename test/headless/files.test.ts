import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ConversationId, MessageId } from '../../src/shared/ids.ts'
import type { FileState } from '../../src/shared/service.ts'
import { createFaultyDisk } from './faults/faultyDisk.ts'
import { lendDisk } from './faults/lendDisk.ts'
import { expectRefusal } from './expectRefusal.ts'
import type { HeadlessPeer } from './headlessPeer.ts'
import { friends } from './people.ts'
import { planted, World } from './world.ts'

const megabyte = 1024 * 1024

function untilFile(
  peer: HeadlessPeer,
  conversation: ConversationId,
  message: MessageId,
  what: string,
  isIt: (state: FileState) => boolean,
): Promise<FileState> {
  return peer.until(what, async () => {
    const known = await peer.request('message/get', { conversation, message })
    if (known === null) return undefined
    const state = await peer.request('file/state', { conversation, message })
    return isIt(state) ? state : undefined
  })
}

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
const contentOf = (folder: string): Buffer =>
  Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))

test('a file crosses real sockets, lies sealed on both disks, and is saved without replacing anything', async (t) => {
  const world = await World.open(t)
  const { ada, bob, homes, conversation } = await friends(world)
  const path = join(homes.ada.data, '..', `${planted}-report.txt`)
  writeFileSync(path, `${planted} `.repeat(100_000))
  const { id: message } = await ada.request('file/send', { conversation, path })
  const state = await untilFile(bob, conversation, message, 'the file', ({ kind }) => kind === 'here')
  assert.equal(state.bytes, statSync(path).size)
  const received = await bob.request('message/get', { conversation, message })
  assert.deepEqual(received?.body, {
    kind: 'file',
    name: `${planted}-report.txt`,
    size: statSync(path).size,
    mediaType: 'text/plain',
  })
  for (const { data } of [homes.ada, homes.bob]) {
    assert.ok(!contentOf(join(data, 'files')).includes(planted))
    assert.ok(!readdirSync(join(data, 'files')).some((name) => name.includes(planted)))
  }
  const target = join(homes.bob.data, '..', 'saved.txt')
  await bob.request('file/save', { conversation, message, path: target })
  assert.equal(hashOf(target), hashOf(path))
  await expectRefusal(bob.request('file/save', { conversation, message, path: target }), 'file-exists')
  await ada.request('message/erase', { conversation, message })
  await bob.until('the file to be gone', () =>
    Promise.resolve(readdirSync(join(homes.bob.data, 'files')).length === 0 || undefined),
  )
  assert.deepEqual(readdirSync(join(homes.ada.data, 'files')), [])
})

test('a download outlives kill -9 of either side, and is whole in the end', async (t) => {
  const world = await World.open(t)
  const { homes, conversation, ...first } = await friends(world)
  const path = join(homes.ada.data, '..', 'large.bin')
  writeFileSync(path, randomBytes(24 * megabyte))
  const { id: message } = await first.ada.request('file/send', { conversation, path })
  const some = ({ bytes }: FileState): boolean => bytes > 2 * megabyte
  await untilFile(first.bob, conversation, message, 'the message', () => true)
  await first.bob.request('file/download', { conversation, message })
  await untilFile(first.bob, conversation, message, 'some of it', some)
  await first.bob.kill()
  const bob = await homes.bob.start()
  await first.ada.kill()
  const ada = await homes.ada.start()
  await untilFile(bob, conversation, message, 'all of it', ({ kind }) => kind === 'here')
  const target = join(homes.bob.data, '..', 'saved.bin')
  await bob.request('file/save', { conversation, message, path: target })
  assert.equal(hashOf(target), hashOf(path))
  await ada.shutdown()
})

test('what the disk lost of a file is fetched once more from whoever has it', async (t) => {
  const world = await World.open(t)
  const { ada, homes, conversation, ...first } = await friends(world)
  const path = join(homes.ada.data, '..', 'small.bin')
  writeFileSync(path, randomBytes(megabyte))
  const { id: message } = await ada.request('file/send', { conversation, path })
  await untilFile(first.bob, conversation, message, 'the file', ({ kind }) => kind === 'here')
  await first.bob.shutdown()
  const files = join(homes.bob.data, 'files')
  for (const name of readdirSync(files)) truncateSync(join(files, name), 300_000)
  const bob = await homes.bob.start()
  const target = join(homes.bob.data, '..', 'saved.bin')
  await expectRefusal(bob.request('file/save', { conversation, message, path: target }), 'file-not-here')
  await bob.request('file/download', { conversation, message })
  await untilFile(bob, conversation, message, 'the rest', ({ kind }) => kind === 'here')
  await bob.request('file/save', { conversation, message, path: target })
  assert.equal(hashOf(target), hashOf(path))
})

test('a disk that is full in the middle is said, and the file comes once there is room', async (t) => {
  const disk = lendDisk(t, createFaultyDisk())
  if (disk === undefined) return
  const world = await World.open(t)
  const { ada, homes, conversation, ...first } = await friends(world)
  await first.bob.shutdown()
  const bob = await homes.bob.start({ environment: disk.environment })
  const path = join(homes.ada.data, '..', 'large.bin')
  writeFileSync(path, randomBytes(12 * megabyte))
  const { id: message } = await ada.request('file/send', { conversation, path })
  await untilFile(bob, conversation, message, 'the message', () => true)
  await bob.request('file/download', { conversation, message })
  await untilFile(bob, conversation, message, 'the beginning', ({ bytes }) => bytes > 0)
  disk.fail('enospc')
  const state = await untilFile(
    bob,
    conversation,
    message,
    'a word',
    ({ kind }) => kind === 'waiting' || kind === 'here',
  )
  if (state.kind === 'waiting') assert.equal(state.why, 'disk-full')
  disk.mend()
  await untilFile(bob, conversation, message, 'all of it', ({ kind }) => kind === 'here')
})
