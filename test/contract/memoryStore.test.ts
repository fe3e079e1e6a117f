import assert from 'node:assert/strict'
import { it } from 'node:test'
import { MemoryDisk, MemoryStore } from '../doubles/memoryStore.ts'
import { eventRow, logRow, storeContract } from './storeContract.ts'

storeContract('MemoryStore', () => {
  const disk = new MemoryDisk()
  return { open: () => new MemoryStore(disk), dispose: () => undefined }
})

it('a MemoryStore told to fail a commit keeps nothing of it', () => {
  const disk = new MemoryDisk()
  const store = new MemoryStore(disk)
  store.addEvents([eventRow(1, 1)])
  disk.commitsUntilFailure = 0
  assert.throws(() => store.transaction(() => store.addEvents([eventRow(1, 2)])), { code: 'store-failed' })
  store.addEvents([eventRow(1, 3)])
  assert.deepEqual(store.readLog(1, 1, 9, 9), [eventRow(1, 1), eventRow(1, 3)].map(logRow))
})

it('a MemoryStore on a full disk refuses to write and goes on reading', () => {
  const disk = new MemoryDisk()
  const store = new MemoryStore(disk)
  store.addEvents([eventRow(1, 1)])
  disk.isFull = true
  assert.throws(() => store.addEvents([eventRow(1, 2)]), { code: 'store-failed' })
  assert.deepEqual(store.getEvent(1, 1), eventRow(1, 1))
})

it('a MemoryStore loses in a power cut what was written since the last flush, and nothing else', () => {
  const disk = new MemoryDisk()
  const store = new MemoryStore(disk)
  const write = (seq: number): void => {
    store.transaction(() => {
      store.addEvents([eventRow(1, seq)])
      store.putRecord('setting', new Uint8Array([1]), new Uint8Array([seq]))
    }, 'written')
  }
  const left = (): unknown => {
    disk.losePower()
    return [store.readLog(1, 1, 9, 9).map(({ seq }) => seq), store.getRecord('setting', new Uint8Array([1]))?.[0]]
  }
  write(1)
  assert.deepEqual(left(), [[], undefined])
  write(2)
  store.flush()
  write(3)
  write(4)
  assert.deepEqual(left(), [[2], 2])
  write(5)
  store.transaction(() => undefined)
  assert.deepEqual(left(), [[2], 2])
  write(6)
  store.addEvents([eventRow(1, 7)])
  assert.deepEqual(left(), [[2, 6, 7], 6])
})

it('a MemoryStore on a full disk refuses to flush what was written, and flushes it once there is room', () => {
  const disk = new MemoryDisk()
  const store = new MemoryStore(disk)
  store.transaction(() => {
    store.addEvents([eventRow(1, 1)])
  }, 'written')
  disk.isFull = true
  assert.throws(() => store.flush(), { code: 'store-failed' })
  disk.isFull = false
  store.flush()
  disk.losePower()
  assert.deepEqual(store.readLog(1, 1, 9, 9), [logRow(eventRow(1, 1))])
})
