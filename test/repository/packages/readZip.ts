import { inflateRawSync } from 'node:zlib'

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string
  read(): Buffer
}

/** The files in a ZIP archive without encryption and of less than 4 GB (PKWARE APPNOTE 6.3.3). Throws if it is none. */
export function readZip(archive: Buffer): readonly ZipEntry[] {
  // The end record has no comment in archives of the packager.
  const end = archive.length - 22
  if (end < 0 || archive.readUInt32LE(end) !== 0x06054b50) throw new Error('Not a ZIP archive')
  const entries: ZipEntry[] = []
  let at = archive.readUInt32LE(end + 16)
  for (let i = 0; i < archive.readUInt16LE(end + 10); i++) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw new Error('Not an entry of a ZIP archive')
    const method = archive.readUInt16LE(at + 10)
    const packedBytes = archive.readUInt32LE(at + 20)
    const nameBytes = archive.readUInt16LE(at + 28)
    const localAt = archive.readUInt32LE(at + 42)
    const name = archive.toString('utf8', at + 46, at + 46 + nameBytes)
    entries.push({
      name,
      read() {
        const start = localAt + 30 + archive.readUInt16LE(localAt + 26) + archive.readUInt16LE(localAt + 28)
        const packed = archive.subarray(start, start + packedBytes)
        return method === 0 ? packed : inflateRawSync(packed)
      },
    })
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return entries
}
