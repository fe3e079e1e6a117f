import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { it } from 'node:test'
import { migrate } from '../../src/node/migrate.ts'
import { decodeVersion } from '../../src/node/schemaVersion.ts'

const first = 'CREATE TABLE a (x); INSERT INTO a VALUES (1)'
const second = 'CREATE TABLE b (y); INSERT INTO b SELECT x + 1 FROM a'
const read = (database: DatabaseSync, sql: string): unknown => Object.values(database.prepare(sql).get() ?? {})[0]
const version = (database: DatabaseSync): unknown => decodeVersion(Number(read(database, 'PRAGMA user_version')))

it('runs what a database lacks, in order, and each migration once', () => {
  const database = new DatabaseSync(':memory:')
  assert.equal(migrate(database, [first]), true)
  assert.equal(version(database), 1)
  assert.equal(migrate(database, [first, second]), true)
  assert.equal(version(database), 2)
  assert.equal(read(database, 'SELECT y FROM b'), 2)
  assert.equal(migrate(database, [first, second]), false)
})

it('leaves the database as it was when one of several migrations fails', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, [first])
  assert.throws(() => migrate(database, [first, second, 'CREATE TABLE a (again)']))
  assert.equal(version(database), 1)
  assert.equal(read(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0)
  assert.equal(migrate(database, [first, second]), true)
})

it('refuses a database of a later version and changes nothing', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, [first, second])
  assert.throws(() => migrate(database, [first]), { code: 'store-newer' })
  assert.equal(version(database), 2)
})
