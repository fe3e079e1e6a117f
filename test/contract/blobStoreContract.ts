import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { BlobStore } from '../../src/core/ports/blobStore.ts'

export interface BlobPlace {
  /** A store on what is there. */
  open(): BlobStore
  dispose(): void
}

const [first, second] = ['0a'.repeat(16), '0b'.repeat(16)]

/** What every `BlobStore` does. */
export function blobStoreContract(name: string, createPlace: () => BlobPlace): void {
  const withStore = async (work: (store: BlobStore, place: BlobPlace) => Promise<void>): Promise<void> => {
    const place = createPlace()
    const store = place.open()
    try {
      await work(store, place)
    } finally {
      await store.close()
      place.dispose()
    }
  }

  describe(`${name} as a BlobStore`, () => {
    it('gives back what was written, wherever and in whatever order', () =>
      withStore(async (store) => {
        await store.create(first)
        await store.write(first, 5, Uint8Array.of(5, 6, 7))
        await store.write(first, 0, Uint8Array.of(1, 2))
        assert.deepEqual(await store.read(first, 5, 3), Uint8Array.of(5, 6, 7))
        assert.deepEqual(await store.read(first, 0, 3), Uint8Array.of(1, 2, 0))
        await Promise.all([store.write(first, 2, Uint8Array.of(3)), store.write(first, 3, Uint8Array.of(4))])
        assert.deepEqual(await store.read(first, 0, 5), Uint8Array.of(1, 2, 3, 4, 0))
      }))

    it('reads into memory that it is given, and nothing but what was asked for', () =>
      withStore(async (store) => {
        await store.create(first)
        await store.write(first, 0, Uint8Array.of(1, 2, 3))
        const memory = new Uint8Array(4).fill(9)
        const read = await store.read(first, 1, 2, memory)
        assert.deepEqual(read, Uint8Array.of(2, 3))
        assert.equal(read.buffer, memory.buffer)
        assert.deepEqual(memory, Uint8Array.of(2, 3, 9, 9))
        assert.equal(await store.read(first, 2, 2, memory), undefined)
      }))

    it('has nothing behind the end, and nothing of what was never made', () =>
      withStore(async (store) => {
        await store.create(first)
        await store.write(first, 0, Uint8Array.of(1, 2))
        assert.equal(await store.read(first, 1, 2), undefined)
        assert.equal(await store.read(first, 9, 1), undefined)
        assert.equal(await store.read(second, 0, 1), undefined)
        await assert.rejects(store.write(second, 0, Uint8Array.of(1)), { code: 'store-failed', trouble: 'gone' })
      }))

    it('keeps what was synchronised for whoever opens it next', () =>
      withStore(async (store, place) => {
        await store.create(first)
        await store.write(first, 0, Uint8Array.of(1, 2))
        await store.sync(first)
        await store.close()
        const next = place.open()
        assert.deepEqual(await next.read(first, 0, 2), Uint8Array.of(1, 2))
        await next.close()
      }))

    it('lists and removes blobs, also those that are in use or not there', () =>
      withStore(async (store) => {
        assert.deepEqual(await store.list(), [])
        await store.create(first)
        await store.create(second)
        await store.write(first, 0, Uint8Array.of(1))
        assert.deepEqual([...(await store.list())].sort(), [first, second])
        await store.remove(first)
        await store.remove(first)
        assert.deepEqual(await store.list(), [second])
        assert.equal(await store.read(first, 0, 1), undefined)
      }))

    it('takes many at once, and erases all', () =>
      withStore(async (store) => {
        const names = Array.from({ length: 50 }, (_, i) => i.toString(16).padStart(32, '0'))
        await Promise.all(
          names.map(async (one, i) => {
            await store.create(one)
            await store.write(one, i, Uint8Array.of(i))
          }),
        )
        for (const [i, one] of names.entries()) assert.deepEqual(await store.read(one, i, 1), Uint8Array.of(i))
        await store.close()
        store.erase()
        assert.deepEqual(await store.list(), [])
      }))
  })
}
