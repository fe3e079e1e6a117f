import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nodeUserFiles } from '../../src/node/nodeUserFiles.ts'
import { ChatError } from '../../src/shared/chatError.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(new TextEncoder().encode(text))
}

const isRefused = (error: unknown): boolean => error instanceof ChatError && error.code === 'file-failed'

test('a file is written whole, for this user alone, and read in pieces', async (t) => {
  const directory = temporaryDirectory()
  t.after(() => directory.dispose())
  const path = join(directory.path, 'out')
  writeFileSync(path, 'what was there before, which is longer')
  await nodeUserFiles.write(path, pieces('one ', 'two'))
  assert.equal(readFileSync(path, 'utf8'), 'one two')
  assert.equal(statSync(path).mode & 0o077, 0)
  const file = nodeUserFiles.open(path)
  assert.deepEqual([file.size, new TextDecoder().decode(file.read(4, 100)), file.read(7, 5).length], [7, 'two', 0])
  file.close()
})

test('what fails leaves the place as it was, and nothing beside it', async (t) => {
  const directory = temporaryDirectory()
  t.after(() => directory.dispose())
  const path = join(directory.path, 'out')
  writeFileSync(path, 'before')
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(new Uint8Array(10))
    throw new Error('a disk that is full')
  }
  await assert.rejects(nodeUserFiles.write(path, failing()), /a disk that is full/)
  assert.equal(readFileSync(path, 'utf8'), 'before')
  mkdirSync(join(directory.path, 'folder'))
  for (const wrong of [join(directory.path, 'folder'), join(directory.path, 'no', 'folder'), 'relative'])
    await assert.rejects(nodeUserFiles.write(wrong, pieces('x')), isRefused)
  for (const wrong of [join(directory.path, 'nothing'), 'relative'])
    assert.throws(() => nodeUserFiles.open(wrong), isRefused)
  assert.deepEqual(readdirSync(directory.path).sort(), ['folder', 'out'])
})

test('a new file takes no place that is taken, whatever has it', async (t) => {
  const directory = temporaryDirectory()
  t.after(() => directory.dispose())
  const path = join(directory.path, 'out')
  await nodeUserFiles.write(path, pieces('first'), true)
  await assert.rejects(nodeUserFiles.write(path, pieces('second'), true), { code: 'file-exists' })
  async function* meanwhile(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(new Uint8Array(1))
    writeFileSync(join(directory.path, 'late'), 'of somebody else')
  }
  await assert.rejects(nodeUserFiles.write(join(directory.path, 'late'), meanwhile(), true), { code: 'file-exists' })
  assert.deepEqual(readdirSync(directory.path).sort(), ['late', 'out'])
  assert.deepEqual(
    ['late', 'out'].map((name) => readFileSync(join(directory.path, name), 'utf8')),
    ['of somebody else', 'first'],
  )
})
