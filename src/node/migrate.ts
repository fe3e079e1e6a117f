import type { DatabaseSync } from 'node:sqlite'
import { chatError } from '../shared/chatError.ts'
import { decodeVersion, encodeVersion } from './schemaVersion.ts'

/**
 * Brings a database to the version of the last of `migrations`, all in one transaction: afterwards it is wholly the
 * new or, when this throws, wholly the old one. Says whether anything was done. Throws `store-newer` when the database
 * is past the last migration, and `store-damaged` when its version cannot be.
 */
export function migrate(database: DatabaseSync, migrations: readonly string[]): boolean {
  const version = readVersion(database)
  if (version > migrations.length) throw chatError('store-newer')
  if (version === migrations.length) return false
  database.exec('BEGIN EXCLUSIVE')
  try {
    for (const migration of migrations.slice(version)) database.exec(migration)
    database.exec(`PRAGMA user_version = ${encodeVersion(migrations.length)}`)
    database.exec('COMMIT')
  } catch (error) {
    rollBack(database)
    throw error
  }
  return true
}

/** Rolls back the running transaction. SQLite may have done so by itself, after a full disk for instance. */
export function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // There is no transaction any more: what was asked for is the case.
  }
}

function readVersion(database: DatabaseSync): number {
  const version = database.prepare('PRAGMA user_version').get()?.['user_version']
  const decoded = typeof version === 'number' ? decodeVersion(version) : undefined
  if (decoded === undefined) throw chatError('store-damaged', 'its version is none')
  return decoded
}
