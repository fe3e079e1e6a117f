import { chatError } from '../../shared/chatError.ts'
import { concat } from '../codec/bytes.ts'
import type { FileCopy } from './fileCopy.ts'
import { blockBytes } from './fileShape.ts'

/** All of a file that is here, decrypted, block by block. Throws `file-not-here` where one turns out to be damaged. */
export async function* readFileBlocks(copy: FileCopy): AsyncGenerator<Uint8Array> {
  for (let block = 0; block < copy.shape.blocks; block++) yield await blockOf(copy, block)
}

/** A piece of a file that is here, decrypted; shorter where the file ends. Rejects with `file-not-here`. */
export async function readFilePiece(copy: FileCopy, at: number, length: number): Promise<Uint8Array> {
  const end = Math.min(copy.shape.size, at + length)
  const pieces: Uint8Array[] = []
  for (let from = at; from < end;) {
    const block = Math.floor(from / blockBytes)
    const begin = block * blockBytes
    const plain = await blockOf(copy, block)
    const piece = plain.subarray(from - begin, end - begin)
    pieces.push(piece)
    from += piece.length
  }
  return concat(...pieces)
}

async function blockOf(copy: FileCopy, block: number): Promise<Uint8Array> {
  const plain = await copy.readPlain(block)
  if (plain?.length !== copy.shape.plainBytesOf(block)) throw chatError('file-not-here')
  return plain
}
