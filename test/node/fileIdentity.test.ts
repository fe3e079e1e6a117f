import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { createFileIdentity } from '../../src/node/fileIdentity.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

function withDirectory(work: (path: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const directory = temporaryDirectory()
    try {
      await work(directory.path)
    } finally {
      directory.dispose()
    }
  }
}

const bytes = (length: number, fill: number): Uint8Array => new Uint8Array(length).fill(fill)

it(
  'finds nothing where nothing was written, and afterwards what was',
  withDirectory(async (directory) => {
    const file = createFileIdentity(join(directory, 'identity'))
    assert.equal(await file.read(), undefined)
    await file.write(bytes(300, 1))
    assert.deepEqual(await file.read(), bytes(300, 1))
    await file.write(bytes(10, 2))
    assert.deepEqual(await createFileIdentity(join(directory, 'identity')).read(), bytes(10, 2))
    assert.deepEqual(readdirSync(directory), ['identity'])
    if (process.platform !== 'win32') assert.equal(statSync(join(directory, 'identity')).mode & 0o777, 0o600)
  }),
)

it(
  'keeps the bytes as they were when asked, and the last of several writes',
  withDirectory(async (directory) => {
    const file = createFileIdentity(join(directory, 'identity'))
    const own = bytes(5, 1)
    const writing = [file.write(own), file.write(bytes(6, 2)), file.write(own)]
    own.fill(9)
    await Promise.all(writing)
    assert.deepEqual(await file.read(), bytes(5, 1))
  }),
)

it(
  'says that it failed where it cannot read or write, and leaves what is there',
  withDirectory(async (directory) => {
    mkdirSync(join(directory, 'identity'))
    const file = createFileIdentity(join(directory, 'identity'))
    await assert.rejects(file.read(), { code: 'store-failed' })
    await assert.rejects(file.write(bytes(1, 1)), { code: 'store-failed' })
    assert.ok(statSync(join(directory, 'identity')).isDirectory())
    const nowhere = createFileIdentity(join(directory, 'nowhere', 'identity'))
    await assert.rejects(nowhere.write(bytes(1, 1)), { code: 'store-failed' })
    assert.equal(await nowhere.read(), undefined)
  }),
)

it(
  'writes over what an interrupted write left behind, and again after a failure',
  withDirectory(async (directory) => {
    writeFileSync(join(directory, 'identity.new'), 'half')
    const file = createFileIdentity(join(directory, 'identity'))
    await file.write(bytes(4, 4))
    assert.deepEqual(await file.read(), bytes(4, 4))
  }),
)

it(
  'is wholly the old or wholly the new one when its process is killed in the middle',
  withDirectory(async (directory) => {
    const path = join(directory, 'identity')
    const script = `
      import { createFileIdentity } from ${JSON.stringify(new URL('../../src/node/fileIdentity.ts', import.meta.url).href)}
      const file = createFileIdentity(${JSON.stringify(path)})
      for (let fill = 0; ; fill = (fill + 1) % 256) {
        await file.write(new Uint8Array(100_000 + fill).fill(fill))
        if (fill === 3) process.stdout.write('ready')
      }
    `
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.stdout.once('data', () => child.kill('SIGKILL'))
      await ended
      const content = readFileSync(path)
      const fill = content[0] as number
      assert.equal(content.length, 100_000 + fill)
      assert.ok(content.every((byte) => byte === fill))
    }
  }),
)
