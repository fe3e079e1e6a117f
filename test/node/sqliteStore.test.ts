import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { it, type TestContext } from 'node:test'
import type { Store } from '../../src/core/ports/store.ts'
import { setStoreAside } from '../../src/node/setStoreAside.ts'
import { encodeVersion } from '../../src/node/schemaVersion.ts'
import { openSqliteStore } from '../../src/node/sqliteStore.ts'
import { ChatError } from '../../src/shared/chatError.ts'
import { eventRow } from '../contract/storeContract.ts'
import { SeededRandom } from '../doubles/seededRandom.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

/** Runs `work` with a place for a store in a directory of its own. */
function withPlace(work: (path: string, directory: string) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const directory = temporaryDirectory()
    try {
      await work(join(directory.path, 'store.db'), directory.path)
    } finally {
      directory.dispose()
    }
  }
}

/** A store and the connection that it uses. */
function openWithDatabase(context: TestContext, path: string): { store: Store; database: DatabaseSync } {
  const spy = context.mock.method(DatabaseSync.prototype, 'prepare')
  const store = openSqliteStore(path)
  const database = spy.mock.calls.at(-1)?.this
  spy.mock.restore()
  assert.ok(database instanceof DatabaseSync)
  return { store, database }
}

/** A store of 300 events, closed. */
function fill(path: string): void {
  const store = openSqliteStore(path)
  store.addEvents(
    Array.from({ length: 300 }, (_, i) => ({ ...eventRow(1, i + 1), sealed: new Uint8Array(200).fill(i) })),
  )
  store.putRecord('contact', new Uint8Array([1]), new Uint8Array(100).fill(5))
  store.close()
}

it(
  'makes a file that only this user can read, and leaves nothing else behind once closed',
  withPlace((path, directory) => {
    fill(path)
    assert.deepEqual(readdirSync(directory), ['store.db'])
    if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600)
  }),
)

it(
  'flushes nothing that others lead by now, and nothing into a file that was moved away',
  withPlace((path, directory) => {
    let isCurrent = true
    const store = openSqliteStore(path, { isCurrent: () => isCurrent })
    const write = (seq: number): void => {
      store.transaction(() => {
        store.addEvents([eventRow(1, seq)])
      }, 'written')
    }
    write(1)
    isCurrent = false
    assert.throws(() => store.flush(), { code: 'leader-changed' })
    isCurrent = true
    store.flush()
    write(2)
    renameSync(path, join(directory, 'away.db'))
    assert.throws(() => store.flush(), { code: 'store-failed', trouble: 'gone' })
    renameSync(join(directory, 'away.db'), path)
    store.flush()
    assert.deepEqual(
      store.readLog(1, 1, 9, 9).map(({ seq }) => seq),
      [1, 2],
    )
    store.close()
  }),
)

it('flushes every commit to the disk, into a log beside the file', (context) =>
  withPlace((path) => {
    const { store, database } = openWithDatabase(context, path)
    const read = (pragma: string): unknown => database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]
    const full = 2
    assert.deepEqual([read('journal_mode'), read('synchronous')], ['wal', full])
    store.close()
  })())

for (const [what, content] of [
  ['an empty file', Buffer.alloc(0)],
  ['a file of garbage', Buffer.from('garbage '.repeat(4000))],
  ['a file that is cut within its header', Buffer.from('SQLite format 3\0')],
] as const) {
  it(
    `says that the store is damaged, and leaves it as it is: ${what}`,
    withPlace((path, directory) => {
      writeFileSync(path, content)
      assert.throws(() => openSqliteStore(path), { code: 'store-damaged' })
      assert.ok(readFileSync(path).equals(content))
      assert.deepEqual(readdirSync(directory), ['store.db'])
    }),
  )
}

it(
  'says that the store is damaged when its end is cut off, and leaves it as it is',
  withPlace((path) => {
    fill(path)
    const cut = readFileSync(path).subarray(0, 3 * 8192)
    writeFileSync(path, cut)
    assert.throws(() => readAll(path), { code: 'store-damaged' })
    assert.ok(readFileSync(path).equals(cut))
  }),
)

it(
  'says that the store is damaged when it is a database of something else, and leaves it as it is',
  withPlace((path) => {
    const other = new DatabaseSync(path)
    other.exec('CREATE TABLE a (b)')
    other.close()
    const before = readFileSync(path)
    assert.throws(() => openSqliteStore(path), { code: 'store-damaged' })
    assert.ok(readFileSync(path).equals(before))
  }),
)

it(
  'can be read and written whichever byte of its header is another, or says that it is damaged or newer',
  withPlace((path) => {
    fill(path)
    const sound = readFileSync(path)
    for (let at = 0; at < 100; at++)
      for (const flip of [0x01, 0xff]) {
        const bytes = Buffer.from(sound)
        bytes[at] = (bytes[at] ?? 0) ^ flip
        for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
        writeFileSync(path, bytes)
        try {
          readAll(path)
          const store = openSqliteStore(path)
          store.addEvents([eventRow(9, 1, 1_000_000)])
          store.close()
        } catch (error) {
          const code = error instanceof ChatError ? error.code : error
          assert.ok(code === 'store-damaged' || code === 'store-newer', `byte ${String(at)}: ${String(error)}`)
        }
      }
  }),
)

