/** The kinds of pictures that are ever decoded, and then by the webview's own sandboxed decoder. */
export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'

export interface PictureHeader {
  readonly type: PictureType
  readonly width: number
  readonly height: number
}

/** More pixels than that are not decoded: what is small on disk can be huge in memory. */
export const maxPixels = 50_000_000

/**
 * What a picture says of itself, read from the beginning of its bytes (a few hundred KiB suffice); `undefined` for
 * whatever is none of these kinds, or says nothing sensible. Its name and declared type do not count.
 */
export function parsePictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const header = png(bytes) ?? gif(bytes) ?? webp(bytes) ?? jpeg(bytes)
  return header !== undefined && header.width > 0 && header.height > 0 ? header : undefined
}

/** Whether a picture is small enough to be decoded. */
export const isDecodable = ({ width, height }: PictureHeader): boolean => width * height <= maxPixels

const startsWith = (bytes: Uint8Array, at: number, text: string): boolean =>
  bytes.length >= at + text.length && Array.from(text).every((letter, i) => bytes[at + i] === letter.charCodeAt(0))

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function png(bytes: Uint8Array): PictureHeader | undefined {
  if (bytes.length < 24 || !startsWith(bytes, 0, '\x89PNG\r\n\x1a\n') || !startsWith(bytes, 12, 'IHDR'))
    return undefined
  return { type: 'image/png', width: view(bytes).getUint32(16), height: view(bytes).getUint32(20) }
}

function gif(bytes: Uint8Array): PictureHeader | undefined {
  if (bytes.length < 10 || !(startsWith(bytes, 0, 'GIF87a') || startsWith(bytes, 0, 'GIF89a'))) return undefined
  return { type: 'image/gif', width: view(bytes).getUint16(6, true), height: view(bytes).getUint16(8, true) }
}

function webp(bytes: Uint8Array): PictureHeader | undefined {
  if (bytes.length < 30 || !startsWith(bytes, 0, 'RIFF') || !startsWith(bytes, 8, 'WEBP')) return undefined
  const [data, type] = [view(bytes), 'image/webp' as const]
  if (startsWith(bytes, 12, 'VP8 '))
    return { type, width: data.getUint16(26, true) & 0x3fff, height: data.getUint16(28, true) & 0x3fff }
  if (startsWith(bytes, 12, 'VP8L')) {
    const bits = data.getUint32(21, true)
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
  }
  if (!startsWith(bytes, 12, 'VP8X')) return undefined
  const side = (at: number): number => data.getUint16(at, true) + data.getUint8(at + 2) * 65_536 + 1
  return { type, width: side(24), height: side(27) }
}

function jpeg(bytes: Uint8Array): PictureHeader | undefined {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined
  const data = view(bytes)
  // Segment after segment up to the one that begins a frame (ITU-T T.81, B.2).
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] as number
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { type: 'image/jpeg', width: data.getUint16(at + 7), height: data.getUint16(at + 5) }
    const length = data.getUint16(at + 2)
    if (marker === 0xff) at += 1
    else if (length < 2) return undefined
    else at += 2 + length
  }
  return undefined
}
