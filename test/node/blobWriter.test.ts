import assert from 'node:assert/strict'
import type { FileHandle } from 'node:fs/promises'
import { test } from 'node:test'
import { BlobWriter } from '../../src/node/blobWriter.ts'

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
  return { writer: new BlobWriter({ writev } as unknown as FileHandle), content, goes }
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
