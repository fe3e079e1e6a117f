import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { prepareDataDirectory } from '../../src/node/dataDirectory.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const mode = (path: string): number => statSync(path).mode & 0o777

it('makes the directory and those above it, closed to other users', () => {
  const directory = temporaryDirectory()
  const path = join(directory.path, 'a', 'b')
  const files = prepareDataDirectory(path)
  const inside = { store: join(path, 'store.db'), identity: join(path, 'identity'), blobs: join(path, 'files') }
  assert.deepEqual(files, { path, ...inside })
  if (process.platform !== 'win32') assert.equal(mode(path), 0o700)
  directory.dispose()
})

it('closes a directory that was open to others, and keeps what is in it', () => {
  const directory = temporaryDirectory()
  const path = join(directory.path, 'open')
  mkdirSync(path)
  chmodSync(path, 0o755)
  writeFileSync(join(path, 'identity'), 'kept')
  prepareDataDirectory(path)
  if (process.platform !== 'win32') assert.equal(mode(path), 0o700)
  assert.equal(statSync(join(path, 'identity')).size, 4)
  directory.dispose()
})

it('fails plainly where a file is in the way', () => {
  const directory = temporaryDirectory()
  writeFileSync(join(directory.path, 'file'), '')
  assert.throws(() => prepareDataDirectory(join(directory.path, 'file')), { code: 'store-failed' })
  assert.throws(() => prepareDataDirectory(join(directory.path, 'file', 'below')), { code: 'store-failed' })
  directory.dispose()
})
