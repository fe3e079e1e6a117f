import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { it, type TestContext } from 'node:test'
import type { Durability } from '../../src/core/ports/store.ts'
import { openDatabase } from '../../src/node/openDatabase.ts'
import { storeMigrations } from '../../src/node/migrations/storeMigrations.ts'
import { WriteAheadLog } from '../../src/node/writeAheadLog.ts'
import { chatError } from '../../src/shared/chatError.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const refused = { code: 'store-failed' }
const headerBytes = 32
const frameBytes = 24 + 8192

/** A store's database and its log, whose commits are counted by whether they waited for the disk. */
function setUp(t: TestContext, isLeft = false) {
  const { path, dispose } = temporaryDirectory()
  const file = join(path, 'store.db')
  const database = openDatabase(file, storeMigrations)
  t.after(() => {
    database.close()
    dispose()
  })
  const log = new WriteAheadLog(database, isLeft)
  const pragma = (name: string): unknown => database.prepare(`PRAGMA ${name}`).get()?.[name]
  const waits: boolean[] = []
  const transact = (work: () => void, durability: Durability = 'flushed'): void => {
    log.prepare(durability)
    waits.push(pragma('synchronous') === 2)
    database.exec('BEGIN IMMEDIATE')
    work()
    database.exec('COMMIT')
    log.committed(durability, 0)
  }
  let rows = 0
  const write = (durability: Durability): void => {
    transact(() => database.exec(`INSERT INTO record VALUES ('setting', x'${String(10 + rows++)}', x'00')`), durability)
  }
  const bytes = (): number => statSync(`${file}-wal`).size
  return { file, database, log, pragma, waits, transact, write, bytes }
}

it('waits for the disk at every commit but those that may do without', (t) => {
  const { waits, write } = setUp(t)
  for (const durability of ['flushed', 'written', 'written', 'flushed', 'written', 'flushed'] as const)
    write(durability)
  assert.deepEqual(waits, [true, false, false, true, false, true])
})

it('flushes by a commit that waits for the disk and writes a page, once for all that was written', (t) => {
  const { log, pragma, waits, transact, write, bytes } = setUp(t)
  const version = pragma('user_version')
  write('flushed')
  assert.equal(log.isFlushed, true)
  write('written')
  write('written')
  const written = bytes()
  assert.equal(log.isFlushed, false)
  log.flush(transact)
  assert.equal(log.isFlushed, true)
  assert.equal(bytes(), written + frameBytes)
  assert.deepEqual(waits, [true, false, false, true])
  assert.equal(pragma('user_version'), version)
  assert.equal(pragma('integrity_check'), 'ok')
})

it('flushes what a process before may have left, once', (t) => {
  const { log, waits, transact } = setUp(t, true)
  assert.equal(log.isFlushed, false)
  log.flush(transact)
  assert.equal(log.isFlushed, true)
  assert.deepEqual(waits, [true])
})

it('puts what a flush was refused for into the database itself before anything is written behind it', (t) => {
  const { file, log, waits, write, bytes } = setUp(t)
  write('written')
  assert.throws(() => {
    log.flush(() => {
      throw chatError('store-failed')
    })
  }, refused)
  assert.ok(bytes() > 0)
  write('flushed')
  // The log was cut off: only what came afterwards stands there.
  assert.equal(bytes(), headerBytes + frameBytes)
  assert.equal(log.isFlushed, true)
  assert.deepEqual(waits, [false, true])
  const reader = new DatabaseSync(file, { readOnly: true })
  assert.equal(reader.prepare('SELECT count(*) AS count FROM record').get()?.['count'], 2)
  reader.close()
})

it('lets nothing be written while what a flush was refused for cannot be put into the database', (t) => {
  const { file, log, write } = setUp(t)
  write('written')
  assert.throws(() => {
    log.flush(() => {
      throw chatError('store-failed')
    })
  }, refused)
  const reader = new DatabaseSync(file)
  reader.exec('BEGIN; SELECT count(*) FROM record')
  assert.throws(
    () => {
      write('flushed')
    },
    { code: 'store-failed' },
  )
  reader.exec('COMMIT')
  reader.close()
  write('flushed')
})

it('takes what stands in the database as flushed, though the disk has no room for another commit', (t) => {
  const { log, write, bytes } = setUp(t)
  write('written')
  const refuse = (): never => {
    throw chatError('store-failed')
  }
  assert.throws(() => {
    log.flush(refuse)
  }, refused)
  log.flush(refuse)
  assert.equal(bytes(), 0)
  assert.equal(log.isFlushed, true)
})

it('takes a flush that another process is in the way of for one that is still to come', (t) => {
  const { log, transact, write, bytes } = setUp(t)
  write('written')
  const before = bytes()
  assert.throws(
    () => {
      log.flush(() => {
        throw chatError('leader-changed')
      })
    },
    { code: 'leader-changed' },
  )
  assert.equal(log.isFlushed, false)
  log.flush(transact)
  assert.equal(bytes(), before + frameBytes)
})
