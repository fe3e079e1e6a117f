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