it(
  'says that the store is damaged when a table is missing',
  withPlace((path) => {
    fill(path)
    const database = new DatabaseSync(path)
    database.exec('DROP TABLE record')
    database.close()
    assert.throws(() => openSqliteStore(path), { code: 'store-damaged' })
  }),
)

it(
  'says that the store is damaged when only its log is left, instead of replaying that into a new one',
  withPlace((path) => {
    writeFileSync(`${path}-wal`, Buffer.alloc(5000, 3))
    assert.throws(() => openSqliteStore(path), { code: 'store-damaged' })
    assert.ok(!existsSync(path))
  }),
)

it(
  'never does anything but work or say that it is damaged, whichever byte is flipped',
  withPlace((path) => {
    fill(path)
    const whole = readFileSync(path)
    const random = new SeededRandom(20)
    let damaged = 0
    for (let round = 0; round < 150; round++) {
      const flipped = Buffer.from(whole)
      // The first hundred bytes are the header, and the first page holds the schema.
      const offset = round < 50 ? 2 * round : random.below(whole.length)
      flipped[offset] = (flipped[offset] as number) ^ (1 + random.below(255))
      writeFileSync(path, flipped)
      try {
        assert.ok(readAll(path) <= 302)
      } catch (error) {
        assert.ok(error instanceof ChatError, String(error))
        assert.equal(error.code, 'store-damaged')
        damaged++
      }
      for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
    }
    assert.ok(damaged > 10)
  }),
)

it(
  'refuses a store of a newer version, and leaves it as it is',
  withPlace((path) => {
    fill(path)
    const database = new DatabaseSync(path)
    database.exec(`PRAGMA journal_mode = DELETE; PRAGMA user_version = ${encodeVersion(99)}`)
    database.close()
    const before = readFileSync(path)
    assert.throws(() => openSqliteStore(path), { code: 'store-newer' })
    assert.ok(readFileSync(path).equals(before))
  }),
)

it(
  'starts anew over the remains of a store that was never finished',
  withPlace((path) => {
    writeFileSync(`${path}.new`, 'half')
    writeFileSync(`${path}.new-wal`, 'half')
    fill(path)
    assert.equal(readAll(path), 301)
    assert.ok(!existsSync(`${path}.new`))
  }),
)

it(
  'writes nothing from the moment on in which another process leads, and reads on',
  withPlace((path) => {
    let isCurrent = true
    const old = openSqliteStore(path, { isCurrent: () => isCurrent })
    old.addEvents([eventRow(1, 1)])
    isCurrent = false
    const next = openSqliteStore(path)
    for (const write of [
      () => old.addEvents([eventRow(1, 2)]),
      () => old.putRecord('contact', new Uint8Array([1]), new Uint8Array([1])),
      () => old.transaction(() => undefined),
    ])
      assert.throws(write, { code: 'leader-changed' })
    assert.equal(old.readLog(1, 1, 9, 9).length, 1)
    next.addEvents([eventRow(1, 2)])
    assert.equal(next.readLog(1, 1, 9, 9).length, 2)
    old.close()
    next.addEvents([eventRow(1, 3)])
    next.close()
    assert.equal(readAll(path), 3)
  }),
)

it(
  'asks whether it may write only once nobody else can, so that nothing comes between',
  withPlace((path) => {
    const other = openSqliteStore(path)
    const store = openSqliteStore(path, {
      isCurrent: () => {
        assert.throws(() => other.addEvents([eventRow(2, 1)]), { code: 'in-use' })
        return true
      },
    })
    store.addEvents([eventRow(1, 1)])
    assert.equal(store.readLog(2, 1, 9, 9).length, 0)
    store.close()
    other.close()
  }),
)

it(
  'opens only once a process that leads no more is through with its last transaction',
  withPlace((path) => {
    const old = openSqliteStore(path)
    old.transaction(() => {
      assert.throws(() => openSqliteStore(path), { code: 'in-use' })
      old.addEvents([eventRow(1, 1)])
    })
    const next = openSqliteStore(path)
    assert.equal(next.readLog(1, 1, 9, 9).length, 1)
    next.close()
    old.close()
  }),
)

it(
  'fails plainly where its directory is not there or is a file',
  withPlace((_, directory) => {
    assert.throws(() => openSqliteStore(join(directory, 'nowhere', 'store.db')), { code: 'store-failed' })
    writeFileSync(join(directory, 'file'), '')
    assert.throws(() => openSqliteStore(join(directory, 'file', 'store.db')), { code: 'store-failed' })
    assert.throws(() => openSqliteStore(directory), { code: 'store-failed' })
  }),
)

