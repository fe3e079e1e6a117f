import { FileCopy } from '../../../src/core/files/fileCopy.ts'
import { FileIntake } from '../../../src/core/files/fileIntake.ts'
import type { FileRecord } from '../../../src/core/files/fileRecord.ts'
import { BlobDisk, MemoryBlobs } from '../../doubles/memoryBlobs.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'

export interface SampleFile {
  readonly bytes: Uint8Array
  readonly record: Omit<FileRecord, 'places'>
  readonly disk: BlobDisk
  /** All of it. */
  readonly whole: FileCopy
}

/** A file of random bytes that was taken in. */
export async function sampleFile(size: number, seed = 1): Promise<SampleFile> {
  const random = new SeededRandom(seed)
  const bytes = random.bytes(size)
  const disk = new BlobDisk()
  const blobs = new MemoryBlobs(disk)
  const intake = await FileIntake.begin(size, blobs, random)
  for (let at = 0; at < size; at += 100_000) await intake.append(bytes.subarray(at, at + 100_000))
  const record = await intake.finish()
  return { bytes, record, disk, whole: new FileCopy(record, blobs) }
}

/** Somebody who knows the file and has nothing of it yet. */
export async function emptyCopy({ record }: SampleFile): Promise<{ copy: FileCopy; disk: BlobDisk }> {
  const disk = new BlobDisk()
  const blobs = new MemoryBlobs(disk)
  await blobs.create(Buffer.from(record.blob).toString('hex'))
  return { copy: new FileCopy({ ...record, held: [] }, blobs), disk }
}

/** What stands in a copy that is whole. */
export async function contentOf(copy: FileCopy, key: Uint8Array): Promise<Uint8Array> {
  const blocks: Uint8Array[] = []
  for (let block = 0; block < copy.shape.blocks; block++) {
    const plain = await copy.readPlain(block, key)
    if (plain === undefined) throw new Error(`Block ${String(block)} is not here`)
    blocks.push(plain)
  }
  return new Uint8Array(Buffer.concat(blocks))
}
