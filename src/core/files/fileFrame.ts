/** What two linked devices say to each other about files. Whoever fetches numbers the file; both name it so from then on. */
import { assertNever } from '../../shared/assertNever.ts'
import type { Reader, Writer } from '../codec/codec.ts'
import { hashBytes } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import { maxRanges, readRanges, writeRanges, type Ranges } from '../event/ranges.ts'
import { maxPartBytes, maxParts } from './fileShape.ts'

/** The most parts that may be asked for at once: bounds what the other side has to keep in mind, and what is on its way. */
export const maxAskedParts = 64
/** The most files that one side of a link fetches from the other at a time. */
export const maxOpenFiles = 32
/** The most bytes of a frame with a part in it. */
export const maxFileFrameBytes = maxPartBytes + 32

export type FileFrame =
  /** The sender fetches the file with this root, of a message in the conversation that it calls `channel`; it holds `held` parts. */
  | {
      readonly type: 'file-open'
      readonly channel: number
      readonly file: number
      readonly root: Uint8Array
      readonly held: number
    }
  /** What the sender can give of a file that the other side has opened. It replaces what it said before. */
  | { readonly type: 'file-has'; readonly file: number; readonly parts: Ranges }
  /** Asks for `count` parts; each is answered by `file-part` or `file-lack`. */
  | { readonly type: 'file-ask'; readonly file: number; readonly from: number; readonly count: number }
  /** A part that was asked for. Its bytes are in memory that is used again: whoever keeps them copies them. */
  | { readonly type: 'file-part'; readonly file: number; readonly part: number; readonly bytes: Uint8Array }
  /** These parts do not come. */
  | { readonly type: 'file-lack'; readonly file: number; readonly from: number; readonly count: number }
  /** Nothing more is wanted of this file. */
  | { readonly type: 'file-close'; readonly file: number }

/** Whether a frame is about files. */
export function isFileFrame(frame: { readonly type: string }): frame is FileFrame {
  return frame.type.startsWith('file-')
}

/** Writes what is behind the type, and finishes. */
export function writeFileFrame(writer: Writer, frame: FileFrame): Uint8Array {
  switch (frame.type) {
    case 'file-open':
      return writer.uint(frame.channel).uint(frame.file).fixed(frame.root).uint(frame.held).finish()
    case 'file-has':
      // The lowest: they are asked for first.
      writeRanges(writer.uint(frame.file), frame.parts.slice(0, maxRanges))
      return writer.finish()
    case 'file-ask':
    case 'file-lack':
      return writer.uint(frame.file).uint(frame.from).uint(frame.count).finish()
    case 'file-part':
      return writePartHead(writer, frame).fixed(frame.bytes).finish()
    case 'file-close':
      return writer.uint(frame.file).finish()
    default:
      return assertNever(frame)
  }
}

/** Writes what is between the type and the bytes of a part. */
export function writePartHead(
  writer: Writer,
  { file, part, bytes }: Extract<FileFrame, { type: 'file-part' }>,
): Writer {
  return writer.uint(file).uint(part).uint(bytes.length)
}

/** The fields of a frame; the reader fails, or `undefined` comes, where one is out of its bounds. */
export function readFileFrame(type: FileFrame['type'], reader: Reader, maxChannel: number): FileFrame | undefined {
  const file = (): number => reader.uint(maxCounter)
  switch (type) {
    case 'file-open': {
      const channel = reader.uint(maxChannel)
      return { type, channel, file: file(), root: reader.fixed(hashBytes), held: reader.uint(maxParts) }
    }
    case 'file-has':
      return { type, file: file(), parts: readRanges(reader) }
    case 'file-ask':
    case 'file-lack': {
      const frame = { type, file: file(), from: reader.uint(maxParts), count: reader.uint(maxAskedParts) }
      return frame.from >= 1 && frame.count >= 1 ? frame : undefined
    }
    case 'file-part': {
      const frame = { type, file: file(), part: reader.uint(maxParts), bytes: reader.bytes(maxPartBytes) }
      return frame.part >= 1 ? frame : undefined
    }
    case 'file-close':
      return { type, file: file() }
    default:
      return assertNever(type)
  }
}
