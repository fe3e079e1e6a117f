import { join } from 'node:path'
import { createFileBlobs } from '../../src/node/fileBlobs.ts'
import { temporaryDirectory } from '../node/temporaryDirectory.ts'
import { blobStoreContract } from './blobStoreContract.ts'

blobStoreContract('FileBlobs', () => {
  const directory = temporaryDirectory()
  return { open: () => createFileBlobs(join(directory.path, 'files')), dispose: () => directory.dispose() }
})
