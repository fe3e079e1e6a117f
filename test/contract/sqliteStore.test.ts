import { join } from 'node:path'
import { openSqliteStore } from '../../src/node/sqliteStore.ts'
import { temporaryDirectory } from '../node/temporaryDirectory.ts'
import { storeContract } from './storeContract.ts'

storeContract('SqliteStore', () => {
  const directory = temporaryDirectory()
  return { open: () => openSqliteStore(join(directory.path, 'store.db')), dispose: () => directory.dispose() }
})
