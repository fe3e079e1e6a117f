import { createSqliteSearchIndex } from '../../src/node/sqliteSearchIndex.ts'
import { searchIndexContract } from './searchIndexContract.ts'

searchIndexContract('SqliteSearchIndex', createSqliteSearchIndex)
