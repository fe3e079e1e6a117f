import { chatError } from '../../shared/chatError.ts'
import { concat, idBytes } from '../codec/bytes.ts'
import type { FoundFile } from './fileSending.ts'
import { blockBytes } from './fileShape.ts'

/** All of a file that is here, decrypted, block by block. Throws `file-not-here` where one turns out to be damaged. */
export async function* readFileBlocks(found: FoundFile): AsyncGenerator<Uint8Array> {
  for (let block = 0; block < found.kept.copy.shape.blocks; block++) yield await blockOf(found, block)
}

/** A piece of a file that is here, decrypted; shorter where the file ends. Rejects with `file-not-here`. */
export async function readFilePiece(found: FoundFile, at: number, length: number): Promise<Uint8Array> {
  const end = Math.min(found.kept.copy.shape.size, at + length)
  const pieces: Uint8Array[] = []
  for (let from = at; from < end;) {
    const block = Math.floor(from / blockBytes)
    const begin = block * blockBytes
    const plain = await blockOf(found, block)
    const piece = plain.subarray(from - begin, end - begin)
    pieces.push(piece)
    from += piece.length
  }
  return concat(...pieces)
}

/** Under the key of the message that is looked at: others that name the same content may say what they like. */
async function blockOf({ kept: { copy }, file }: FoundFile, block: number): Promise<Uint8Array> {
  const plain = await copy.readPlain(block, idBytes(file.key))
  if (plain?.length !== copy.shape.plainBytesOf(block)) throw chatError('file-not-here')
  return plain
}
