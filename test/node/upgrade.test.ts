import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import type { RecordKind } from '../../src/core/ports/store.ts'
import { storeMigrations } from '../../src/node/migrations/storeMigrations.ts'
import { openDatabase } from '../../src/node/openDatabase.ts'
import { openSqliteStore } from '../../src/node/sqliteStore.ts'
import { eventRow } from '../contract/storeContract.ts'
import { SeededRandom } from '../doubles/seededRandom.ts'
import { createFaultyDisk } from '../headless/faults/faultyDisk.ts'
import { lendDisk } from '../headless/faults/lendDisk.ts'
import { count } from '../record/tally.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const fixtures = join(import.meta.dirname, 'fixtures')
const fixtureOf = (version: number): string => join(fixtures, `store-version${String(version)}.db`)
/** What `test/node/fixtures/makeFixture.ts` puts into each. */
const events = 40
const kinds: readonly RecordKind[] = ['conversation', 'log', 'contact']

for (let version = 1; version <= storeMigrations.length; version++)
  it(`opens a store of version ${String(version)} with everything in it`, () => {
    const { path: directory, dispose } = temporaryDirectory()
    const path = join(directory, 'store.db')
    // A new migration needs a store of the version before it: makeFixture.ts makes it.
    copyFileSync(fixtureOf(version), path)
    const store = openSqliteStore(path)
    assert.deepEqual(
      store.readHistory(1, undefined, events + 1),
      Array.from({ length: events }, (_, i) => eventRow(1, i + 1, i + 1)),
    )
    for (const kind of kinds) assert.deepEqual(store.getRecord(kind, new Uint8Array([7])), new Uint8Array([1, 2, 3]))
    store.addEvents([eventRow(1, events + 1, events + 1)])
    store.close()
    const again = openSqliteStore(path)
    assert.equal(again.countEvents(1, undefined, []), events + 1)
    again.close()
    dispose()
  })

it('has kept a store of every version', () => {
  const kept = readdirSync(fixtures).filter((name) => name.endsWith('.db'))
  assert.deepEqual(
    kept.sort(),
    storeMigrations.map((_, i) => `store-version${String(i + 1)}.db`),
  )
})

const slowMigration = `
  CREATE TABLE copy AS SELECT * FROM event;
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO copy SELECT i, i, i, i, randomblob(32), randomblob(64), 0 FROM n;
  ALTER TABLE record ADD COLUMN extra TEXT;
`

it('is wholly the old store or wholly the new one, whichever change to the disk the process dies at in a migration', async (t) => {
  const disk = lendDisk(t, createFaultyDisk())
  if (disk === undefined) return
  const { path: directory, dispose } = temporaryDirectory()
  t.after(dispose)
  const path = join(directory, 'store.db')
  const random = new SeededRandom(5)
  const url = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href)
  const script = `
    import { openDatabase } from ${url('../../src/node/openDatabase.ts')}
    import { storeMigrations } from ${url('../../src/node/migrations/storeMigrations.ts')}
    openDatabase(${JSON.stringify(path)}, [...storeMigrations, ${JSON.stringify(slowMigration)}]).close()
  `
  const deathAt = async (change: number): Promise<boolean> => {
    const env = { ...process.env, ...disk.dyingAt(change, change % 2 === 0) }
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit', env })
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    assert.ok(code === 0 || signal === 'SIGKILL')
    return signal === 'SIGKILL'
  }
  const outcomes: string[] = []
  // Some of the first changes, many in the middle of the transaction, and one that lies behind all of them.
  for (const change of [1, 4, ...Array.from({ length: 6 }, () => 5 + random.below(400)), 1_000_000]) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
    copyFileSync(fixtureOf(storeMigrations.length), path)
    const isDead = await deathAt(change)
    if (isDead) count({ faults: 1 })
    let outcome = 'old'
    try {
      openSqliteStore(path).close()
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'store-newer')
      outcome = 'new'
    }
    outcomes.push(`${isDead ? 'died' : 'ended'}, ${outcome}`)
    const database = openDatabase(path, [...storeMigrations, slowMigration])
    assert.equal(database.prepare('SELECT count(*) AS count FROM copy').get()?.['count'], events + 100_000)
    assert.equal(database.prepare('SELECT count(*) AS count FROM event').get()?.['count'], events)
    database.close()
  }
  assert.equal(outcomes.at(-1), 'ended, new')
  assert.ok(outcomes.filter((outcome) => outcome === 'died, old').length >= 4, outcomes.join('; '))
})

it('leaves a store of a newer version exactly as it is, beside its log', () => {
  const { path: directory, dispose } = temporaryDirectory()
  const path = join(directory, 'store.db')
  copyFileSync(fixtureOf(storeMigrations.length), path)
  const newer = openDatabase(path, [...storeMigrations, 'ALTER TABLE record ADD COLUMN extra TEXT'])
  newer.exec("INSERT INTO record (kind, id, sealed, extra) VALUES ('contact', x'01', x'02', 'more')")
  newer.close()
  const before = readFileSync(path)
  assert.throws(() => openSqliteStore(path), { code: 'store-newer' })
  assert.ok(readFileSync(path).equals(before))
  assert.ok(!existsSync(`${path}-wal`))
  dispose()
})
