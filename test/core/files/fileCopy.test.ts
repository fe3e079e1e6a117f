import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBlock } from '../../../src/core/files/blockSeal.ts'
import { FileCopy } from '../../../src/core/files/fileCopy.ts'
import { blockBytes, maxPartBytes } from '../../../src/core/files/fileShape.ts'
import { MemoryBlobs } from '../../doubles/memoryBlobs.ts'
import { contentOf, emptyCopy, sampleFile } from './sampleFile.ts'

const partOf = async (file: Awaited<ReturnType<typeof sampleFile>>, number: number): Promise<Uint8Array> => {
  const bytes = await file.whole.read(number)
  assert.ok(bytes !== undefined)
  return bytes
}

test('every part is proven as it comes, and nothing false is kept, whatever it is', async () => {
  const file = await sampleFile(5 * blockBytes + 17)
  const { copy } = await emptyCopy(file)
  assert.equal(await copy.accept(3, await partOf(file, 3)), 'unproven')
  for (let number = 1; number <= copy.shape.parts; number++) {
    const right = await partOf(file, number)
    const flipped = right.slice()
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1
    for (const wrong of [flipped, right.subarray(1), new Uint8Array(right.length), new Uint8Array(0)])
      assert.equal(await copy.accept(number, wrong), 'false')
    assert.equal(copy.has(number), false)
    assert.equal(await copy.accept(number, right), 'kept')
    assert.equal(await copy.accept(number, right), 'known')
  }
  assert.equal(await copy.accept(0, new Uint8Array(1)), 'false')
  assert.equal(await copy.accept(copy.shape.parts + 1, new Uint8Array(1)), 'false')
  assert.equal(copy.isWhole, true)
  assert.equal(copy.bytes, file.bytes.length)
  assert.deepEqual(await contentOf(copy, file.record.key), file.bytes)
})

test('a block of one place, or under another key, never passes for another', async () => {
  const file = await sampleFile(3 * blockBytes)
  const first = await partOf(file, file.whole.shape.blockPart(0))
  assert.ok(openBlock(file.record.key, 0, first) !== undefined)
  assert.equal(openBlock(file.record.key, 1, first), undefined)
  assert.equal(openBlock(new Uint8Array(32), 0, first), undefined)
  assert.equal(openBlock(file.record.key, 0, first.subarray(0, 5)), undefined)
})

test('what changed on the disk since is given to nobody, and counts as missing', async () => {
  const file = await sampleFile(4 * blockBytes)
  const [name = ''] = file.disk.written.keys()
  const bytes = file.disk.written.get(name)
  assert.ok(bytes !== undefined)
  const { shape } = file.whole
  const at = shape.placeOf({ kind: 'block', index: 2 }) + 100
  bytes[at] = (bytes[at] ?? 0) ^ 1
  assert.equal(await file.whole.read(shape.blockPart(2)), undefined)
  assert.equal(file.whole.isWhole, false)
  assert.ok((await file.whole.read(shape.blockPart(1))) !== undefined)
})

test('blocks that are read in one go are each what they would be alone, also where one is damaged or the end is cut off', async () => {
  for (const harm of ['none', 'damaged', 'cut off'] as const) {
    const file = await sampleFile(3 * blockBytes + 5)
    const { shape } = file.whole
    const [name = ''] = file.disk.written.keys()
    const bytes = file.disk.written.get(name) ?? new Uint8Array(0)
    const at = shape.placeOf({ kind: 'block', index: 2 }) + 100
    if (harm === 'damaged') bytes[at] = (bytes[at] ?? 0) ^ 1
    if (harm === 'cut off') file.disk.written.set(name, bytes.slice(0, at))
    const expected = harm === 'none' ? [0, 1, 2, 3] : harm === 'damaged' ? [0, 1, 3] : [0, 1]
    const memory = new Uint8Array(4 * maxPartBytes)
    const found = (await file.whole.readBlocks(shape.blockPart(0), 4, memory)).map((block) => block?.slice())
    assert.deepEqual(
      found.flatMap((block, index) => (block === undefined ? [] : [index])),
      expected,
    )
    for (const index of expected) {
      const alone = await file.whole.read(shape.blockPart(index))
      assert.ok(alone !== undefined && found[index]?.length === alone.length, harm)
      assert.ok(Buffer.from(alone).equals(found[index]), harm)
    }
    assert.equal(file.whole.isWhole, harm === 'none')
  }
})

test('what was named with a false key is given all the same, and damage to it is found', async () => {
  const file = await sampleFile(3 * blockBytes)
  const [name = ''] = file.disk.written.keys()
  const blobs = new MemoryBlobs(file.disk)
  const copy = new FileCopy({ ...file.record, key: new Uint8Array(32) }, blobs)
  const { shape } = copy
  for (let part = 1; part <= shape.parts; part++)
    assert.ok(Buffer.from((await copy.read(part)) ?? []).equals(await partOf(file, part)))
  const bytes = file.disk.written.get(name) ?? new Uint8Array(0)
  const at = shape.placeOf({ kind: 'block', index: 1 }) + 100
  bytes[at] = (bytes[at] ?? 0) ^ 1
  assert.equal(await copy.read(shape.blockPart(1)), undefined)
  assert.ok((await copy.read(shape.blockPart(2))) !== undefined)
})

test('a file that was cut off lacks what is behind, and gives the rest', async () => {
  const file = await sampleFile(4 * blockBytes)
  const [name = ''] = file.disk.written.keys()
  const { shape } = file.whole
  file.disk.written.set(
    name,
    (file.disk.written.get(name) ?? new Uint8Array(0)).slice(0, shape.placeOf({ kind: 'block', index: 2 }) + 1),
  )
  assert.ok((await file.whole.read(shape.blockPart(1))) !== undefined)
  for (const block of [2, 3]) assert.equal(await file.whole.read(shape.blockPart(block)), undefined)
  assert.equal(file.whole.bytes, 2 * blockBytes)
})

test('once something is found damaged, looking at all of it finds the rest', async () => {
  const file = await sampleFile(6 * blockBytes)
  const [name = ''] = file.disk.written.keys()
  const { shape } = file.whole
  const bytes = file.disk.written.get(name)
  for (const index of [1, 3, 4])
    bytes?.fill(0, shape.placeOf({ kind: 'block', index }), shape.placeOf({ kind: 'block', index }) + 9)
  assert.equal(file.whole.isSuspect, false)
  assert.equal(await file.whole.readPlain(1, file.record.key), undefined)
  assert.equal(file.whole.isSuspect, true)
  await file.whole.check()
  assert.equal(file.whole.bytes, 3 * blockBytes)
  assert.equal(file.whole.isSuspect, false)
})
