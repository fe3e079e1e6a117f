import { crc32 } from 'node:zlib'

/** A picture of a page, or of a part of it, and how long it is to be seen. */
export interface PictureFrame {
  readonly png: Buffer
  /** Where its upper left corner lies in the first frame, which is the whole. */
  readonly x: number
  readonly y: number
  readonly shownMs: number
}

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/**
 * The frames one after the other, again and again, as an animated PNG (APNG, third edition of the PNG specification): what
 * shows no animation shows the first. All are to be of one kind of pixels, as a browser's screenshots are.
 */
export function animatedPicture(frames: readonly PictureFrame[]): Buffer {
  const [first] = frames
  if (first === undefined) throw new Error('There is no frame')
  let sequence = 0
  const parts = frames.flatMap(({ png, x, y, shownMs }, at) => {
    const control = Buffer.alloc(26)
    control.writeUInt32BE(sequence++, 0)
    head(png).copy(control, 4, 0, 8)
    control.writeUInt32BE(x, 12)
    control.writeUInt32BE(y, 16)
    control.writeUInt16BE(shownMs, 20)
    control.writeUInt16BE(1000, 22)
    const content = Buffer.concat(chunksOf(png).flatMap(({ type, data }) => (type === 'IDAT' ? [data] : [])))
    if (at === 0) return [chunk('fcTL', control), chunk('IDAT', content)]
    const number = Buffer.alloc(4)
    number.writeUInt32BE(sequence++)
    return [chunk('fcTL', control), chunk('fdAT', Buffer.concat([number, content]))]
  })
  const count = Buffer.alloc(8)
  count.writeUInt32BE(frames.length)
  const start = [signature, chunk('IHDR', head(first.png)), chunk('acTL', count)]
  return Buffer.concat([...start, ...parts, chunk('IEND', Buffer.alloc(0))])
}

const head = (png: Buffer): Buffer => {
  const found = chunksOf(png).find(({ type }) => type === 'IHDR')
  if (found === undefined) throw new Error('This is no PNG')
  return found.data
}

function chunksOf(png: Buffer): { readonly type: string; readonly data: Buffer }[] {
  const chunks = []
  for (let at = signature.length; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
