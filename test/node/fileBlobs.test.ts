import assert from 'node:assert/strict'
import { statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createFileBlobs } from '../../src/node/fileBlobs.ts'
import { mountSmallDisk } from '../headless/faults/smallDisk.ts'
import { lendDisk } from '../headless/faults/lendDisk.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const name = '0a'.repeat(16)

test('blobs are for this user alone, and what lies beside them is left alone', async (t) => {
  const directory = temporaryDirectory()
  t.after(() => directory.dispose())
  const place = join(directory.path, 'files')
  const blobs = createFileBlobs(place)
  await blobs.create(name)
  if (process.platform !== 'win32') {
    assert.equal(statSync(place).mode & 0o077, 0)
    assert.equal(statSync(join(place, name)).mode & 0o077, 0)
  }
  writeFileSync(join(place, 'note'), 'of somebody')
  assert.deepEqual(await blobs.list(), [name])
  await assert.rejects(blobs.remove('../identity'), /Not the name of a blob/)
  await assert.rejects(blobs.create(name), { code: 'store-failed' })
  await blobs.close()
})

test('a blob that was cut off has what is left of it', async (t) => {
  const directory = temporaryDirectory()
  t.after(() => directory.dispose())
  const blobs = createFileBlobs(directory.path)
  await blobs.create(name)
  await blobs.write(name, 0, new Uint8Array(100).fill(1))
  truncateSync(join(directory.path, name), 50)
  assert.equal((await blobs.read(name, 0, 50))?.length, 50)
  assert.equal(await blobs.read(name, 0, 51), undefined)
  await blobs.close()
})

test('a full disk is said as that, and takes what comes once there is room', async (t) => {
  const disk = lendDisk(t, mountSmallDisk(1))
  if (disk === undefined) return
  const blobs = createFileBlobs(join(disk.path, 'files'))
  await blobs.create(name)
  const piece = new Uint8Array(256 * 1024).fill(1)
  await assert.rejects(
    async () => {
      for (let at = 0; at < 8; at++) await blobs.write(name, at * piece.length, piece)
    },
    { code: 'store-failed', trouble: 'full' },
  )
  assert.deepEqual(await blobs.read(name, 0, piece.length), piece)
  await blobs.close()
  truncateSync(join(disk.path, 'files', name), 0)
  await blobs.write(name, 0, piece)
  await blobs.close()
})

test('a place that is no directory is refused with a code, and erasing needs none', async (t) => {
  const directory = temporaryDirectory()
  t.after(() => directory.dispose())
  const place = join(directory.path, 'files')
  createFileBlobs(place).erase()
  writeFileSync(place, 'a file')
  const blobs = createFileBlobs(place)
  await assert.rejects(blobs.create(name), { code: 'store-failed' })
  await blobs.close()
})
