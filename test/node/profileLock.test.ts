import assert from 'node:assert/strict'
import { chmodSync, chownSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { meetingPlace, type ProfileLock, takeProfileLock } from '../../src/node/profileLock.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'
import { startProcess } from './windows/childProcess.ts'

function withDirectory(work: (path: string) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const directory = temporaryDirectory()
    try {
      await work(directory.path)
    } finally {
      directory.dispose()
    }
  }
}

function take(directory: string, hung?: number): ProfileLock {
  const lock = takeProfileLock(directory, hung)
  assert.ok(lock !== undefined)
  return lock
}

/** Another process that takes the lock, says so, and stays. */
function holder(directory: string) {
  return startProcess(`
    import { takeProfileLock } from '../../src/node/profileLock.ts'
    const lock = takeProfileLock(${JSON.stringify(directory)})
    console.log(lock === undefined ? 'refused' : 'leads')
    setInterval(() => globalThis.kept = lock, 60_000)
  `)
}

it(
  'gives a directory to one, and lets it go on dispose',
  withDirectory((path) => {
    const first = take(path)
    assert.deepEqual([first.epoch, first.isCurrent()], [1, true])
    assert.equal(takeProfileLock(path), undefined)
    first.dispose()
    first.dispose()
    const second = take(path)
    assert.equal(second.epoch, 1)
    second.dispose()
  }),
)

it(
  'is free the moment its process is killed',
  withDirectory(async (path) => {
    const other = holder(path)
    await other.says('leads')
    assert.equal(takeProfileLock(path), undefined)
    await other.kill()
    take(path).dispose()
  }),
)

it(
  'is replaced in the next epoch when its holder hangs, who is not current any more, and only once',
  withDirectory(async (path) => {
    const other = holder(path)
    await other.says('leads')
    other.signal('SIGSTOP')
    const next = take(path, 1)
    assert.deepEqual([next.epoch, next.isCurrent()], [2, true])
    assert.equal(takeProfileLock(path, 1), undefined, 'whoever found the same one hanging comes too late')
    assert.equal(takeProfileLock(path), undefined)
    next.dispose()
    const after = take(path, 1)
    assert.equal(after.epoch, 2)
    const third = take(path, 2)
    assert.deepEqual([after.isCurrent(), third.epoch], [false, 3])
    after.dispose()
    third.dispose()
    await other.kill()
  }),
)

it(
  'is not kept out by garbage in its place',
  withDirectory((path) => {
    mkdirSync(meetingPlace(path), { mode: 0o700 })
    writeFileSync(join(meetingPlace(path), 'lock-1'), 'garbage '.repeat(1000))
    for (const name of ['lock-', 'lock-0', 'lock-1e9', 'lock-99999999999999999999', 'lock-7.new'])
      writeFileSync(join(meetingPlace(path), name), '')
    const lock = take(path)
    assert.equal(lock.epoch, 1)
    lock.dispose()
  }),
)

it(
  'fails plainly where the directory is not there',
  withDirectory((path) => {
    assert.throws(() => takeProfileLock(join(path, 'nowhere', 'deep')), { code: 'store-failed' })
  }),
)

const isPosix = process.platform !== 'win32'
if (isPosix) {
  it(
    'closes its folder to others, and refuses one that is a link',
    withDirectory((path) => {
      mkdirSync(meetingPlace(path))
      chmodSync(meetingPlace(path), 0o755)
      take(path).dispose()
      assert.equal(statSync(meetingPlace(path)).mode & 0o777, 0o700)

      const other = join(path, 'other')
      mkdirSync(other)
      mkdirSync(join(path, 'elsewhere'), { mode: 0o700 })
      symlinkSync(join(path, 'elsewhere'), meetingPlace(other))
      assert.throws(() => takeProfileLock(other), { code: 'store-failed' })
      assert.ok(!existsSync(join(path, 'elsewhere', 'lock-1')))
    }),
  )
}

// Only the superuser can give a directory away.
if (isPosix && process.getuid?.() === 0) {
  it(
    'refuses a folder of somebody else',
    withDirectory((path) => {
      mkdirSync(meetingPlace(path), { mode: 0o700 })
      chownSync(meetingPlace(path), 12_345, 12_345)
      assert.throws(() => takeProfileLock(path), { code: 'store-failed' })
    }),
  )
}
