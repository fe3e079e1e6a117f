import assert from 'node:assert/strict'
import type { FileHandle } from 'node:fs/promises'
import { test } from 'node:test'
import { BlobWriter } from '../../src/node/blobWriter.ts'
import { FakeClock } from '../doubles/fakeClock.ts'

/** A file that takes at most `most` bytes in one go, and refuses one of them. */
function slowFile({ most = Infinity, refused = -1 }: { most?: number; refused?: number } = {}) {
  const content = new Uint8Array(64)
  const goes: { readonly at: number; readonly bytes: number }[] = []
  const writev = async (pieces: readonly Uint8Array[], at: number): Promise<{ bytesWritten: number }> => {
    await new Promise((resolve) => setImmediate(resolve))
    const bytes = Buffer.concat(pieces).subarray(0, most)
    if (goes.push({ at, bytes: bytes.length }) - 1 === refused) throw new Error('refused')
    content.set(bytes, at)
    return { bytesWritten: bytes.length }
  }
  const clock = new FakeClock()
  return { writer: new BlobWriter({ writev } as unknown as FileHandle, clock), content, goes, clock }
}

const piece = (at: number): Uint8Array => Uint8Array.of(at, at + 1, at + 2, at + 3)
const places = [0, 4, 8, 20, 24, 12] as const
const written = Uint8Array.from({ length: 64 }, (_, i) => (i < 16 || (i >= 20 && i < 28) ? i : 0))

test('what waits and stands next to each other is written in one go', async () => {
  const { writer, content, goes } = slowFile()
  await Promise.all(places.map((at) => writer.write(at, piece(at))))
  assert.deepEqual(content, written)
  assert.deepEqual(goes, [
    { at: 0, bytes: 4 },
    { at: 4, bytes: 8 },
    { at: 20, bytes: 8 },
    { at: 12, bytes: 4 },
  ])
})

test('what the disk takes only in part is written to its end', async () => {
  const { writer, content } = slowFile({ most: 3 })
  await Promise.all([...places.map((at) => writer.write(at, piece(at))), writer.write(40, new Uint8Array(0))])
  assert.deepEqual(content, written)
})

test('what the disk refuses is refused to those it is about, and the rest is written', async () => {
  const { writer, content } = slowFile({ refused: 1 })
  const outcomes = await Promise.allSettled(places.map((at) => writer.write(at, piece(at))))
  assert.deepEqual(
    outcomes.map(({ status }) => status === 'fulfilled'),
    [true, false, false, true, true, true],
  )
  assert.deepEqual([content[0], content[4], content[20]], [0, 0, 20])
  await writer.write(4, piece(4))
  assert.equal(content[7], 7)
})

test('what may wait is written with what follows, once that is enough', async () => {
  const { writer, content, goes } = slowFile()
  await Promise.all(Array.from({ length: 16 }, (_, i) => writer.write(4 * i, piece(4 * i), true)))
  assert.deepEqual(goes.slice(0, 1), [{ at: 0, bytes: 32 }])
  assert.equal(goes.length, 2)
  assert.deepEqual([...content.keys()], [...content])
})

test('what may wait is written a little later where nothing follows, or with what may not wait', async () => {
  const { writer, content, goes, clock } = slowFile()
  const first = writer.write(4, piece(4), true)
  await clock.advance(4)
  assert.equal(goes.length, 0)
  await clock.advance(1)
  await first
  assert.equal(content[7], 7)
  const second = writer.write(8, piece(8), true)
  await writer.write(12, piece(12))
  await second
  assert.deepEqual(goes.slice(1), [{ at: 8, bytes: 8 }])
  const third = writer.write(20, piece(20), true)
  await clock.advance(4)
  assert.equal(goes.length, 2)
  await clock.advance(1)
  await third
  assert.equal(goes.length, 3)
})