it(
  'refuses to acknowledge anything once its file was deleted or replaced',
  withPlace((path, directory) => {
    fill(path)
    copyFileSync(path, join(directory, 'copy.db'))
    const store = openSqliteStore(path)
    store.addEvents([eventRow(2, 1)])
    renameSync(join(directory, 'copy.db'), path)
    assert.throws(() => store.addEvents([eventRow(2, 2)]), { code: 'store-failed' })
    rmSync(path)
    assert.throws(() => store.addEvents([eventRow(2, 2)]), { code: 'store-failed' })
    assert.throws(() => store.transaction(() => 1), { code: 'store-failed' })
    store.close()
  }),
)

it('undoes a transaction that finds no room, goes on reading, and writes again when there is room', (context) =>
  withPlace((path) => {
    fill(path)
    const { store, database } = openWithDatabase(context, path)
    const big = Array.from({ length: 40 }, (_, i) => ({ ...eventRow(2, i + 1), sealed: new Uint8Array(30_000) }))
    // No more pages than there are: to SQLite a full disk.
    database.exec('PRAGMA max_page_count = 1')
    assert.throws(() => store.transaction(() => store.addEvents(big)), { code: 'store-failed' })
    assert.equal(store.readLog(2, 1, 99, 99).length, 0)
    assert.equal(store.readLog(1, 1, 999, 999).length, 300)
    database.exec('PRAGMA max_page_count = 1000000')
    store.transaction(() => store.addEvents(big))
    assert.equal(store.readLog(2, 1, 99, 99).length, 40)
    store.close()
  })())

it(
  'sets a damaged store aside only when asked, whole, and never over an earlier one',
  withPlace((path, directory) => {
    writeFileSync(path, 'damaged')
    writeFileSync(`${path}-wal`, 'its log')
    assert.throws(() => openSqliteStore(path), { code: 'store-damaged' })
    const aside = setStoreAside(path, '2030-01-15')
    assert.deepEqual(readdirSync(directory), ['store.db.damaged-2030-01-15', 'store.db.damaged-2030-01-15-wal'])
    assert.equal(readFileSync(aside, 'utf8'), 'damaged')
    assert.equal(readFileSync(`${aside}-wal`, 'utf8'), 'its log')
    fill(path)
    assert.throws(() => setStoreAside(path, '2030-01-15'), { code: 'store-failed' })
    assert.equal(readAll(path), 301)
  }),
)

it(
  'loses nothing that was committed and keeps nothing by halves when its process is killed',
  withPlace(async (path) => {
    const url = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href)
    const script = `
      import { openSqliteStore } from ${url('../../src/node/sqliteStore.ts')}
      import { eventRow } from ${url('../contract/storeContract.ts')}
      const store = openSqliteStore(${JSON.stringify(path)})
      for (let seq = store.readLog(1, 1, 1e9, 1e9).length + 1; ; seq++) {
        store.transaction(() => {
          store.addEvents([eventRow(1, seq), eventRow(2, seq)])
          store.putRecord('log', new Uint8Array([1]), new Uint8Array([seq >> 8, seq & 255]))
        })
        process.stdout.write(seq + '\\n')
      }
    `
    let acknowledged = 0
    for (const atLeast of [1, 20, 150]) {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      let lines = 0
      for await (const line of createInterface(child.stdout)) {
        acknowledged = Number(line)
        if (++lines === atLeast) child.kill('SIGKILL')
      }
      await ended
      const store = openSqliteStore(path)
      const seqs = (log: number): readonly number[] => store.readLog(log, 1, 1e9, 1e9).map(({ seq }) => seq)
      const first = seqs(1)
      assert.deepEqual(seqs(2), first)
      assert.deepEqual(
        first,
        Array.from({ length: first.length }, (_, i) => i + 1),
      )
      const last = first.length
      assert.ok(last >= acknowledged && lines >= atLeast)
      assert.deepEqual(store.getRecord('log', new Uint8Array([1])), new Uint8Array([last >> 8, last & 255]))
      store.close()
    }
  }),
)

/** Reads every row there is; how many. */
function readAll(path: string): number {
  const store = openSqliteStore(path)
  try {
    const rows = [...store.readHistory(1, undefined, 1e6), ...store.readLog(1, 1, 1e6, 1e6)]
    store.countEvents(1, undefined, [9])
    return Math.ceil(rows.length / 2) + store.listRecords('contact').length
  } finally {
    store.close()
  }
}

it(
  'copies what was written into its file between two transactions, once it is much, and only where it may write',
  withPlace((path) => {
    let isCurrent = true
    const store = openSqliteStore(path, { isCurrent: () => isCurrent })
    const write = (from: number, count: number): void => {
      store.transaction(() => {
        store.addEvents(
          Array.from({ length: count }, (_, i) => ({ ...eventRow(1, from + i), sealed: new Uint8Array(2_000) })),
        )
      })
    }
    write(1, 100)
    assert.equal(store.tidy(), false, 'not for little')
    write(101, 900)
    const before = statSync(path).size
    isCurrent = false
    assert.equal(store.tidy(), false)
    isCurrent = true
    assert.equal(store.tidy(), true)
    assert.ok(statSync(path).size > before + 1_000_000, `${String(before)} bytes before`)
    assert.equal(store.tidy(), false, 'once')
    store.close()
  }),
)
