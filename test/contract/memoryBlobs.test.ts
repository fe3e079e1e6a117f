import { BlobDisk, MemoryBlobs } from '../doubles/memoryBlobs.ts'
import { blobStoreContract } from './blobStoreContract.ts'

blobStoreContract('MemoryBlobs', () => {
  const disk = new BlobDisk()
  return { open: () => new MemoryBlobs(disk), dispose: () => undefined }
})
